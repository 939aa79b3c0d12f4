"""A year of tips: nobody reads one twice before all were shown, and nobody gets what is not for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from content.library import Library
from domain import tip_choice
from domain.snippets import Snippet, allowed
from domain.tip_choice import Chosen, Shown, Wishes, choose
from tests.domain import tip_lives
from tests.domain.tip_counts import WRONG, count
from tests.domain.tip_lives import Life


@pytest.fixture(scope="module")
def ours() -> Library:
    return Library.load()


def lived(number: int, library: Library) -> Counter[str]:
    """Return the counts of so many people."""
    whole: Counter[str] = Counter()
    for seed in range(number):
        whole.update(count(Life(Random(seed), library).year(), library))
    return whole


def test_in_a_year_nothing_comes_twice_too_near_or_to_the_wrong_person(ours: Library) -> None:
    check(lived(100, ours))


@pytest.mark.drill
def test_in_a_year_of_a_thousand_nothing_comes_twice_too_near_or_to_the_wrong_person(
    ours: Library,
) -> None:
    found = lived(1000, ours)
    print(dict(found))
    check(found)


def check(found: Counter[str]) -> None:
    assert found["tips"] > 5000
    assert found["rounds"] > 50
    assert found["that fitted"] > 500
    assert found["opened by themselves"] > 500
    assert found["cautions"] > 50
    assert {what: found[what] for what in WRONG if found[what]} == {}


Marks = Mapping[str, frozenset[str]]
Rule = Callable[[Iterable[Snippet], Sequence[Shown], Mapping[str, Snippet], Wishes], Chosen | None]


def without(mark: str) -> Callable[[Snippet, Marks], bool]:
    return lambda snippet, marks: allowed(snippet, {m: k for m, k in marks.items() if m != mark})


ALLOWED: Mapping[str, tuple[Callable[[Snippet, Marks], bool], str]] = {
    "an eating disorder is overlooked": (without("eating_disorder"), "left out for them"),
    "a pregnancy is overlooked": (without("pregnancy"), "left out for them"),
    "minors get all": (without("under_18"), "left out for them"),
    "cautions never come": (
        lambda snippet, marks: allowed(replace(snippet, caution_for=frozenset()), marks),
        "repeats before all were shown",
    ),
}
CHOSEN: Mapping[str, tuple[Rule, str]] = {
    "what fits comes twice running": (
        lambda may, shown, known, wishes: choose(
            may, [show._replace(fitted=False) for show in shown], known, wishes
        ),
        "fitted twice running",
    ),
    "what was logged leads to a supplement": (
        lambda may, shown, known, wishes: choose(
            [replace(snippet, supplement=False) for snippet in may], shown, known, wishes
        ),
        "fitted a supplement",
    ),
    "what was not for me comes": (
        lambda may, shown, known, wishes: choose(may, shown, known, replace(wishes, declined=())),
        "not wanted",
    ),
    "what was shown long ago is forgotten": (
        lambda may, shown, known, wishes: choose(may, shown[-20:], known, wishes),
        "repeats before all were shown",
    ),
    "what was shown of late is forgotten": (
        lambda may, shown, known, wishes: choose(may, shown[:-5], known, wishes),
        "back too soon",
    ),
    "supplements come first": (
        lambda may, shown, known, wishes: choose(
            sorted(may, key=lambda snippet: not snippet.supplement)[: None if shown else 1],
            shown,
            known,
            wishes,
        ),
        "too early, avoidably",
    ),
}
APART = {
    "topics come nearer": ("TOPICS_APART", "too near, avoidably"),
    "supplements come nearer": ("SUPPLEMENTS_APART", "too near, avoidably"),
}


@pytest.mark.parametrize("change", ALLOWED)
def test_who_gets_what_is_left_out_for_them_is_seen(
    ours: Library, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    rule, fault = ALLOWED[change]
    monkeypatch.setattr(tip_lives, "allowed", rule)

    assert is_seen(fault, ours)


@pytest.mark.parametrize("change", CHOSEN)
def test_a_wrong_choice_is_seen(
    ours: Library, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    rule, fault = CHOSEN[change]
    monkeypatch.setattr(tip_lives, "choose", rule)

    assert is_seen(fault, ours)


@pytest.mark.parametrize("change", APART)
def test_what_comes_too_near_is_seen(
    ours: Library, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    setting, fault = APART[change]
    monkeypatch.setattr(tip_choice, setting, 1)

    assert is_seen(fault, ours)


def is_seen(fault: str, library: Library) -> bool:
    """Say whether the counts see a change of the rule, in one of the first sixty people."""
    lives = (count(Life(Random(seed), library).year(), library) for seed in range(60))
    return any(found[fault] for found in lives)
