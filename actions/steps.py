"""What joining still has to ask, as views. Which step is open follows from what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions import people
from actions.work import Work
from domain.consent import Purpose
from domain.joining import Age, Facts, JoinStep, next_step
from storage.people import Known, decisions


@dataclass(frozen=True, slots=True)
class Welcome:
    """What this is and is not, and the question for the age. min_age in years."""

    min_age: int


@dataclass(frozen=True, slots=True)
class AskConsent:
    """One thing to agree to or to decline. again: its words have changed since they were asked."""

    purpose: Purpose
    again: bool


@dataclass(frozen=True, slots=True)
class AskPlace:
    """Where the person is, for their time. now_in: their zone, where it is about changing it."""

    now_in: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class AskTime:
    """When to ask of an evening, beside what time it is there at *now*."""

    zone: ZoneInfo
    now: datetime


async def step_of(work: Work, person: Known) -> JoinStep:
    """Return what is open for this person."""
    age = person.profile.get("age")
    return next_step(
        Facts(
            age=Age(age) if age else None,
            decisions=await decisions(work.session, person.id),
            zone=person.row.zone,
            joined=person.row.joined_at is not None,
        )
    )


async def open_step(work: Work, person: Known) -> object | None:
    """Return the view of what is open, or None where nothing is."""
    step = await step_of(work, person)
    match step:
        case JoinStep.AGE:
            return Welcome(work.policy.min_age)
        case JoinStep.KEEP | JoinStep.TIPS:
            again = person.row.joined_at is not None
            return AskConsent(Purpose(step.value), again)
        case JoinStep.PLACE:
            return AskPlace()
        case JoinStep.REMINDER:
            return AskTime(people.zone_of(person), work.now)
        case _:
            return None
