"""`commensal content`: what an operator, a writer or a reviewer asks of questions, tips and words.

With COMMENSAL_CONTENT_DIR set it is about our content with the operator's laid over it. Never starts
a bot and opens no database.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commensal.settings import content_dir
from domain.errors import ContentError

if TYPE_CHECKING:
    from content.library import Library

say = partial(print, flush=True)
"""Words for the operator, on standard output."""

MOST_NAMED = 20
"""How many names a line still lists."""

Command = Callable[[argparse.Namespace], int]


def _until_seen(command: Command) -> Command:
    """Let a command end quietly where who reads its output has seen enough, as `head` has."""

    @wraps(command)
    def run(arguments: argparse.Namespace) -> int:
        try:
            return command(arguments)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    return run


def add(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the commands to the parser's *commands*."""
    kinds = commands.add_parser("content", help="Questions, tips and words.").add_subparsers(
        required=True, metavar="COMMAND"
    )
    text = "Print every fault of the content, with its file and line; else what there is."
    check = kinds.add_parser("check", help=text, description=text)
    check.add_argument("folder", nargs="?", type=Path, help="a folder laid out like ours, alone")
    check.set_defaults(command=_check)
    text = "Show tips as a phone would."
    preview = kinds.add_parser("preview", help=text, description=text)
    preview.add_argument("snippets", nargs="*", metavar="snippet", help="the id of a tip")
    preview.add_argument("--all", action="store_true", help="every tip, one after the other")
    preview.add_argument("--language", default="en", help="its tag, like de (default: en)")
    preview.add_argument("--plain", action="store_true", help="without symbols, for screen readers")
    preview.add_argument("--as-html", action="store_true", help="the text as Telegram gets it")
    preview.set_defaults(command=_preview)
    text = "List the article's points: which tips use them, and what stands behind."
    coverage = kinds.add_parser("coverage", help=text, description=text)
    coverage.set_defaults(command=_coverage)
    text = "Measure how easy tips are to read, and count the words that matter, as Markdown."
    report = kinds.add_parser("report", help=text, description=text)
    report.add_argument("--output", type=Path, help="a file to write, in place of printing it")
    report.set_defaults(command=_report)


def _library() -> Library:
    from content.library import Library

    return Library.load(over=content_dir(os.environ))


@_until_seen
def _check(arguments: argparse.Namespace) -> int:
    from content import check
    from content.library import Library

    library = Library.load(arguments.folder) if arguments.folder else _library()
    say(check.summary(library))
    for line in check.languages(library):
        say(line)
    return 0


@_until_seen
def _preview(arguments: argparse.Namespace) -> int:
    from actions.snippets import Tip
    from bot.screen import html
    from bot.screens import render
    from commensal import phone

    library = _library()
    language = library.language(arguments.language)
    if language.tag.partition("-")[0] != arguments.language.lower().partition("-")[0]:
        raise ContentError([_unknown("language", arguments.language, library.languages)])
    if arguments.plain:
        language = language.in_plain()
    names = list(_named(arguments, library))
    several = arguments.all or len(names) > 1
    for name in names:
        snippet = library.snippets[name]
        screen = render(Tip(snippet), language)
        if several:
            say(f"── {name} ({snippet.topic})")
        say(html(screen) if arguments.as_html else phone.drawn(screen, language))
        if several:
            say()
    return 0


def _named(arguments: argparse.Namespace, library: Library) -> Iterable[str]:
    """Return the ids of the tips that are meant. Errors: ContentError."""
    if arguments.all:
        return library.snippets
    names: list[str] = arguments.snippets
    if not names:
        raise ContentError(["give the id of a tip, or --all"])
    unknown = [name for name in names if name not in library.snippets]
    tags = [name for name in unknown if name in library.languages]
    if tags:
        raise ContentError([f"{tags[0]} is a language: say --language {tags[0]}"])
    if unknown:
        raise ContentError([_unknown("snippet", name, library.snippets) for name in unknown])
    return names


def _unknown(kind: str, name: str, there: Iterable[str]) -> str:
    names = sorted(there)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    near = near or [other for other in names if name in other][:3]
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif len(names) <= MOST_NAMED:
        hint = f"there are {', '.join(names)}"
    else:
        hint = f"there are {len(names)} others, like {names[0]}; --all shows every one"
    return f"no {kind} is called {name}: {hint}"


@_until_seen
def _coverage(_: argparse.Namespace) -> int:
    from content import coverage

    for line in coverage.lines(_library()):
        say(line)
    return 0


@_until_seen
def _report(arguments: argparse.Namespace) -> int:
    from content import report

    text = report.page(_library())
    if arguments.output is None:
        say(text, end="")
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return 0
