"""A line of text read as a reminder: what it means from now on, or what to ask.

Pure; "now" is given. What has two meanings, or holds a word about time that no phrase took, is
asked and never guessed. "tonight" says which day and which half of it, and still wants its time.
Plain words that are left over are what to be reminded of; so is whatever stands in quotes, as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.lines.asking import Ask, Why
from domain.lines.grammar import WITHIN, Sense, Words
from domain.lines.lexing import Token, lex
from domain.lines.patterns import schedule
from domain.lines.phrases import read_phrases
from domain.lines.said import Said
from domain.recurrence import Schedule
from domain.wording import is_visible, one_line

MOST_CHARACTERS = 200
"""The longest line that is read at all."""


@dataclass(frozen=True, slots=True)
class Understood:
    """When to remind, and of what: *text* in the person's own words, empty where they said none."""

    schedule: Schedule
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unclear:
    """What to ask. choices: what the line may mean, to be offered; none where it must be said anew."""

    why: Why
    choices: tuple[Schedule, ...] = ()
    text: str = field(default="", repr=False)


def read(text: str, words: Words, now: datetime, zone: ZoneInfo) -> Understood | Unclear:
    """Read a line. *now*: an aware moment; what is said goes by the clock of *zone*.

    Errors: ValueError if *now* is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    if len(text) > MOST_CHARACTERS:
        return Unclear(Why.TOO_LONG)
    tokens = lex(text, words)
    said = read_phrases(tokens, words)
    about = _about(text, tokens, said.left)
    try:
        found = schedule(said, now.astimezone(zone))
        _nothing_else(text, tokens, said)
        _parts_agree(said, found)
    except Ask as ask:
        choices = ask.choices
        try:
            _nothing_else(text, tokens, said)
        except Ask as left:
            return Unclear(left.why if ask.choices else ask.why)
        return Unclear(ask.why, choices, about)
    return Understood(found, about)


SOFT = frozenset(
    (
        Sense.PLAIN, Sense.QUOTED, Sense.COMMA, Sense.SLASH, Sense.DASH, Sense.MARK, Sense.AND, Sense.AT,
        Sense.ON, Sense.THE, Sense.A, Sense.OF, Sense.IN, Sense.FROM, Sense.TO, Sense.BETWEEN,
        Sense.OTHER, Sense.PART, Sense.LAST, Sense.NEXT, Sense.THIS, Sense.FILLER, Sense.NEAR,
        Sense.HALF,
    )
)  # fmt: skip
"""What may be left over: it says nothing of time where no phrase took it."""


def _nothing_else(text: str, tokens: list[Token], said: Said) -> None:
    """Ask where something is left over that says more of the time than was understood."""
    left = set(said.left)
    for at, token in enumerate(tokens):
        if token not in left:
            continue
        before, after = tokens[at - 1 : at], tokens[at + 1 : at + 2]
        beside_time = bool(after) and after[0] not in left
        after_time = bool(before) and before[0] not in left
        odd = token.sense not in SOFT
        odd = odd or (token.sense is Sense.NEAR and _leads_to_time(tokens, at, left))
        odd = odd or (
            token.sense in (Sense.IN, Sense.FROM) and _is_time(tokens[at + 1 : at + 3], left)
        )
        odd = odd or (token.sense in (Sense.NEXT, Sense.OTHER) and beside_time)
        odd = odd or (token.sense in (Sense.DASH, Sense.SLASH) and beside_time and after_time)
        odd = odd or (token.sense is Sense.HALF and not _is_plain(before))
        odd = odd or (after_time and _is_stray(text, token, before[0], last=not after))
        if odd:
            raise Ask(Why.LEFT_OVER)


def _is_time(after: list[Token], left: set[Token]) -> bool:
    """Say whether a time that was understood comes next: "from 9:00" is more than "at 9:00"."""
    if not after or after[0] in left:
        return False
    if after[0].sense is Sense.NUMBER:  # not one that counts: "from 3 days on"
        return after[1:2] != [] and after[1].sense in (Sense.HALF, Sense.O_CLOCK, Sense.H)
    return after[0].sense in (Sense.CLOCK, Sense.NOON, Sense.MIDNIGHT)


def _leads_to_time(tokens: list[Token], at: int, left: set[Token]) -> bool:
    """Say whether what follows "around" or "ca." is a time, with nothing between that has a meaning."""
    dot = tokens[at + 1 : at + 2]
    if dot and dot[0].sense is Sense.MARK and dot[0].start == tokens[at].end:
        at += 1
    while at + 1 < len(tokens):
        at += 1
        if tokens[at] not in left:
            return True
        if tokens[at].sense in (Sense.PLAIN, Sense.QUOTED, Sense.COMMA, Sense.MARK):
            return False
    return False


def _is_plain(before: list[Token]) -> bool:
    return bool(before) and before[0].sense is Sense.PLAIN


def _is_stray(text: str, token: Token, before: Token, *, last: bool) -> bool:
    """Say whether a letter or two stand after a number and are no word: "9 p", "at 9 ma"."""
    word = text[token.start : token.end]
    if token.sense not in (Sense.PLAIN, Sense.A) or before.sense not in (Sense.NUMBER, Sense.CLOCK):
        return False
    if text[token.end : token.end + 1].isdecimal():
        return False  # B12
    return word.isascii() and word.isalpha() and len(word) <= (2 if last else 1)


def _parts_agree(said: Said, found: Schedule) -> None:
    """Ask where "evening" is part of the text, and a time that could be in it is not."""
    half_said = any(clock.half for clocks in said.times for clock in clocks)
    for token in said.left:
        hours = WITHIN[token.number] if token.sense is Sense.PART else range(24)
        for at in found.times:
            if at.hour not in hours and 1 <= at.hour <= 12:
                raise Ask(Why.TWO_MEANINGS if half_said else Why.WHICH_HALF)


_EDGES = " \t\n,;:.!?¡¿-‐‑‒–—−|/\\*_&+@>()[]{}<،؟"


def _about(text: str, tokens: list[Token], left: list[Token]) -> str:
    """Return the words of *left* as they were typed, without what led to them."""
    quoted = [token for token in left if token.sense is Sense.QUOTED]
    if quoted:
        return one_line(" ".join(text[t.start + 1 : t.end - 1] for t in quoted))
    parts = [_trimmed(text, run) for run in _runs(tokens, set(left))]
    about = one_line(" ".join(part for part in parts if part))
    return about if is_visible(about) else ""


def _runs(tokens: list[Token], left: set[Token]) -> list[list[Token]]:
    """Return what is left over in pieces, as understood phrases part it."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token in left:
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    return runs


_LEADS = frozenset((Sense.FILLER, Sense.TO, Sense.AND))
_TRAILS = _LEADS | {Sense.AT, Sense.THE, Sense.OF, Sense.FROM, Sense.BETWEEN}


def _trimmed(text: str, run: list[Token]) -> str:
    """Return a run as typed, without what leads to its words or hangs behind; drawings stay."""
    start, end = 0, len(run)
    while start < end and (run[start].sense in _LEADS or text[run[start].start] in _EDGES):
        start += 1
    while end > start and (run[end - 1].sense in _TRAILS or text[run[end - 1].start] in _EDGES):
        end -= 1
    return text[run[start].start : run[end - 1].end] if start < end else ""
