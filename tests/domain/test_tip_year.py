"""A year of tips: nobody reads one twice before all were shown, and nobody gets what is not for them."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from content.library import Library
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
    assert {what: found[what] for what in WRONG if found[what]} == {}
