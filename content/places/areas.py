"""Countries, states and provinces, and short names, as people type them. Never guesses by a beginning.

The names are in areas.toml; a country also goes by its English name and its code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from content.places.folding import countries

DATA = Path(__file__).with_name("areas.toml")


class Area(NamedTuple):
    """A part of the world. region: a US state, else empty. zones: only these, where there are any."""

    country: str
    region: str = ""
    zones: tuple[str, ...] = ()

    def holds(self, country: str, region: str, zone: str) -> bool:
        """Say whether a city there is in this area."""
        fits = self.region in ("", region) and (not self.zones or zone in self.zones)
        return country == self.country and fits


def called(folded: str) -> str:
    """Return what a short name is short for, else the name itself."""
    return str(_names()["called"].get(folded, folded))


def areas_called(folded: str) -> list[Area]:
    """Return the countries, states and provinces of that name, or the country of that code."""
    names = _names()
    found = [Area(code) for code, name in countries().items() if folded in (name, code.lower())]
    if folded in names["countries"]:
        found.append(Area(names["countries"][folded]))
    if folded in names["states"]:
        found.append(Area("US", names["states"][folded]))
    for country, provinces in names["provinces"].items():
        if folded in provinces:
            found.append(Area(country, zones=tuple(provinces[folded])))
    return found


@cache
def _names() -> Mapping[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
