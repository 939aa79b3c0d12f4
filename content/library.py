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

from content import checkin, helplines, safety, tips, translations, wording
from content.language import Language, Text
from content.layers import LOCALES, Layers
from content.loading import Faults, Table, known
from content.wary import Wary
from content.wording import Origin
from domain.checkin import ROUTINE, Habit, Question, Routine
from domain.errors import ContentError
from domain.helplines import Helplines
from domain.redflags import Sign
from domain.snippets import UNDER_18, Mark, Snippet

PACKAGE = Path(__file__).parent
"""The content that the bot is shipped with."""

FALLBACK = "en"
"""The language that things are written in."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Library:
    """All content, by id; questions, habits, signs and marks in the order shown.

    references: by address. sections: the article's headings by key. helplines: by country's code.
    languages: by tag.
    """

    questions: Mapping[str, Question]
    routines: Mapping[str, Routine]
    habits: Mapping[str, Habit]
    signs: Mapping[str, Sign]
    tiers: Mapping[str, safety.FixedText]
    disclaimers: Mapping[str, safety.FixedText]
    snippets: Mapping[str, Snippet]
    marks: Mapping[str, Mark]
    sections: Mapping[str, str]
    references: Mapping[str, tips.Reference]
    points: Mapping[str, tips.Point]
    helplines: Mapping[str, Helplines]
    languages: Mapping[str, Language]
    _missing: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(
        cls, things: Path = PACKAGE, locales: Path | None = None, over: Path | None = None
    ) -> Library:
        """Load the content of a folder; *locales* is the one beside its things unless given.

        over: a folder laid over it. Errors: ContentError with every fault, a line each.
        """
        faults = Faults()
        library = _load(Layers(things, locales or things / LOCALES, over, faults), faults)
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
    """Reads the things of a folder, with what is laid over it, and gathers their English words."""

    def __init__(self, layers: Layers, faults: Faults) -> None:
        self.layers = layers
        self.faults = faults
        self.words: dict[str, tuple[Text, Origin]] = {}

    def each(
        self,
        kind: str,
        read: Callable[[Table, str], Thing],
        fields: tuple[str, ...],
        optional: tuple[str, ...] = (),
    ) -> dict[str, tuple[Thing, Table]]:
        """Read every file of a kind: its structure by *read*, its words by their *fields*."""
        found: dict[str, tuple[Thing, Table]] = {}
        for stem, table, _ in self.layers.things(kind):
            found[stem] = read(table, stem), table
            self._take_words(kind, stem, table, fields, optional)
        if not found:
            self.faults.add(f"{self.layers.base}/{kind}", "holds nothing that can be read")
        return found

    def merged(self, name: str, read: Callable[[Table], dict[str, Thing]]) -> dict[str, Thing]:
        """Read a file of the folder itself, and what is laid over it, key by key."""
        found: dict[str, Thing] = {}
        for table in self.layers.tables(name):
            found |= read(table)
        return found

    def note(self, key: str, origin: Origin, words: Mapping[str, Any]) -> None:
        """Keep the English words of a thing, each with its origin. They stand as they are."""
        texts = wording.flatten(key, words, origin, self.faults)
        for name, text in texts.items():
            self.plain(name, text, origin)
        self.words |= {name: (text, origin) for name, text in texts.items()}

    def plain(self, name: str, text: Text, origin: Origin) -> None:
        """Report a text that is said as it stands, and could not be."""
        if not isinstance(text, str) or "{" in text:
            what = f"'{name}' must be plain: no placeholders, no plural forms"
            origin.fault(self.faults, name, what)

    def _take_words(
        self, kind: str, stem: str, table: Table, fields: tuple[str, ...], optional: tuple[str, ...]
    ) -> None:
        within = table.table("text")
        given = within.rest() if within else {}
        for name in sorted(given.keys() - {*fields, *optional}):
            table.fault(f"unknown key 'text.{name}'", "text", name)
        for name in fields if within else ():
            if name not in given:
                table.fault(f"missing 'text.{name}'", "text")
        for name, value in given.items():
            if name != "options" and not isinstance(value, str):
                table.fault(f"'text.{name}' must be a text", "text", name)
        key = f"{kind}.{stem}"
        self.note(key, Origin(table.file, key, ("text",)), given)
        table.close()


def _load(layers: Layers, faults: Faults) -> Library | None:
    reader = _Reader(layers, faults)
    placed = _questions(reader)
    routines = checkin.fill(reader.each("routines", checkin.routine, ("name",)), placed, faults)
    if ROUTINE not in routines:
        faults.add(f"{layers.base}/routines/{ROUTINE}.toml", "is missing, or cannot be read")
    habits = reader.each("habits", checkin.habit, ("name", "ask", "hint"))
    signs = reader.each("redflags", safety.sign, ("label",))
    tiers = reader.each("tiers", safety.fixed, ("text",))
    for name in sorted(safety.TIERS.keys() - tiers.keys()):
        faults.add(f"{layers.base}/tiers/{name}.toml", "is missing")
    disclaimers = reader.each("disclaimers", safety.fixed, ("short", "full"))
    english = translations.read(layers, FALLBACK, faults) or translations.Folder(FALLBACK, FALLBACK)
    marks = _marks(reader, frozenset(disclaimers), english)
    sources = _sources(reader, frozenset(disclaimers), frozenset(marks), english)
    snippets = _snippets(reader, sources)
    checkin.check_topics(habits, snippets)
    languages, missing = translations.languages(layers, english, reader.words, snippets, faults)
    numbers = reader.merged(helplines.FILE, helplines.read)
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
        marks=dict(sorted(marks.items(), key=lambda item: item[1].order)),
        sections=sources.sections,
        references={reference.address: reference for reference in sources.references.values()},
        points=sources.points,
        helplines=numbers,
        languages=languages,
        _missing=missing,
    )


def _questions(reader: _Reader) -> dict[str, checkin.Placed]:
    read = reader.each(
        "questions",
        checkin.question,
        ("ask", "short"),
        ("hint", "low", "high", "options", "fits"),
    )
    for stem, (placed, table) in read.items():
        words = [key for key in reader.words if key.startswith(f"questions.{stem}.")]
        checkin.check_words(placed.question, words, table)
    return _things(read)


def _marks(
    reader: _Reader, disclaimers: frozenset[str], english: translations.Folder
) -> dict[str, Mark]:
    read = reader.each("marks", safety.mark, ("label",))
    for mark, table in read.values():
        leaves_out = sorted(mark.leaves_out - safety.REQUIRED.keys())
        if known(table, "disclaimer", leaves_out, disclaimers, "leaves_out"):
            for key in leaves_out:
                if f"left_out.kinds.{key}" not in english.texts:
                    table.fault(
                        f"'leaves_out' has no words for '{key}' (left_out.kinds)", "leaves_out"
                    )
    return _things(read)


def _sources(
    reader: _Reader,
    disclaimers: frozenset[str],
    marks: frozenset[str],
    english: translations.Folder,
) -> tips.Sources:
    def titled(table: Table) -> dict[str, str]:
        titles = tips.sections(table)
        reader.note("sections", Origin(table.file, "sections"), titles)
        return titles

    sections = reader.merged("sections.toml", titled)
    references = reader.merged("references.toml", tips.references)

    def points(table: Table) -> dict[str, tips.Point]:
        return tips.points(table, sections, references, disclaimers)

    for key, text in english.texts.items():
        if key.startswith(("topics.", "evidence.")):
            reader.plain(key, text, english.origins[key])
    return tips.Sources(
        topics=frozenset(topic for topic in safety.REQUIRED if f"topics.{topic}" in english.texts),
        sections=sections,
        references=references,
        points=reader.merged("points.toml", points),
        evidence=frozenset(
            key.removeprefix("evidence.") for key in english.texts if key.startswith("evidence.")
        ),
        disclaimers=disclaimers,
        marks=marks | {UNDER_18},
        wary=english.wary or Wary(),
    )


def _snippets(reader: _Reader, sources: tips.Sources) -> dict[str, Snippet]:
    found = {}
    for stem, table, body in reader.layers.things("snippets"):
        found[stem], words = tips.snippet(table, stem, body, sources)
        reader.note(f"snippets.{stem}", Origin(table.file, f"snippets.{stem}"), words)
    return found


def _things(read: Mapping[str, tuple[Thing, Table]]) -> dict[str, Thing]:
    return {name: thing for name, (thing, _) in read.items()}
