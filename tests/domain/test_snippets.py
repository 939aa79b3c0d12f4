"""Which tip comes next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.snippets import Snippet, choose_next

topics = st.lists(st.sampled_from(["sleep", "stress", "food"]), min_size=1, max_size=12)
START = datetime(2025, 3, 3, tzinfo=UTC)


def library(named: list[str]) -> list[Snippet]:
    return [
        Snippet(f"tip{n}", 1, topic, "s", ("P1",), (), "none", ("general",), False)
        for n, topic in enumerate(named)
    ]


def read(snippets: list[Snippet], count: int) -> list[Snippet]:
    """What a person reads in turn."""
    seen: dict[str, datetime] = {}
    line: list[Snippet] = []
    for n in range(count):
        recent = list(dict.fromkeys(s.topic for s in reversed(line)))
        chosen = choose_next(snippets, seen, recent)
        assert chosen is not None
        seen[chosen.id] = START + timedelta(days=n)
        line.append(chosen)
    return line


@given(topics)
def test_none_is_repeated_before_all_were_seen(named: list[str]) -> None:
    ids = [snippet.id for snippet in read(library(named), len(named))]

    assert len(set(ids)) == len(named)


@given(topics)
def test_the_second_round_has_the_order_of_the_first(named: list[str]) -> None:
    line = read(library(named), 2 * len(named))

    assert line[: len(named)] == line[len(named) :]


@given(topics)
def test_a_topic_comes_twice_in_a_row_only_where_no_other_is_left(named: list[str]) -> None:
    line = read(library(named), len(named))

    for n in range(1, len(line)):
        left = {snippet.topic for snippet in line[n:]}
        assert line[n].topic != line[n - 1].topic or left == {line[n].topic}


def test_an_empty_library_has_no_next() -> None:
    assert choose_next([], {}, []) is None
