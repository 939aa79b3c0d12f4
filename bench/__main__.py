"""`make bench`: take every measurement, print the table, stop. Loopback only, under three minutes."""

from __future__ import annotations

import argparse
import asyncio
import sys
from functools import partial

import uvloop

from bench import pace, report, transport, updates
from bench.echo import far_end
from bench.report import Row

AT_MOST = 175.0
"""Seconds, after which the bench gives up."""


async def measure() -> list[Row]:
    """Take all measurements, one after the other. Errors: TimeoutError."""
    rows: list[Row] = []
    async with asyncio.timeout(AT_MOST), far_end() as far:
        for name, comparison in (
            ("messages", partial(transport.compare, far, repeats=3, seconds=1.0, at_once=256)),
            ("updates", partial(updates.compare_rates, far, repeats=3, updates=300)),
            ("kills", partial(updates.compare_kills, far, repeats=3, updates=200, slow=0.03)),
            ("pace", partial(pace.compare, far, repeats=3, messages=200)),
        ):
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            rows += await comparison()
    return rows


def main() -> int:
    """Print the table; with --write, put it into docs/bench.md as well."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="also into docs/bench.md")
    write = parser.parse_args().write
    machine = report.machine()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        try:
            rows = loop.run(measure())
        except TimeoutError:
            print(f"not done within {AT_MOST:.0f} seconds: no figures", file=sys.stderr)
            return 1
    text = f"{report.table(rows)}\n\n{machine}"
    print(f"{text}\n\nWhat each row means, and what it does not: docs/bench.md")
    if write:
        report.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
