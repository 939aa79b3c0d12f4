"""Whom to call in a country. Pure values: where somebody is, and what is shown, is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line that people can call, by the name it goes by there, and its number as it is dialled."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Helplines:
    """The numbers of a country, by its ISO code of two letters.

    emergency: at least one, first the one to try first. checked: when and by whom the operator had them
    checked ("2026-11-24, Ana Souza"); empty where nobody has.
    """

    country: str
    emergency: tuple[str, ...]
    advice: tuple[Line, ...] = ()
    crisis: tuple[Line, ...] = ()
    checked: str = ""
