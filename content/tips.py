"""Reading tips and what they rest on: the article's sections, its points and its references.

A snippet that is wrong about its source, or lacks a disclaimer that its topic, its points or its
words ask for, is a fault. Never words anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from content import wording
from content.loading import BODY, Table, identity, known
from content.safety import REQUIRED, may_be_caution, required
from content.wary import Wary
from domain.snippets import Snippet

NO_STUDY = "none"
"""The evidence of a snippet without references."""

UNCHECKED = "listed"
"""The evidence of a snippet that cites what nobody of us has opened."""

USES = ("publish", "rewrite", "omit")


class Reference(NamedTuple):
    """Something that the article, or we, point to. checked: one of us saw at least its abstract."""

    key: str
    title: str
    address: str
    checked: bool


class Point(NamedTuple):
    """One thing the article says, by number. use: publish, rewrite (carefully) or omit."""

    section: str
    topic: str
    use: str
    references: tuple[str, ...]
    disclaimers: tuple[str, ...]


class Sources(NamedTuple):
    """All that a snippet can rest on. topics and evidence: those that have words in English.

    marks: whom a snippet can be the caution for.
    """

    topics: frozenset[str]
    sections: Mapping[str, str]
    references: Mapping[str, Reference]
    points: Mapping[str, Point]
    evidence: frozenset[str]
    disclaimers: frozenset[str]
    marks: frozenset[str]
    wary: Wary


def sections(table: Table) -> dict[str, str]:
    """Read the article's headings by key."""
    return {key: table.text(key) for key in table.names()}


def references(table: Table) -> dict[str, Reference]:
    """Read the references by key."""
    found = {}
    for key, row in rows(table):
        address = row.text("address")
        if address and not address.startswith("https://"):
            row.fault(f"'{key}.address' must begin with https://", "address")
        found[key] = Reference(key, row.text("title"), address, row.flag("checked"))
        row.close()
    return found


def points(
    table: Table,
    known_sections: Mapping[str, str],
    known_references: Mapping[str, Reference],
    known_disclaimers: frozenset[str],
) -> dict[str, Point]:
    """Read the article's points by number."""
    found = {}
    for key, row in rows(table):
        point = Point(
            row.text("section"),
            row.text("topic"),
            row.text("use"),
            row.texts("references"),
            row.texts("disclaimers"),
        )
        known(row, "section", [point.section], known_sections)
        known(row, "topic", [point.topic], REQUIRED)
        known(row, "use", [point.use], USES)
        known(row, "reference", point.references, known_references)
        known(row, "disclaimer", point.disclaimers, known_disclaimers)
        row.close()
        found[key] = point
    return found


def snippet(table: Table, stem: str, body: str, sources: Sources) -> tuple[Snippet, dict[str, str]]:
    """Read a snippet: its structure, and its English words by their last key."""
    name, version = identity(table, stem)
    words = {"title": table.text("title"), "body": body, "try": table.text("try", default="")}
    words = {key: text for key, text in words.items() if text or key == "body"}
    cited = table.texts("references")
    named: set[str] = set()
    for key, text in words.items():
        named |= sources.wary.names(text).keys()
        for what in sources.wary.says(text):
            table.fault(f"says {what}", key)
    found = Snippet(
        id=name,
        version=version,
        topic=table.text("topic"),
        section=table.text("section"),
        points=table.texts("points"),
        references=tuple(
            sources.references[key].address for key in cited if key in sources.references
        ),
        evidence=table.text("evidence"),
        disclaimers=table.texts("disclaimers"),
        supplement=False,
        caution_for=frozenset(table.texts("caution_for", required=False)),
        signed_off=table.text("signed_off", default="") or None,
        suggests="try" in words,
    )
    known(table, "topic", [found.topic], sources.topics)
    known(table, "mark in caution_for", sorted(found.caution_for), sources.marks, "caution_for")
    if found.caution_for and not may_be_caution(found.topic, found.disclaimers):
        table.fault(f"'caution_for' is not for the topic '{found.topic}'", "caution_for")
    known(table, "section", [found.section], sources.sections)
    known(table, "evidence", [found.evidence], sources.evidence)
    if known(table, "point", found.points, sources.points):
        _check_points(table, found, cited, sources)
    _check_evidence(table, found, cited, sources)
    _check_words(table, words)
    _check_disclaimers(table, found, named, sources)
    table.close()
    return _in_order(found), words


def rows(table: Table) -> list[tuple[str, Table]]:
    """Return the tables within *table* by key."""
    found = ((key, table.table(key)) for key in table.names())
    return [(key, row) for key, row in found if row is not None]


def _check_points(table: Table, found: Snippet, cited: tuple[str, ...], sources: Sources) -> None:
    if not found.points:
        table.fault("'points' needs at least one point", "points")
        return
    used = {key: sources.points[key] for key in found.points}
    for key, point in used.items():
        if point.use == "omit":
            table.fault(f"point '{key}' is one to leave out", "points")
    if found.section not in {point.section for point in used.values()}:
        table.fault(f"section '{found.section}' is that of none of its points", "section")
    named = {key for point in used.values() for key in point.references}
    for key in cited:
        if key not in named:
            table.fault(f"reference '{key}' is not one that its points name", "references")


def _check_evidence(table: Table, found: Snippet, cited: tuple[str, ...], sources: Sources) -> None:
    if (found.evidence == NO_STUDY) is bool(cited):
        what = f"evidence '{found.evidence}' does not fit {len(cited)} references"
        table.fault(what, "evidence")
    unchecked = [k for k in cited if k in sources.references and not sources.references[k].checked]
    if unchecked and found.evidence != UNCHECKED:
        what = f"evidence must be '{UNCHECKED}': nobody opened {', '.join(unchecked)}"
        table.fault(what, "evidence")


def _check_words(table: Table, words: Mapping[str, str]) -> None:
    length = len(words["body"]) + len(words.get("try", ""))
    low, high = wording.SNIPPET_LENGTH
    if not low <= length <= high:
        what = f"has {length} characters of text, {low} to {high} are asked for"
        table.fault(what, BODY)


def _check_disclaimers(
    table: Table, found: Snippet, named: Collection[str], sources: Sources
) -> None:
    known(table, "disclaimer", found.disclaimers, sources.disclaimers)
    used = (sources.points[key] for key in found.points if key in sources.points)
    asked = required(found.topic, {key for point in used for key in point.disclaimers}, named)
    for key in asked:
        if key not in found.disclaimers:
            table.fault(f"missing the disclaimer '{key}'", "disclaimers")


def _in_order(found: Snippet) -> Snippet:
    """Return the snippet with `general` first and its being about a supplement settled."""
    others = tuple(key for key in found.disclaimers if key != "general")
    return replace(found, disclaimers=("general", *others), supplement="supplement" in others)
