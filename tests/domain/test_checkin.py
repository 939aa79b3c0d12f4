"""What is asked, what counts, and what a calm day sets. Unknown is never zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checkin import (
    Answer,
    Condition,
    Question,
    Shape,
    Source,
    asked,
    calm_answers,
    counted,
    follow_up,
    in_order,
    is_left_open,
    next_question,
    own_question,
    question_before,
    replaces,
    told_elsewhere,
)
from domain.entries import day_value


def question(
    name: str, order: int, shape: Shape = Shape.SCALE, *, calm: str | None = None, **more: object
) -> Question:
    only_if = more.get("only_if")
    assert only_if is None or isinstance(only_if, Condition)
    options = ("no", "seen") if shape is Shape.WARNING else ("0", "1", "2")
    return Question(name, 1, shape, options, True, order, 3, only_if, calm)


PAIN = question("pain", 10, calm="0")
COUNT = question("count", 20)
FORM = question("form", 30, only_if=Condition("count", frozenset({"0"})))
COLOUR = question("colour", 40, only_if=Condition("form", frozenset({"0"})))
WARNING = question("warning", 900, Shape.WARNING)
LINE = [PAIN, COUNT, FORM, COLOUR, WARNING]


def said(**codes: str | None) -> dict[str, Answer]:
    return {name: Answer(code, Source.TAPPED) for name, code in codes.items()}


def test_the_first_question_without_an_answer_comes_next() -> None:
    assert next_question(LINE, said(pain="1")) == COUNT


def test_a_skipped_question_is_not_asked_again() -> None:
    assert next_question(LINE, said(pain=None)) == COUNT


def test_a_question_that_hangs_on_another_is_asked_unless_the_answer_rules_it_out() -> None:
    assert next_question(LINE, said(pain="1", count="0")) == COLOUR
    assert next_question(LINE, said(pain="1", count="2")) == FORM


def test_where_the_other_was_skipped_nothing_is_known_so_it_is_asked() -> None:
    assert FORM in asked(LINE, said(count=None))


def test_an_answer_whose_question_fell_away_is_ignored_and_holds_again_when_put_right() -> None:
    answers = said(pain="1", count="0", form="2")

    assert counted(LINE, answers) == said(pain="1", count="0")
    assert counted(LINE, {**answers, **said(count="1")}) == said(pain="1", count="1", form="2")


def test_an_ignored_answer_rules_nothing_else_out() -> None:
    answers = said(count="0", form="0")

    assert COLOUR in asked(LINE, answers)
    assert COLOUR not in asked(LINE, said(count="1", form="0"))


def test_an_answer_to_a_question_that_is_not_there_any_more_holds() -> None:
    assert counted(LINE, said(old="1")) == said(old="1")


def test_putting_an_answer_right_asks_what_newly_hangs_on_it_and_nothing_else() -> None:
    assert follow_up(LINE, said(pain="1", count="1", warning="no"), "count") == FORM
    assert follow_up(LINE, said(pain="1", count="1", warning="no"), "pain") is None
    assert follow_up(LINE, said(pain="1", count="0", warning="no"), "count") is None


def test_back_goes_over_what_fell_away() -> None:
    answers = said(pain="1", count="0")

    assert question_before(LINE, answers, "colour") == COUNT
    assert question_before(LINE, answers, "pain") is None
    assert question_before(LINE, answers, None) == WARNING


def test_a_calm_day_sets_its_presets_leaves_the_rest_open_and_still_asks_the_warning_list() -> None:
    answers = calm_answers(LINE, {})

    assert answers["pain"] == Answer("0", Source.PRESET)
    assert answers["count"] == Answer(None, Source.PRESET)
    assert is_left_open(answers["count"])
    assert next_question(LINE, answers) == WARNING


def test_a_calm_day_changes_no_answer_that_is_there() -> None:
    assert "pain" not in calm_answers(LINE, said(pain="2"))


def test_a_skip_is_not_left_open() -> None:
    assert not is_left_open(Answer(None, Source.TAPPED))


@pytest.mark.parametrize(
    ("new", "old", "changes"),
    [
        (Answer("1", Source.TAPPED), None, True),
        (Answer("1", Source.TAPPED), Answer("1", Source.TAPPED), False),
        (Answer("1", Source.LATE), Answer("1", Source.TAPPED), False),
        (Answer("2", Source.LATE), Answer("1", Source.TAPPED), True),
        (Answer("0", Source.TAPPED), Answer("0", Source.PRESET), True),
        (Answer(None, Source.TAPPED), Answer(None, Source.PRESET), True),
        (Answer("0", Source.PRESET), Answer("0", Source.PRESET), False),
    ],
)
def test_only_a_new_word_replaces_an_answer(new: Answer, old: Answer | None, changes: bool) -> None:
    assert replaces(new, old) is changes


def test_own_items_come_after_ours_and_before_the_warning_list() -> None:
    line = in_order([WARNING, own_question(2), own_question(1), COUNT, PAIN])

    assert [q.id for q in line] == ["pain", "count", "own1", "own2", "warning"]


CODES = st.sampled_from([None, "0", "1", "2"])


@given(st.dictionaries(st.sampled_from([q.id for q in LINE]), CODES))
def test_whatever_is_answered_first_to_last_ends_with_every_asked_question_answered(
    start: dict[str, str | None],
) -> None:
    answers = said(**start)
    for _ in LINE:
        following = next_question(LINE, answers)
        if following is not None:
            answers[following.id] = Answer("0", Source.TAPPED)

    assert next_question(LINE, answers) is None
    assert {q.id for q in asked(LINE, answers)} <= counted(LINE, answers).keys()


def test_a_days_value_is_the_check_ins_answer_else_the_worst_log() -> None:
    best_last = Question("mood", 1, Shape.CHOICE, ("low", "good"), True, 1, 1, worst_first=True)

    assert day_value(PAIN, "1", ["2"]) == "1"
    assert day_value(PAIN, None, ["0", "2", "1", "gone"]) == "2"
    assert day_value(best_last, None, ["good", "low"]) == "low"
    assert day_value(PAIN, None, []) is None


def test_what_another_check_in_of_the_day_was_told_need_not_be_asked_a_skip_too() -> None:
    assert told_elsewhere({}, [said(pain="1", count=None)]) == said(pain="1", count=None)


def test_what_a_calm_day_left_open_may_be_asked_elsewhere() -> None:
    left = {"pain": Answer(None, Source.PRESET)}

    assert told_elsewhere({}, [left]) == {}
    assert told_elsewhere(left, [said(pain="1")]) == said(pain="1")


def test_an_answer_of_its_own_stays_with_a_check_in() -> None:
    assert told_elsewhere(said(pain="2"), [said(pain="1")]) == {}


def test_of_two_others_the_first_counts() -> None:
    assert told_elsewhere({}, [said(pain="2"), said(pain="1")]) == said(pain="2")
