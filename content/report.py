"""The report on tips: how easy they are to read, how strong their evidence is said to be, what they carry.

Made from the library alone, so that the page in docs is what the content is now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from content.language import Language
from content.library import Library
from content.readability import FORMULAS, counts, grade
from domain.snippets import Snippet


def told(snippet: Snippet, language: Language) -> str:
    """Return what is measured of a tip: its text, and what it suggests to try."""
    keys = (f"snippets.{snippet.id}.body", f"snippets.{snippet.id}.try")
    return " ".join(language(key) for key in keys if key in language)


def page(library: Library) -> str:
    """Return the whole report as Markdown."""
    parts = [_HEAD, *_languages(library), "", *_words(library), "", *_snippets(library)]
    return "\n".join(parts) + "\n"


_HEAD = """# What tips are like to read

Made by `commensal content report`. Measured is a tip's text with what it suggests to try, without its title and its disclaimers. Syllables are
estimated, and formulas know sentences and words, not sense: they help to find a hard text, and prove none good.
"""


def _languages(library: Library) -> Iterator[str]:
    yield "## By language"
    yield ""
    yield "| language | tips of its own | formula | mean | easiest | hardest | words a sentence | reviewed |"
    yield "|---|---|---|---|---|---|---|---|"
    for tag, language in library.languages.items():
        own = _own(library, tag)
        found = [(grade(told(tip, language), tag), counts(told(tip, language), tag)) for tip in own]
        values = sorted(value for value, _ in found if value is not None)
        formula = FORMULAS.get(tag.partition("-")[0])
        named = (
            f"{formula.name}: {formula.easy} ({formula.source})"
            if formula
            else "none is established"
        )
        cells = ["", "", ""]
        if formula and values:
            ends = values if formula.of(_EASY) < formula.of(_HARD) else values[::-1]
            cells = [f"{n:.1f}" for n in (sum(values) / len(values), ends[0], ends[-1])]
        length = sum(c.words for _, c in found) / max(1, sum(c.sentences for _, c in found))
        who = language.reviewed or "not yet"
        yield f"| {tag} | {len(own)} | {named} | {' | '.join(cells)} | {length:.1f} | {who} |"


_EASY = counts("The cat sat. The dog ran.", "en")
_HARD = counts(
    "Considerable individual variability necessitates personalised recommendations.", "en"
)


def _words(library: Library) -> Iterator[str]:
    english = library.languages["en"]
    yield "## Words that matter"
    yield ""
    yield "| how strong the evidence is said to be | tips |"
    yield "|---|---|"
    said = Counter(snippet.evidence for snippet in library.snippets.values())
    for key, count in sorted(said.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {english(f'evidence.{key}')} | {count} |"
    yield ""
    yield "| disclaimer | tips |"
    yield "|---|---|"
    carried = Counter(key for snippet in library.snippets.values() for key in snippet.disclaimers)
    for key, count in sorted(carried.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {key} | {count} |"
    yield ""
    texts = sum(len(_own(library, tag)) for tag in library.languages)
    yield (
        f"All {texts} texts were looked through for words that no tip may say (promises, doses, fear, "
        "shops; each language's `wording.toml`): a text that holds one is refused, so none is here."
    )


def _snippets(library: Library) -> Iterator[str]:
    tags = list(library.languages)
    yield "## By tip"
    yield ""
    yield "Length is that of the English in characters. A language without a formula shows words a sentence."
    yield ""
    yield f"| tip | topic | length | {' | '.join(tags)} | disclaimers |"
    yield f"|---|---|---|{'---|' * len(tags)}---|"
    own = {tag: {snippet.id for snippet in _own(library, tag)} for tag in tags}
    for snippet in library.snippets.values():
        cells = [
            _cell(told(snippet, library.languages[tag]), tag) if snippet.id in own[tag] else "–"
            for tag in tags
        ]
        length = len(told(snippet, library.languages["en"]))
        yield (
            f"| {snippet.id} | {snippet.topic} | {length} | {' | '.join(cells)} | "
            f"{', '.join(snippet.disclaimers)} |"
        )


def _cell(text: str, tag: str) -> str:
    value = grade(text, tag)
    return f"{counts(text, tag).words_a_sentence if value is None else value:.1f}"


def _own(library: Library, tag: str) -> list[Snippet]:
    missing = set(library.texts_missing(tag))
    return [s for s in library.snippets.values() if f"snippets.{s.id}.body" not in missing]
