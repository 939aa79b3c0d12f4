"""A table as a CSV file that spreadsheets open well and can do no harm with.

RFC 4180 in UTF-8 with a byte order mark. A cell that a spreadsheet would take for a formula gets a
leading apostrophe; there are no negative numbers here that this could spoil.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""How a cell begins that a spreadsheet may run."""


def write(rows: Iterable[Sequence[str]]) -> bytes:
    """Return *rows*, the head first, as a file."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([safe(c) for c in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def safe(cell: str) -> str:
    """Return *cell* so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
