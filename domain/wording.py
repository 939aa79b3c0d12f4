"""What people type, as we keep it: without what nobody sees. Never changes a word."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Controls, marks of direction and spaces without width. Joiners stay: Persian and emoji need them."""

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that are drawn as nothing."""


def one_line(text: str) -> str:
    """Return *text* in one line, with single spaces and without what nobody sees."""
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())


def is_visible(text: str) -> bool:
    """Say whether anything of *text* can be seen."""
    return any(c not in _BLANK and unicodedata.category(c)[0] in "LNPS" for c in text)
