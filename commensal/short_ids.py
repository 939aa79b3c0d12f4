"""The ids of messages as an operator reads and types them: thirteen letters and digits, always the same.

None of i, l, o and u, which are taken for something else (Crockford's base 32).
"""

from __future__ import annotations

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 13
"""Thirteen times five bits hold the 63 bits of an id."""


def short(number: int) -> str:
    """Return an id (0 to 2^63 - 1) as an operator sees it."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def read(text: str) -> int:
    """Return the id that *text* means, in small or capital letters. Errors: ValueError."""
    letters = text.strip().lower()
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        raise ValueError("is no id of a message; `commensal outbox list --rows` shows them")
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    if number >= 2**63:
        raise ValueError("is no id of a message; `commensal outbox list --rows` shows them")
    return number
