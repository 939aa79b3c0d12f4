"""Own words that are the name of something we bring ourselves: a check-in, a habit, the summary, a medicine.

Nothing is changed by it: the person is offered the other kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from actions.reminders import Told
from actions.work import Work
from content.language import Language
from domain.reminders import Kind

MEDICINE = "medicine"
"""What a person's own words may be about, beside the kinds."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A kind that own words sound like. kind: of a reminder, or MEDICINE. id: of the check-in or the habit."""

    kind: str
    id: str = ""


def alike(work: Work, language: Language, told: Told) -> tuple[Alike, ...]:
    """Return what the own words of a reminder are the name of; nothing where they are no such name."""
    if told.kind is not Kind.OWN or told.text is None:
        return ()
    said = _plain(told.text)
    routines = [id_ for id_ in work.library.routines if said == _name("routines", id_, language)]
    if said in _called("check_in", language):
        routines = list(work.library.routines)
    found = [Alike(Kind.CHECK_IN, id_) for id_ in routines]
    habits = (id_ for id_ in work.library.habits if said == _name("habits", id_, language))
    found += [Alike(Kind.HABIT, id_) for id_ in habits]
    if said in _called("summary", language):
        found.append(Alike(Kind.SUMMARY))
    if not told.medicine and any(
        f" {said} ".startswith(f" {word} ") for word in _called(MEDICINE, language)
    ):
        found.append(Alike(MEDICINE))
    return tuple(found)


def _called(kind: str, language: Language) -> list[str]:
    return [_plain(word) for word in language(f"making.called.{kind}").split(",")]


def _name(of: str, id_: str, language: Language) -> str:
    return _plain(language(f"{of}.{id_}.name"))


def _plain(text: str) -> str:
    """Return words as they are compared: small, without hyphens and full stops."""
    return " ".join(text.casefold().replace("-", " ").replace(".", " ").split())
