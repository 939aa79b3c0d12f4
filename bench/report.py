"""What was measured, as a plain table: medians with the least and the most, and ratios.

Each ratio is of two measurements that followed one another in the same run; figures of different
runs are never put side by side.
"""

from __future__ import annotations

import asyncio
import os
import platform
import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

PAGE = Path(__file__).parent.parent / "docs" / "bench.md"

LIBRARIES = ("python-telegram-bot", "aiohttp", "httpx", "aiolimiter", "uvloop", "SQLAlchemy")

Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: *ours* and *theirs* in the order in which they were measured, in pairs.

    counts: the figures are counts, where nought is the best there is and a ratio would say nothing.
    """

    what: str
    peer: str
    ours: Sequence[float]
    theirs: Sequence[float]
    counts: bool = False

    @property
    def ratios(self) -> list[float]:
        """Ours to theirs, a ratio for each pair."""
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    def cells(self) -> tuple[str, ...]:
        """Return the row's cells, as HEAD names them."""
        ratio = "–" if self.counts else spread(self.ratios)
        return self.what, self.peer, spread(self.ours), spread(self.theirs), ratio


HEAD = ("what", "compared with", "ours", "theirs", "ours ÷ theirs")


async def interleaved(repeats: int, *measures: Measure) -> list[list[float]]:
    """Take each measure in turn, *repeats* times over: A B A B …; return each one's figures."""
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(repeats):
        for measure, figures in zip(measures, taken, strict=True):
            figures.append(await measure())
            await asyncio.sleep(0)
    return taken


def spread(figures: Sequence[float]) -> str:
    """Return the median, and the least and the most."""
    middle, least, most = (_short(f) for f in (median(figures), min(figures), max(figures)))
    return f"{middle} ({least}–{most})"


def table(rows: Sequence[Row]) -> str:
    """Return a table that reads as plain text and as Markdown."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEAD))]
    lines = [" | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in cells]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def machine() -> str:
    """Return what the figures were taken on."""
    load = os.getloadavg()[0]
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"load {load:.1f} at the start; Python {platform.python_version()}, {libraries}, "
        f"SQLite {sqlite3.sqlite_version}."
    )


def write(text: str, page: Path = PAGE) -> None:
    """Put *text* between the marks of *page*, in place of the last run's. Errors: ValueError."""
    before = page.read_text()
    fresh = f"<!-- measured -->\n\n{text}\n\n<!-- /measured -->"
    after, found = re.subn(
        r"<!-- measured -->.*<!-- /measured -->", lambda _: fresh, before, flags=re.DOTALL
    )
    if found != 1:
        raise ValueError(f"{page.name} has no place for the figures")
    page.write_text(after)


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:.2g}"
