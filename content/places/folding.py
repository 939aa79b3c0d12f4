"""Names as they are compared: lower case, no accents, single spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return *text* as names are compared: lower case, no accents, single spaces."""
    lower = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", lower).translate(_LETTERS)
    plain = (c for c in apart if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", "".join(plain))).strip()


@cache
def countries() -> dict[str, str]:
    """Return the folded English name of each country by its code."""
    territories = Locale("en").territories.items()
    return {code: fold(name) for code, name in territories if len(code) == 2}
