"""Which of the article's points tips rest on, what stands behind each, and which are not used and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from content.library import Library
from content.tips import Point


def used(library: Library) -> dict[str, list[str]]:
    """Return the tips that rest on each point, by its number; an empty list where none does."""
    found: dict[str, list[str]] = {key: [] for key in library.points}
    for snippet in library.snippets.values():
        for key in snippet.points:
            found[key].append(snippet.id)
    return found


def lines(library: Library) -> Iterator[str]:
    """Yield the whole list for an operator, and a summary at its end."""
    by_point = used(library)
    checked = {reference.key: reference.checked for reference in library.references.values()}
    for section, heading in library.sections.items():
        points = {key: point for key, point in library.points.items() if point.section == section}
        if not points:
            continue
        yield f"{section}: {heading}"
        for key, point in points.items():
            yield f"  {key} {point.use:8} {_by(point, by_point[key])}; {_behind(point, checked)}"
        yield f"  {_summed(points, by_point)}"
        yield ""
    yield f"All: {_summed(library.points, by_point)}"


def _by(point: Point, snippets: list[str]) -> str:
    if snippets:
        return ", ".join(snippets)
    return "not used: it is to be left out" if point.use == "omit" else "not used by any tip"


def _behind(point: Point, checked: Mapping[str, bool]) -> str:
    named = (f"{key} ({'seen' if checked.get(key) else 'not seen'})" for key in point.references)
    return ", ".join(named) or "no reference"


def _summed(points: Mapping[str, Point], by_point: Mapping[str, list[str]]) -> str:
    usable = [key for key, point in points.items() if point.use != "omit"]
    kept = sum(bool(by_point[key]) for key in usable)
    return f"{kept} of {len(usable)} usable points used; {len(points) - len(usable)} to leave out"
