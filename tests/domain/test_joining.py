"""What joining asks next follows from what is stored, and from nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.consent import CURRENT, Purpose
from domain.joining import Age, Facts, JoinStep, brackets, next_step

YES = {purpose: (True, CURRENT[purpose]) for purpose in Purpose}
ALL = Facts(Age.ADULT, YES, "Europe/Berlin", joined=False)


def decided(keep: bool, tips: bool) -> dict[Purpose, tuple[bool, int]]:
    said = {Purpose.KEEP: keep, Purpose.TIPS: tips}
    return {purpose: (given, CURRENT[purpose]) for purpose, given in said.items()}


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (Facts(None, {}, None, joined=False), JoinStep.AGE),
        (replace(ALL, decisions={}), JoinStep.KEEP),
        (replace(ALL, decisions={Purpose.KEEP: (True, 1)}), JoinStep.TIPS),
        (replace(ALL, zone=None), JoinStep.PLACE),
        (ALL, JoinStep.REMINDER),
        (replace(ALL, joined=True), JoinStep.DONE),
        (replace(ALL, decisions=decided(keep=False, tips=True)), JoinStep.DONE),
        (replace(ALL, decisions=decided(keep=False, tips=False)), JoinStep.DECLINED),
        (replace(ALL, decisions=decided(keep=False, tips=False), joined=True), JoinStep.DONE),
    ],
)
def test_the_first_thing_that_is_missing_is_asked(facts: Facts, step: JoinStep) -> None:
    assert next_step(facts) is step


@pytest.mark.parametrize("given", [True, False])
def test_a_consent_to_other_words_is_asked_again_of_members_too(given: bool) -> None:
    older = {**YES, Purpose.KEEP: (given, CURRENT[Purpose.KEEP] - 1)}

    assert next_step(replace(ALL, decisions=older, joined=True)) is JoinStep.KEEP


def test_a_minimum_of_eighteen_leaves_no_bracket_for_minors() -> None:
    assert [Age.MINOR in brackets(years) for years in (13, 17, 18, 21)] == [
        True,
        True,
        False,
        False,
    ]
