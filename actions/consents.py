"""Agreeing and declining, and taking either back: one act, as easy one way as the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions import awaiting, home, joining, left_out, people, usual_reminders
from actions.steps import AskConsent, AskPlace
from actions.work import Here, Work
from content.language import Language
from domain.consent import CURRENT, JOINING, Purpose, is_decided, is_given
from domain.errors import Refused
from domain.snippets import Pace
from storage import consents as store
from storage import snippets, tip_opinions
from storage.people import Known, decisions, untell


@dataclass(frozen=True, slots=True)
class Consents:
    """What a member agreed to. changed: what this tap gave or took back, so that it is explained.

    given: what joining asks for, and of the rest what was ever decided.
    """

    given: Mapping[Purpose, bool] = field(repr=False)
    changed: Purpose | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Says what taking a consent back means, and asks whether to."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Noted:
    """What was decided, in place of the question for it."""

    purpose: Purpose
    given: bool = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consider:
    """The words of a consent that a member may give now."""

    purpose: Purpose


async def decide(work: Work, who: int, purpose: Purpose, version: int, given: bool) -> Here:
    """Record a decision where it is one; a second tap, or one on words long replaced, is none."""
    person = await people.known(work, who)
    if person is None:
        raise Refused("join_first")
    if purpose not in JOINING:
        raise Refused("stale")
    before = (await decisions(work.session, person.id)).get(purpose)
    is_repeated = before == (given, version)
    if version == CURRENT[purpose] and not is_repeated:
        await _record(work, person, purpose, given)
        if person.row.joined_at is not None and is_decided(before, purpose):
            return await _shown(work, person, purpose)
    here = await joining.settle(work, person)
    if not isinstance(here.views[-1], AskPlace):
        return here
    # The question for the place is a message of its own, so this one only loses its buttons.
    noted = Noted(purpose, given)
    return replace(here, views=(noted,) if is_repeated else (*here.views, noted))


async def overview(work: Work, who: int) -> Here:
    """Show what the member agreed to."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    return await _shown(work, person, None)


async def consider(work: Work, who: int, purpose: Purpose) -> Here:
    """Show the words to agree to, or what taking back would mean."""
    person = await people.joined(work, who)
    if await people.agrees(work, person, purpose):
        return await home.here(work, person, Withdraw(purpose))
    return await ask(work, person, purpose)


async def ask(work: Work, person: Known, purpose: Purpose) -> Here:
    """Show the words to agree to; where a former text was answered, with a word on why it is asked again."""
    before = (await decisions(work.session, person.id)).get(purpose)
    if purpose in JOINING and not is_decided(before, purpose):
        return await home.here(work, person, AskConsent(purpose, again=before is not None))
    return await home.here(work, person, Consider(purpose))


async def change(work: Work, who: int, purpose: Purpose, version: int, given: bool) -> Here:
    """Give or withdraw in the settings, and show how it stands now."""
    person = await people.joined(work, who)
    now = (await decisions(work.session, person.id)).get(purpose)
    if version == CURRENT[purpose] and now != (given, version):
        person = await _record(work, person, purpose, given)
    if purpose is Purpose.MARKS and given and await people.agrees(work, person, purpose):
        return await home.here(work, person, left_out.view(work, person))
    return await _shown(work, person, purpose)


def words(language: Language, purpose: Purpose) -> str:
    """Return the text of a consent, exactly as its screen shows it."""
    return "\n\n".join(language(f"consent.{purpose}.{part}") for part in ("title", "text"))


async def _record(work: Work, person: Known, purpose: Purpose, given: bool) -> Known:
    """Keep a decision with what follows from it at once; return the person as they are then."""
    language = people.language_of(work, person)
    shown = (language.tag, words(language, purpose))
    await store.record(work.session, person.id, purpose, shown, work.now, given=given)
    if person.row.joined_at is None:
        return person
    if purpose is Purpose.KEEP and not given:
        await usual_reminders.set_check_in_time(work, person, None)
    if purpose is Purpose.TIPS:
        return await _tips(work, person, given)
    if purpose is Purpose.MARKS and not given:
        return left_out.keep(person, frozenset())
    if purpose is Purpose.FIT and not given:
        await snippets.forget_reasons(work.session, person.id)
    return person


async def _tips(work: Work, person: Known, given: bool) -> Known:
    """Begin with tips, at the pace of before where there is one; or stop, and keep nothing of them."""
    if given:
        before = person.row.tip_pace
        pace = Pace.SOME_DAYS if before is Pace.OFF else before
        await usual_reminders.set_tip_pace(work, person, pace)
        return person
    await usual_reminders.set_tip_pace(work, person, Pace.OFF)
    await snippets.forget(work.session, person.id)
    await tip_opinions.forget(work.session, person)
    return untell(person, "topics")


async def _shown(work: Work, person: Known, changed: Purpose | None) -> Here:
    now = await decisions(work.session, person.id)
    shown = (purpose for purpose in Purpose if purpose in JOINING or purpose in now)
    given = {purpose: is_given(now.get(purpose), purpose) for purpose in shown}
    return await home.here(work, person, Consents(given, changed))
