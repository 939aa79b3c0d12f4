"""Which tips a person may get: marks only ever take away, and a caution reaches whom it is for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.snippets import MINORS_LEAVE_OUT, UNDER_18, Snippet, allowed

SUPPLEMENT, DIET = frozenset({"supplement"}), frozenset({"diet_elimination"})
KEYS = ("supplement", "diet_elimination", "mental_health", "special_populations")
MARKS = ("pregnancy", "kidney", "eating_disorder", UNDER_18)


def snippet(*disclaimers: str, caution_for: frozenset[str] = frozenset()) -> Snippet:
    keys = ("general", *disclaimers)
    is_supplement = "supplement" in disclaimers
    return Snippet("x", 1, "stress", "one", ("T1",), (), "none", keys, is_supplement, caution_for)


some_keys = st.frozensets(st.sampled_from(KEYS))
some_marks = st.dictionaries(st.sampled_from(MARKS), some_keys)
snippets = st.builds(
    lambda keys, cautions: snippet(*sorted(keys), caution_for=cautions),
    some_keys,
    st.frozensets(st.sampled_from(MARKS)),
)


@given(snippets, some_marks, some_marks)
def test_one_more_mark_never_adds_a_tip(
    tip: Snippet, marks: dict[str, frozenset[str]], more: dict[str, frozenset[str]]
) -> None:
    if allowed(tip, {**more, **marks}):
        assert allowed(tip, marks)


@given(snippets)
def test_without_a_mark_every_tip_may_come(tip: Snippet) -> None:
    assert allowed(tip, {})


@given(snippets, some_marks)
def test_who_is_not_known_to_be_of_age_gets_no_supplement_but_their_own_caution(
    tip: Snippet, marks: dict[str, frozenset[str]]
) -> None:
    minors = {**marks, UNDER_18: MINORS_LEAVE_OUT}

    if tip.supplement and allowed(tip, minors):
        assert UNDER_18 in tip.caution_for


@given(snippets, some_marks)
def test_what_a_mark_leaves_out_comes_only_as_the_caution_for_that_mark(
    tip: Snippet, marks: dict[str, frozenset[str]]
) -> None:
    against = {mark for mark, keys in marks.items() if keys & set(tip.disclaimers)}

    assert allowed(tip, marks) is (against <= tip.caution_for)


def test_a_mark_leaves_out_what_carries_its_disclaimer_and_nothing_else() -> None:
    marks = {"pregnancy": SUPPLEMENT}

    assert not allowed(snippet("supplement"), marks)
    assert allowed(snippet("diet_elimination"), marks)


def test_a_mark_leaves_out_a_topic_but_what_on_it_is_its_own_caution() -> None:
    on_stress = {"eating_disorder": frozenset({"stress"})}

    assert not allowed(snippet(), on_stress)
    assert allowed(snippet(caution_for=frozenset({"eating_disorder"})), on_stress)
    assert allowed(snippet(), {"eating_disorder": frozenset({"sleep"})})


def test_a_caution_for_one_mark_does_not_pass_another() -> None:
    caution = snippet("supplement", "diet_elimination", caution_for=frozenset({"pregnancy"}))

    assert allowed(caution, {"pregnancy": SUPPLEMENT})
    assert not allowed(caution, {"pregnancy": SUPPLEMENT, "eating_disorder": DIET})
