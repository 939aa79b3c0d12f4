"""Which of several warning signs speaks first."""

from __future__ import annotations

from domain.redflags import Sign, Tier, most_urgent


def sign(name: str, tier: Tier, order: int = 1) -> Sign:
    return Sign(name, 1, tier, order)


def test_the_sign_that_wants_help_soonest_is_the_most_urgent() -> None:
    soon, today = sign("soon", Tier.SOON), sign("today", Tier.TODAY)
    distress, now = sign("distress", Tier.DISTRESS), sign("now", Tier.EMERGENCY)

    assert most_urgent([soon, today, distress, now]) == now
    assert most_urgent([soon, today, distress]) == distress
    assert most_urgent([soon, today]) == today
    assert most_urgent([]) is None


def test_within_a_tier_the_order_of_the_list_decides() -> None:
    later, first = sign("later", Tier.TODAY, 70), sign("first", Tier.TODAY, 60)

    assert most_urgent([later, first]) == first
