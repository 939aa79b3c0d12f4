"""Reading languages: a folder each, keyed like English.

English texts of things come from their own files; every other text of a language lives in its
folder. A text that a language lacks is English and reported, unless it is a safety text: then the
language is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale, UnknownLocaleError

from content import grammar, wording
from content.language import NO_WORDS, Language, Text
from content.loading import Faults, files, read_toml
from content.safety import SAFETY_TEXTS
from domain.lines.grammar import Words
from domain.snippets import Snippet

ENGLISH = "en"

ABOUT = "language"
"""The file that says what the language is called and whose conventions it follows."""

OF_THINGS = frozenset(
    {"questions", "routines", "habits", "redflags", "tiers", "disclaimers", "snippets"}
)
"""Files that only a translation has: in English these words are in the things' own files."""


@dataclass(slots=True)
class Folder:
    """A language's folder as read: its texts, the file of each for faults, and its grammar's words."""

    tag: str
    base: str
    name: str = ""
    conventions: Locale = field(default_factory=lambda: Locale(ENGLISH))
    texts: dict[str, Text] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    words: Words | None = None

    def add(self, texts: Mapping[str, Text], file: str) -> None:
        """Take *texts* in, all from one file."""
        self.texts |= texts
        self.files |= dict.fromkeys(texts, file)

    def by_file(self) -> dict[str, dict[str, Text]]:
        """Return the texts in groups, by their file."""
        groups: dict[str, dict[str, Text]] = {}
        for key, text in self.texts.items():
            groups.setdefault(self.files[key], {})[key] = text
        return groups


def read(path: Path, faults: Faults) -> Folder:
    """Read one language's folder."""
    folder = Folder(path.name, f"{path.parent.parent.name}/{path.parent.name}/{path.name}")
    about = f"{folder.base}/{ABOUT}.toml"
    if not (path / f"{ABOUT}.toml").is_file():
        faults.add(about, "is missing")
    for found, file in files(path, ".toml", folder.base, faults):
        table = read_toml(found, file, faults)
        if table is None:
            continue
        if found.stem == ABOUT:
            folder.name = table.text("name")
            folder.conventions = _conventions(table.text("conventions"), file, faults)
            table.close()
        elif found.stem == grammar.STEM:
            folder.words = grammar.read(table)
        elif found.stem in OF_THINGS and folder.tag == ENGLISH:
            faults.add(file, "unexpected: the English words of things are in their own files")
        else:
            folder.add(wording.flatten(found.stem, table.rest(), file, faults), file)
    return folder


def languages(
    locales: Path,
    english: Folder,
    things: Mapping[str, tuple[Text, str]],
    snippets: Mapping[str, Snippet],
    faults: Faults,
) -> tuple[dict[str, Language], dict[str, tuple[str, ...]]]:
    """Return every language, and the keys that each lacks.

    *things*: the English words of things, each with its file; they join *english*.
    """
    for key, (text, file) in things.items():
        english.add({key: text}, file)
    _check(english, english, faults)
    if english.words is None:
        faults.add(f"{english.base}/{grammar.STEM}.toml", "is missing")
    found = {ENGLISH: _language(english, english)}
    missing: dict[str, tuple[str, ...]] = {ENGLISH: ()}
    for path in sorted(locales.iterdir()) if locales.is_dir() else ():
        if path.is_dir() and path.name != ENGLISH and not path.name.startswith((".", "__")):
            folder = read(path, faults)
            _check(folder, english, faults)
            found[folder.tag] = _language(folder, english)
            lacking = english.texts.keys() - folder.texts.keys()
            missing[folder.tag] = tuple(sorted({*lacking, *_no_grammar(folder)}))
    if not faults.lines:
        _check_lengths(found, snippets, english, faults)
    return found, missing


def _check(folder: Folder, english: Folder, faults: Faults) -> None:
    own = folder is english
    for file, texts in folder.by_file().items():
        wording.check(texts, folder.conventions, file, faults, english=own)
        if not own:
            wording.compare(texts, english.texts, file, faults)
    for key in sorted(english.texts.keys() - folder.texts.keys()):
        if SAFETY_TEXTS.fullmatch(key):
            stem = key.partition(".")[0]
            faults.add(f"{folder.base}/{stem}.toml", f"missing safety text '{key}'")


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
                file = english.files[f"{stem}.body"]
                faults.add(
                    file, f"is too long for a message with its disclaimers in {language.tag}"
                )


def _language(folder: Folder, english: Folder) -> Language:
    texts = {**english.texts, **folder.texts}
    words = folder.words or english.words or NO_WORDS
    return Language(folder.tag, folder.name, folder.conventions, texts, words)


def _no_grammar(folder: Folder) -> tuple[str, ...]:
    return () if folder.words else (grammar.STEM,)


def _conventions(name: str, file: str, faults: Faults) -> Locale:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        faults.add(file, f"'conventions' names no locale of Babel: '{name}'")
        return Locale(ENGLISH)
