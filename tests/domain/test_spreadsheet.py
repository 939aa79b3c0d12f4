"""A CSV file that any spreadsheet reads back as it was, and none runs."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from domain import spreadsheet

CELLS = st.lists(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=4),
    min_size=1,
)  # fmt: skip


@given(CELLS)
def test_every_cell_comes_back_and_none_begins_like_a_formula(rows: list[list[str]]) -> None:
    content = spreadsheet.write(rows)

    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [[c.removeprefix("'") for c in row] for row in read] == [
        [c.removeprefix("'") for c in row] for row in rows
    ]
    assert not any(cell.startswith(spreadsheet.FORMULA) for row in read for cell in row)


def test_lines_end_as_rfc_4180_has_it_behind_a_byte_order_mark() -> None:
    assert spreadsheet.write([["a", "b"], ['1"2', "x,y"]]) == (
        b'\xef\xbb\xbfa,b\r\n"1""2","x,y"\r\n'
    )
