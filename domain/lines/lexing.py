"""A line cut into pieces, each with what it may mean: words, numbers, clock times, days, signs.

Pure, and in time that grows with the line: every expression here is bounded and begins where the
last piece ended. Never decides what a line means; what looks like a number and is none that we
know becomes ODD, so that nobody takes it for something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from domain.lines.grammar import Sense, Words, fold


class Token(NamedTuple):
    """A piece of the line, from *start* to *end* of it. with_h: a clock time written like 1h30."""

    sense: Sense
    number: int
    start: int
    end: int
    with_h: bool = False


_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_])|[\u0300-\u036f\u064b-\u0652])*")
_SHORT = re.compile(r"[^\W\d_]\.\s?[^\W\d_](?![^\W_])\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/.:-]*\d)")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?:(\d{4})(?!\d)|(?=\s|$))")
_DAY_MONTH = re.compile(r"(2[4-9]|3[01])\.(0[1-9]|1[0-2])(?!\d|[:.,/]\d)")  # no clock shows it
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]|([hH])(?=\d))(\d{2})(?!\d|[:.,/]\d)")
_JOINED = re.compile(r"[.,:/'’+*^%°$€£¥#=~_\u20e3\ufe0f]")
_SIGNS = {",": Sense.COMMA, ";": Sense.COMMA, "،": Sense.COMMA, "/": Sense.SLASH}
_DASHES = "-‐‑‒–—−"
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”"}


def lex(text: str, words: Words) -> list[Token]:
    """Return the pieces of *text* in order. What nobody sees parts words, as a space does."""
    return list(_with_phrases(list(_pieces(text, words.ordinal_dot)), text, words))


def _pieces(text: str, dots: bool) -> Iterator[Token]:
    """Yield words as PLAIN and numbers in their forms; spaces yield nothing."""
    digits = "".join(_digit(c) for c in text)
    at = 0
    while at < len(text):
        if digits[at].isdecimal():
            piece: Token | None = _number(text, digits, at, dots)
        else:
            piece = _piece(text, digits, at)
        if piece is not None:
            yield piece
        at = piece.end if piece else at + 1


def _piece(text: str, digits: str, at: int) -> Token | None:
    sign = text[at]
    kind = unicodedata.category(sign)
    if sign.isspace() or kind in ("Cc", "Cf", "Zs", "Mn"):
        return None
    if kind in ("No", "Nl"):
        return Token(Sense.ODD, 0, at, at + 1)
    word = _SHORT.match(text, at) or _WORD.match(text, at)
    if word:
        return Token(Sense.PLAIN, 0, at, word.end())
    if sign in _QUOTES:
        ends = [n for n in (text.find(end, at + 1) for end in _QUOTES[sign]) if n > at + 1]
        if ends:
            return Token(Sense.QUOTED, 0, at, min(ends) + 1)
    if sign == "@":
        return Token(Sense.AT, 0, at, at + 1)
    if sign in "&+":
        return _plus(digits, at)
    if sign in _DASHES:
        return _dash(text, digits, at)
    odd = sign in "%$€£¥~≈#<>=°"
    return Token(Sense.ODD if odd else _SIGNS.get(sign, Sense.MARK), 0, at, at + 1)


def _plus(digits: str, at: int) -> Token:
    glued = digits[at] == "+" and digits[at + 1 : at + 2].isdecimal()
    return Token(Sense.ODD if glued else Sense.AND, 0, at, at + 1)


def _dash(text: str, digits: str, at: int) -> Token:
    """A dash, or a minus: one that stands right before a number and right after nothing."""
    minus = digits[at + 1 : at + 2].isdecimal() and (at == 0 or not text[at - 1].isalnum())
    return Token(Sense.ODD if minus else Sense.DASH, 0, at, at + 1)


def _number(text: str, digits: str, at: int, dots: bool) -> Token:
    token = _date(digits, at, dots) or _clock(digits, at)
    if token is not None:
        return token
    run = _run(digits, at)
    end = at + len(run)
    joined = bool(_JOINED.match(digits, end)) and digits[end + 1 : end + 2].isdecimal()
    if joined or end - at > 4 or (end < len(text) and text[end] in "%°$€£¥*^=~_'’\u20e3\ufe0f"):
        return Token(Sense.ODD, 0, at, _past(digits, end))
    if end - at == 4 and run[0] == "0":
        return Token(Sense.CLOCK, _minutes(int(run[:2]), int(run[2:])), at, end)
    return Token(Sense.NUMBER, int(run), at, end)


def _run(digits: str, at: int) -> str:
    """Return the digits that stand at a place."""
    end = at
    while end < len(digits) and digits[end].isdecimal():
        end += 1
    return digits[at:end]


def _date(digits: str, at: int, dots: bool) -> Token | None:
    match = _ISO.match(digits, at)
    if match:
        year, month, day = map(int, match.groups())
        return Token(Sense.DATE, year * 10000 + month * 100 + day, at, match.end())
    match = _DOTS.match(digits, at)
    if match and (match[3] or (dots and 1 <= int(match[2]) <= 12)):
        number = int(match[3] or 0) * 10000 + int(match[2]) * 100 + int(match[1])
        return Token(Sense.DATE, number, at, match.end())
    match = _DAY_MONTH.match(digits, at)
    if match and not digits[:at].strip():  # further on it may be an amount
        return Token(Sense.DATE, int(match[2]) * 100 + int(match[1]), at, match.end())
    match = _SLASHES.match(digits, at)
    return None if match is None else _slashes(match, at)


def _slashes(match: re.Match[str], at: int) -> Token:
    """A day between slashes, where only one of its numbers can be the month."""
    first, second, year = int(match[1]), int(match[2]), int(match[3] or 0)
    number = -1
    if first > 12 >= second or first == second:
        number = year * 10000 + second * 100 + first
    elif second > 12 >= first and year:
        number = year * 10000 + first * 100 + second
    return Token(Sense.DATE, number, at, match.end())


def _clock(digits: str, at: int) -> Token | None:
    match = _CLOCK.match(digits, at)
    if match is None:
        return None
    minutes = _minutes(int(match[1]), int(match[3]))
    return Token(Sense.CLOCK, minutes, at, match.end(), with_h=bool(match[2]))


def _minutes(hour: int, minute: int) -> int:
    return hour * 60 + minute if hour < 24 and minute < 60 else -1


def _past(digits: str, end: int) -> int:
    """Return where a run of digits and what joins them ends."""
    while end < len(digits) and (digits[end].isdecimal() or _JOINED.match(digits, end)):
        end += 1
    return end


def _digit(sign: str) -> str:
    """Return a digit of any script as ours; anything else as it is."""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _with_phrases(pieces: list[Token], text: str, words: Words) -> Iterator[Token]:
    """Give words their meaning, the longest phrase first, and numbers what is written onto them."""
    folded = [_folded(token, text) for token in pieces]
    at = 0
    while at < len(pieces):
        token = pieces[at]
        if token.sense is not Sense.PLAIN:
            taken, found = _number_with_ending(pieces, folded, at, text, words)
        else:
            taken, found = _phrase(pieces, folded, at, text, words)
        yield from found
        at += taken


def _folded(token: Token, text: str) -> str:
    if token.sense is not Sense.PLAIN:
        return ""
    return fold(text[token.start : token.end]).replace(".", "").replace(" ", "")


def _phrase(
    pieces: list[Token], folded: list[str], at: int, text: str, words: Words
) -> tuple[int, list[Token]]:
    most = min(2 * words.longest - 1, len(pieces) - at)
    for length in range(most, 0, -1):
        if pieces[at + length - 1].sense is not Sense.PLAIN:
            continue
        parts = (n for n in range(at, at + length) if not _is_hyphen(pieces, n))
        meanings = words.all(tuple(folded[n] for n in parts))
        if meanings:
            end = pieces[at + length - 1].end
            if length == 1 and _runs_on(text, end):
                break
            return length, [Token(*meaning, pieces[at].start, end) for meaning in meanings]
    return 1, list(_alone(pieces[at], folded[at], text, words))


def _is_hyphen(pieces: list[Token], at: int) -> bool:
    """Say whether a dash joins two words to one: "week-end" is the phrase "week end"."""
    if pieces[at].sense is not Sense.DASH or not 0 < at < len(pieces) - 1:
        return False
    before, dash, after = pieces[at - 1 : at + 2]
    joined = before.end == dash.start and dash.end == after.start
    return joined and before.sense is after.sense is Sense.PLAIN


def _alone(token: Token, word: str, text: str, words: Words) -> Iterator[Token]:
    """A word that is no phrase: plain, "and" with another word, or one that runs into a number."""
    start, end = token.start, token.end
    for prefix in words.prefixes:
        if word == prefix and _runs_on(text, end):
            yield Token(Sense.AND, 0, start, end)
            return
        rest = words.all((word.removeprefix(prefix),)) if word.startswith(prefix) else ()
        if rest:
            yield Token(Sense.AND, 0, start, start)
            yield from (Token(*meaning, start, end) for meaning in rest)
            return
    known = words.one(word) is not None and _runs_on(text, end)
    yield Token(Sense.ODD if known else Sense.PLAIN, 0, start, end)


def _runs_on(text: str, end: int) -> bool:
    """Say whether a number is written right onto what ends here."""
    return end < len(text) and text[end].isdecimal()


_NUMERIC = (Sense.NUMBER, Sense.CLOCK)


def _number_with_ending(
    pieces: list[Token], folded: list[str], at: int, text: str, words: Words
) -> tuple[int, list[Token]]:
    token = pieces[at]
    before = pieces[at - 1] if at else None
    runs_in = before and before.end == token.start and before.sense is Sense.PLAIN
    if runs_in and folded[at - 1] not in words.prefixes and token.sense in _NUMERIC:
        known = words.one(folded[at - 1]) is not None
        return 1, [token._replace(sense=Sense.ODD if known else Sense.PLAIN)]
    if token.sense is Sense.NUMBER and words.ordinal_dot and _dot_and_word(text, token.end):
        return 2, [token._replace(sense=Sense.ORDINAL, end=token.end + 1)]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if token.sense not in _NUMERIC or after is None or after.start != token.end:
        return 1, [token]
    if after.sense is not Sense.PLAIN:
        return 1, [token]
    ending = folded[at + 1]
    if token.sense is Sense.NUMBER and ending in words.ordinal_endings:
        return 2, [Token(Sense.ORDINAL, token.number, token.start, after.end)]
    meaning = words.one(ending)
    if meaning is None or _runs_on(text, after.end):
        return 2, [Token(Sense.ODD, 0, token.start, after.end)]
    return 2, [token, Token(*meaning, after.start, after.end)]


def _dot_and_word(text: str, end: int) -> bool:
    rest = text[end : end + 3]
    return rest[:1] == "." and rest[1:2].isspace() and rest[2:3].isalpha()
