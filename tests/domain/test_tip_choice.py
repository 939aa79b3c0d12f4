"""Which tip comes next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.snippets import Snippet
from domain.tip_choice import Shown, Wishes, choose, longest_unseen

NONE = Wishes()
topics = st.lists(st.sampled_from(["sleep", "stress", "food"]), min_size=1, max_size=12)


def tip(name: str, topic: str, supplement: bool = False) -> Snippet:
    return Snippet(name, 1, topic, "s", ("P1",), (), "none", ("general",), supplement)


def library(named: Sequence[str]) -> list[Snippet]:
    return [tip(f"tip{n:02}", topic, topic == "powder") for n, topic in enumerate(named)]


def read(
    snippets: Sequence[Snippet],
    count: int,
    wishes: Wishes = NONE,
    before: Sequence[Shown] = (),
) -> list[Snippet]:
    """What comes to a person in turn."""
    shown, line = list(before), []
    known = {snippet.id: snippet for snippet in snippets}
    for _ in range(count):
        chosen = choose(snippets, shown, known, wishes)
        assert chosen is not None
        shown.append(Shown(chosen.snippet.id, fitted=chosen.fits is not None))
        line.append(chosen.snippet)
    return line


@given(topics)
def test_each_round_holds_every_tip_once(named: list[str]) -> None:
    line = [snippet.id for snippet in read(library(named), 3 * len(named))]

    rounds = [line[n : n + len(named)] for n in range(0, len(line), len(named))]
    assert all(len(set(one)) == len(named) for one in rounds)


@given(topics)
def test_none_comes_again_before_half_of_the_others(named: list[str]) -> None:
    line = [snippet.id for snippet in read(library(named), 3 * len(named))]

    for n, name in enumerate(line):
        assert name not in line[max(0, n - len(named) // 2) : n]


@given(topics)
def test_a_topic_of_the_last_two_waits_while_others_are_left(named: list[str]) -> None:
    line = [snippet.topic for snippet in read(library(named), len(named))]

    for n, topic in enumerate(line):
        near = set(line[max(0, n - 2) : n])
        assert topic not in near or set(line[n:]) <= near


def test_the_end_of_a_round_is_not_all_of_one_topic() -> None:
    line = read(library(["sleep"] * 6 + ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]), 16)

    assert all(first.topic != second.topic for first, second in pairwise(line))


def test_a_newcomer_reads_of_habits_first_and_of_supplements_now_and_then() -> None:
    line = read(library(["powder"] * 4 + ["a", "b", "c", "d"] * 3), 16)

    places = [n for n, snippet in enumerate(line) if snippet.supplement]
    assert places[0] >= 3
    assert all(after - before > 3 for before, after in pairwise(places))


def test_what_fits_comes_first_but_not_twice_running() -> None:
    ours = library(["sleep", "sleep", "a", "b", "c", "d", "e", "f"])
    known = {snippet.id: snippet for snippet in ours}
    wishes = Wishes(fits={"e": "mood", "f": "mood", "powder": "pain"})

    first = choose(ours, [], known, wishes)
    assert first is not None
    assert (first.snippet.id, first.fits) == ("tip06", "mood")
    for read_since in ([], [Shown("tip02", asked=True)]):
        second = choose(ours, [Shown("tip06", fitted=True), *read_since], known, wishes)
        assert second is not None
        assert (second.snippet.topic, second.fits) == ("sleep", None)


def test_what_fits_waits_for_half_of_the_others_too() -> None:
    ours = library(["a", "b", "c", "d", "e", "f", "g", "h"])
    line = read(ours, 8)
    shown = [Shown(snippet.id) for snippet in line]

    (too_soon,) = read(ours, 1, Wishes(fits={line[4].topic: "mood"}), before=shown)
    (soon,) = read(ours, 1, Wishes(fits={line[3].topic: "mood"}), before=shown)

    assert too_soon != line[4]
    assert soon == line[3]


def test_what_was_read_once_more_ends_no_round() -> None:
    ours = library(["a", "b", "c", "d", "e", "f"])
    shown = [Shown("tip00"), Shown("tip01"), Shown("tip02"), Shown("tip03")]

    line = read(ours, 2, Wishes(fits={"b": "mood"}), before=[*shown, Shown("tip00", asked=True)])

    assert {snippet.id for snippet in line} == {"tip04", "tip05"}


def test_what_would_have_come_anyway_is_not_said_to_come_of_what_was_logged() -> None:
    ours = library(["sleep", "sleep", "a", "b"])
    known = {snippet.id: snippet for snippet in ours}
    in_turn = choose(ours, [], known)

    chosen = choose(ours, [], known, Wishes(fits={"sleep": "hours"}))

    assert chosen == in_turn
    assert chosen is not None
    assert chosen.snippet.topic == "sleep"


def came(named: Sequence[str]) -> list[Shown]:
    """Tips of these topics that came before, and are in the library no more."""
    return [Shown(f"old{n}_{topic}") for n, topic in enumerate(named)]


def following(ours: Sequence[Snippet], before: Sequence[str], wishes: Wishes = NONE) -> str:
    """The topic of what comes to somebody who got tips of the topics *before*."""
    shown = came(before)
    old = [tip(show.snippet_id, t, t == "powder") for show, t in zip(shown, before, strict=True)]
    chosen = choose(ours, shown, {snippet.id: snippet for snippet in [*ours, *old]}, wishes)
    assert chosen is not None
    return chosen.snippet.topic


READ = ["w", "x", "y", "z"]


@pytest.mark.parametrize("kind", ["supplement", "topic"])
def test_nothing_that_was_logged_leads_to_a_supplement_nor_to_what_was_not_for_me(
    kind: str,
) -> None:
    """Also where the topic has other tips, and a supplement would not come too early."""
    ours = [*library(["a", "b", "c", "d", "e"]), tip("z", "night", kind == "supplement")]
    lowered = frozenset({"night"} if kind == "topic" else ())

    fits = Wishes(lowered=lowered, fits={"night": "sleep"})

    assert following(ours, READ, fits) == following(ours, READ, Wishes(lowered=lowered)) == "a"
    assert following(library(["a", "b", "night"]), READ, fits) == ("a" if lowered else "night")


NEAR = [
    (["x", "x", "sleep", "stress"], ["sleep", "stress"], "sleep"),
    (["x", "powder", "y", "sleep"], ["powder", "sleep"], "powder"),
    (["x", "powder", "sleep", "y"], ["powder", "sleep"], "sleep"),
    (["sleep", "x"], ["powder", "sleep"], "powder"),
    (["x", "sleep"], ["a", "powder"], "a"),
]


@pytest.mark.parametrize(("before", "left", "comes"), NEAR)
def test_where_all_that_is_left_comes_too_near_the_least_near_comes(
    before: list[str], left: list[str], comes: str
) -> None:
    """A topic at once after itself is worst, then a supplement soon after another, then a topic after
    one other tip; best of these is a supplement that comes early."""
    for line in (left, left[::-1]):
        assert following(library(line), before) == comes


def test_the_topic_with_most_left_comes_first_and_in_it_what_was_not_seen_for_the_longest() -> None:
    assert following(library(["a", "b", "b", "c"]), READ) == "b"
    ours = library(["a"] * 4)
    seen = ["tip02", "tip00", "tip03", "tip01"]

    line = read(ours, 4, before=[Shown(name) for name in seen])

    assert [snippet.id for snippet in line] == seen


def test_a_topic_that_was_not_for_me_comes_later_but_not_all_at_the_end() -> None:
    ours = library(["sleep", "a", "b", "c", "d", "e", "f", "g"])
    assert read(ours, 8, Wishes(lowered={"sleep"}))[-1].topic == "sleep"
    many = library(["sleep"] * 6 + ["a", "b", "c", "d"] * 4)

    line = [snippet.topic for snippet in read(many, 22, Wishes(lowered={"sleep"}))]

    assert "sleep" not in line[:6]
    assert line[-6:].count("sleep") < 5


def test_supplements_come_in_time_not_all_at_the_end() -> None:
    ours = library(["a"] * 4 + ["b"] * 4 + ["c"] * 4)
    ours += [tip(f"powder{n}", f"powder{n}", supplement=True) for n in range(4)]

    places = [n for n, snippet in enumerate(read(ours, 16)) if snippet.supplement]

    assert all(after - before > 3 for before, after in pairwise(places))


def test_a_tip_that_was_not_for_me_comes_only_where_nothing_else_is_left() -> None:
    ours = library(["a", "b"])

    assert {s.id for s in read(ours, 4, Wishes(declined={"tip00"}))} == {"tip01"}
    assert {s.id for s in read(ours, 2, Wishes(declined={"tip00", "tip01"}))} == {"tip00", "tip01"}


def test_what_is_new_comes_into_the_round_that_runs() -> None:
    old = library(["a", "b", "c", "d", "e", "f"])
    new = tip("new", "g")
    shown = [Shown(snippet.id) for snippet in read(old, 8)]

    line = read([*old, new], 5, before=shown)

    assert line[0] == new
    assert len({snippet.id for snippet in line} | {show.snippet_id for show in shown[6:]}) == 7


def test_fewer_tips_bring_none_back_at_once() -> None:
    ours = library(["a", "b", "c", "d", "e", "f"])
    line = read(ours, 6)
    fewer = sorted(line[2:], key=lambda snippet: snippet.id)

    following = read(fewer, 1, before=[Shown(snippet.id) for snippet in line])

    assert following[0] not in line[-2:]


def test_what_was_opened_by_oneself_counts_as_shown() -> None:
    ours = library(["a", "b", "c"])

    line = read(ours, 2, before=[Shown("tip00", asked=True)])

    assert [snippet.id for snippet in line] == ["tip01", "tip02"]


def test_an_empty_library_has_no_next() -> None:
    assert choose([], [], {}) is None
    assert longest_unseen([], []) is None
