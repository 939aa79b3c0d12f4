"""Everything the bot can say and ask, loaded once and checked whole.

A thing is one file with its structure and its English words; a language is one folder. What is
wrong anywhere is collected and refused together, each fault with its file. Never writes, and
never decides what a person is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from content import checkin, safety, tips, translations, wording
from content.language import Language, Text
from content.loading import Faults, Table, files, read_markdown, read_toml
from domain.checkin import ROUTINE, Habit, Question, Routine
from domain.errors import ContentError
from domain.redflags import Sign
from domain.snippets import Snippet

PACKAGE = Path(__file__).parent
"""The content that the bot is shipped with."""

FALLBACK = "en"
"""The language that things are written in."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Library:
    """All content, by id; questions, habits and signs in the order shown.

    references: by address. sections: the article's headings by key. languages: by tag.
    """

    questions: Mapping[str, Question]
    routines: Mapping[str, Routine]
    habits: Mapping[str, Habit]
    signs: Mapping[str, Sign]
    tiers: Mapping[str, safety.FixedText]
    disclaimers: Mapping[str, safety.FixedText]
    snippets: Mapping[str, Snippet]
    sections: Mapping[str, str]
    references: Mapping[str, tips.Reference]
    languages: Mapping[str, Language]
    _missing: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, things: Path = PACKAGE, locales: Path | None = None) -> Library:
        """Load the content of a folder; *locales* is the one beside its things unless given.

        Errors: ContentError with every fault, a line each.
        """
        faults = Faults()
        library = _load(things, locales or things / "locales", faults)
        if faults.lines or library is None:
            raise ContentError(faults.lines)
        return library

    def language(self, tag: str | None) -> Language:
        """Return the language that fits an IETF *tag* best; English where none does."""
        wanted = (tag or FALLBACK).replace("_", "-").lower()
        by_tag = {known.lower(): language for known, language in self.languages.items()}
        while wanted:
            if wanted in by_tag:
                return by_tag[wanted]
            near = [known for known in by_tag if known.startswith(f"{wanted}-")]
            if near:
                return by_tag[min(near)]
            wanted = wanted.rpartition("-")[0]
        return self.languages[FALLBACK]

    def texts_missing(self, tag: str) -> tuple[str, ...]:
        """Return the keys of the texts for which English stands in. Errors: KeyError."""
        return self._missing[tag]


class _Reader:
    """Reads the things of one folder and gathers their English words."""

    def __init__(self, root: Path, faults: Faults) -> None:
        self.root = root
        self.faults = faults
        self.words: dict[str, tuple[Text, str]] = {}

    def each(
        self,
        kind: str,
        read: Callable[[Table, str], Thing],
        fields: tuple[str, ...],
        optional: tuple[str, ...] = (),
    ) -> dict[str, tuple[Thing, Table]]:
        """Read every file of a kind: its structure by *read*, its words by their *fields*."""
        found: dict[str, tuple[Thing, Table]] = {}
        base = f"{self.root.name}/{kind}"
        for path, file in files(self.root / kind, ".toml", base, self.faults):
            table = read_toml(path, file, self.faults)
            if table is not None:
                found[path.stem] = read(table, path.stem), table
                self._take_words(kind, path.stem, table, fields, optional)
        if not found:
            self.faults.add(base, "holds nothing that can be read")
        return found

    def one(self, name: str) -> Table | None:
        """Read a file of the folder itself."""
        return read_toml(self.root / name, f"{self.root.name}/{name}", self.faults)

    def note(self, key: str, file: str, words: Mapping[str, Any]) -> None:
        """Keep the English words of a thing, each with its file. They stand as they are."""
        texts = wording.flatten(key, words, file, self.faults)
        for name, text in texts.items():
            if not isinstance(text, str) or "{" in text:
                self.faults.add(file, f"'{name}' must be plain: no placeholders, no plural forms")
        self.words |= {name: (text, file) for name, text in texts.items()}

    def _take_words(
        self, kind: str, stem: str, table: Table, fields: tuple[str, ...], optional: tuple[str, ...]
    ) -> None:
        within = table.table("text")
        given = within.rest() if within else {}
        for name in sorted(given.keys() - {*fields, *optional}):
            table.fault(f"unknown key 'text.{name}'")
        for name in fields if within else ():
            if name not in given:
                table.fault(f"missing 'text.{name}'")
        for name, value in given.items():
            if name != "options" and not isinstance(value, str):
                table.fault(f"'text.{name}' must be a text")
        self.note(f"{kind}.{stem}", table.file, given)
        table.close()


def _load(root: Path, locales: Path, faults: Faults) -> Library | None:
    reader = _Reader(root, faults)
    placed = _questions(reader)
    routines = checkin.fill(reader.each("routines", checkin.routine, ("name",)), placed, faults)
    if ROUTINE not in routines:
        faults.add(f"{root.name}/routines/{ROUTINE}.toml", "is missing, or cannot be read")
    habits = reader.each("habits", checkin.habit, ("name", "ask", "hint"))
    signs = reader.each("redflags", safety.sign, ("label",))
    tiers = reader.each("tiers", safety.fixed, ("text",))
    for name in sorted(safety.TIERS.keys() - tiers.keys()):
        faults.add(f"{root.name}/tiers/{name}.toml", "is missing")
    disclaimers = reader.each("disclaimers", safety.fixed, ("short", "full"))
    english = translations.read(locales / FALLBACK, faults)
    sources = _sources(reader, frozenset(disclaimers), english)
    snippets = _snippets(reader, sources)
    checkin.check_topics(habits, snippets)
    languages, missing = translations.languages(locales, english, reader.words, snippets, faults)
    if faults.lines:
        return None
    questions = sorted((item.question for item in placed.values()), key=lambda q: (q.order, q.id))
    return Library(
        questions={question.id: question for question in questions},
        routines=routines,
        habits=dict(sorted(_things(habits).items(), key=lambda item: item[1].order)),
        signs=dict(sorted(_things(signs).items(), key=lambda item: (item[1].tier, item[1].order))),
        tiers=_things(tiers),
        disclaimers=_things(disclaimers),
        snippets=snippets,
        sections=sources.sections,
        references={reference.address: reference for reference in sources.references.values()},
        languages=languages,
        _missing=missing,
    )


def _questions(reader: _Reader) -> dict[str, checkin.Placed]:
    read = reader.each(
        "questions", checkin.question, ("ask", "short"), ("hint", "low", "high", "options")
    )
    for stem, (placed, table) in read.items():
        words = [key for key in reader.words if key.startswith(f"questions.{stem}.")]
        checkin.check_words(placed.question, words, table)
    return _things(read)


def _sources(
    reader: _Reader, disclaimers: frozenset[str], english: translations.Folder
) -> tips.Sources:
    sections = tips.sections(reader.one("sections.toml"))
    references = tips.references(reader.one("references.toml"))
    return tips.Sources(
        topics=frozenset(topic for topic in safety.REQUIRED if f"topics.{topic}" in english.texts),
        sections=sections,
        references=references,
        points=tips.points(reader.one("points.toml"), sections, references, disclaimers),
        evidence=frozenset(
            key.removeprefix("evidence.") for key in english.texts if key.startswith("evidence.")
        ),
        disclaimers=disclaimers,
    )


def _snippets(reader: _Reader, sources: tips.Sources) -> dict[str, Snippet]:
    found = {}
    base = f"{reader.root.name}/snippets"
    for path, file in files(reader.root / "snippets", ".md", base, reader.faults):
        read = read_markdown(path, file, reader.faults)
        if read is not None:
            found[path.stem], words = tips.snippet(read[0], path.stem, read[1], sources)
            reader.note(f"snippets.{path.stem}", file, words)
    return found


def _things(read: Mapping[str, tuple[Thing, Table]]) -> dict[str, Thing]:
    return {name: thing for name, (thing, _) in read.items()}
