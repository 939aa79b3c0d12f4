"""Reading languages: a folder each, keyed like English.

English texts of things come from their own files; every other text of a language lives in its
folder. A text that a language lacks is English and reported, unless it is a safety text: then the
language is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from babel import Locale, UnknownLocaleError

from content import distress, grammar, kept, synonyms, wary, wording
from content.folders import files, is_file
from content.helplines import says_who
from content.language import NO_WORDS, Language, Text
from content.layers import LEFT_OUT, Layers
from content.loading import Faults, Table, read_toml
from content.safety import SAFETY_TEXTS
from content.wary import Wary
from content.wording import Origin
from domain.distress import Wording
from domain.lines.grammar import Words
from domain.snippets import Snippet

ENGLISH = "en"

ABOUT = "language"
"""The file that says what the language is called and whose conventions it follows."""

OF_THINGS = frozenset(
    (
        "questions", "routines", "habits", "redflags", "tiers", "disclaimers", "snippets", "marks",
        "sections",
    )
)  # fmt: skip
"""Files that only a translation has: in English these words are in the things' own files."""


@dataclass(slots=True)
class Folder:
    """A language's folder as read: its texts, the file of each for faults, and its grammar's words."""

    tag: str
    base: str
    name: str = ""
    conventions: Locale = field(default_factory=lambda: Locale(ENGLISH))
    texts: dict[str, Text] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    wary: Wary | None = None
    words: Words | None = None
    distress: Wording | None = None
    synonyms: synonyms.Synonyms = ()
    reviewed: str = ""

    def add(self, texts: Mapping[str, Text], origin: Origin) -> None:
        """Take *texts* in, all from one place."""
        self.texts |= texts
        self.origins |= dict.fromkeys(texts, origin)

    def by_origin(self) -> dict[Origin, dict[str, Text]]:
        """Return the texts in groups, by where they were read."""
        groups: dict[Origin, dict[str, Text]] = {}
        for key, text in self.texts.items():
            groups.setdefault(self.origins[key], {})[key] = text
        return groups

    def without(self, things: Collection[str]) -> None:
        """Let go of the texts of *things*, like `snippets.powder`."""
        for key in [key for key in self.texts if ".".join(key.split(".")[:2]) in things]:
            del self.texts[key], self.origins[key]


def read(layers: Layers, tag: str, faults: Faults) -> Folder | None:
    """Read one language's folder with what is laid over it; None where that leaves it out."""
    places = layers.language(tag)
    folder = Folder(tag, places[0][1])
    if not is_file(places[0][0] / f"{ABOUT}.toml"):
        faults.add(f"{folder.base}/{ABOUT}.toml", "is missing")
    for n, (path, base) in enumerate(places):
        if n:
            folder.without(layers.dropped)
        for found, file in files(path, ".toml", base, faults):
            table = read_toml(found, file, faults)
            if table is None:
                continue
            if n and found.stem == ABOUT and table.names() == [LEFT_OUT]:
                if tag != ENGLISH and table.flag(LEFT_OUT):
                    return None
                table.fault("English cannot be left out", LEFT_OUT)
            else:
                _take(folder, found.stem, table, faults, is_over=bool(n))
    folder.without(
        {*layers.dropped} if len(places) == 1 and places[0][0].parent == layers.locales else ()
    )
    return folder


def _take(folder: Folder, stem: str, table: Table, faults: Faults, *, is_over: bool) -> None:
    """Take one file in. is_over: it is laid over a folder of ours."""
    if stem == ABOUT:
        folder.name = table.text("name")
        folder.conventions = _conventions(table.text("conventions"), table.file, faults)
        folder.reviewed = _reviewed(table.text("reviewed", ""), table.file, faults)
        table.close()
    elif stem == distress.STEM:
        folder.distress = distress.read(table, folder.distress if is_over else None)
    elif stem == grammar.STEM:
        folder.words = grammar.read(table)
    elif stem == synonyms.STEM:
        folder.synonyms += synonyms.read(table)
    elif stem == wary.STEM:
        found = wary.read(table, adds=is_over)
        folder.wary = folder.wary.and_more(found) if folder.wary else found
    elif stem in OF_THINGS and folder.tag == ENGLISH:
        faults.add(table.file, "unexpected: the English words of things are in their own files")
    else:
        origin = Origin(table.file, stem)
        texts = wording.flatten(stem, table.rest(), origin, faults)
        for key in texts if is_over and folder.tag == ENGLISH else ():
            if key not in folder.texts and not key.startswith("evidence."):
                origin.fault(faults, key, f"unknown text '{key}'")
        if is_over:
            kept.compare_texts(stem, texts, folder.texts, origin, faults)
        folder.add(texts, origin)


def languages(
    layers: Layers,
    english: Folder,
    things: Mapping[str, tuple[Text, Origin]],
    snippets: Mapping[str, Snippet],
    faults: Faults,
) -> tuple[dict[str, Language], dict[str, tuple[str, ...]]]:
    """Return every language, and the keys that each lacks.

    *things*: the English words of things, each with its origin; they join *english*.
    """
    for key, (text, origin) in things.items():
        english.add({key: text}, origin)
    _check(english, english, layers, faults)
    if english.words is None:
        faults.add(f"{english.base}/{grammar.STEM}.toml", "is missing")
    found = {ENGLISH: _language(english, english)}
    missing: dict[str, tuple[str, ...]] = {ENGLISH: ()}
    for tag in layers.languages():
        folder = read(layers, tag, faults) if tag != ENGLISH else None
        if folder is not None:
            _check(folder, english, layers, faults)
            _check_snippets(folder, snippets, faults)
            found[folder.tag] = _language(folder, english)
            lacking = english.texts.keys() - folder.texts.keys()
            missing[folder.tag] = tuple(sorted({*lacking, *_no_grammar(folder)}))
    if not faults.lines:
        _check_lengths(found, snippets, english, faults)
    return found, missing


def _check(folder: Folder, english: Folder, layers: Layers, faults: Faults) -> None:
    own = folder is english
    if folder.distress is None:
        faults.add(f"{folder.base}/{distress.STEM}.toml", "missing safety file")
    if folder.wary is None:
        faults.add(f"{folder.base}/{wary.STEM}.toml", "missing safety file")
    for origin, texts in folder.by_origin().items():
        wording.check(texts, folder.conventions, origin, faults, english=own)
        if not own:
            wording.compare(texts, english.texts, origin, faults)
    for key in sorted(english.texts.keys() - folder.texts.keys()):
        if SAFETY_TEXTS.fullmatch(key):
            what = f"missing safety text '{key}'"
            if replaced := layers.dropped_by(key):
                faults.add(replaced, f"{what} in {folder.tag}: this version is not translated yet")
            else:
                faults.add(f"{folder.base}/{key.partition('.')[0]}.toml", what)


def _check_snippets(folder: Folder, snippets: Mapping[str, Snippet], faults: Faults) -> None:
    """Report what a snippet must not say, or what its words ask for, in a translation."""
    patterns = folder.wary or Wary()
    for snippet in snippets.values():
        stem = f"snippets.{snippet.id}"
        for key in (f"{stem}.title", f"{stem}.body", f"{stem}.try"):
            text, origin = folder.texts.get(key), folder.origins.get(key)
            if not isinstance(text, str) or origin is None:
                continue
            for what in patterns.says(text):
                origin.fault(faults, key, f"'{key}' says {what}")
            for name, word in patterns.names(text).items():
                if name not in snippet.disclaimers:
                    what = f"'{key}' needs the disclaimer '{name}': it says '{word}'"
                    origin.fault(faults, key, what)


def _check_lengths(
    found: Mapping[str, Language], snippets: Mapping[str, Snippet], english: Folder, faults: Faults
) -> None:
    """Report a snippet that would not fit into one message with its disclaimers."""
    for language in found.values():
        for snippet in snippets.values():
            stem = f"snippets.{snippet.id}"
            keys = [f"{stem}.title", f"{stem}.body", f"evidence.{snippet.evidence}"]
            keys += [f"disclaimers.{key}.full" for key in snippet.disclaimers]
            if f"{stem}.try" in language:
                keys.append(f"{stem}.try")
            whole = "\n\n".join(language(key) for key in keys)
            if wording.utf16_length(whole) + wording.OUR_LINES > wording.MOST_TEXT:
                what = f"is too long for a message with its disclaimers in {language.tag}"
                english.origins[f"{stem}.body"].fault(faults, f"{stem}.body", what)


def _language(folder: Folder, english: Folder) -> Language:
    texts = {**english.texts, **folder.texts}
    words = folder.words or english.words or NO_WORDS
    return Language(
        folder.tag,
        folder.name,
        folder.conventions,
        texts,
        words,
        distress=folder.distress or Wording(),
        reviewed=folder.reviewed,
        synonyms=folder.synonyms,
        wary=folder.wary or Wary(),
    )


def _no_grammar(folder: Folder) -> tuple[str, ...]:
    return () if folder.words else (grammar.STEM,)


def _reviewed(text: str, file: str, faults: Faults) -> str:
    if text and not says_who(text):
        what = "'reviewed' must say when and by whom: \"2026-11-24, Dr Ana Souza\""
        faults.add(file, what, ("reviewed",))
    return text


def _conventions(name: str, file: str, faults: Faults) -> Locale:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        faults.add(file, f"'conventions' names no locale of Babel: '{name}'", ("conventions",))
        return Locale(ENGLISH)
