"""The warning list: a person selects a sign, and the fixed text of its tier follows. Nothing more.

No score, no likelihood, no name of an illness. The list is for everybody, strangers too; it is kept
only for who agreed to that. On such a day there is no tip, no praise and no streak.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from actions import cards, checkins, people
from actions.work import Here, Work
from domain.checkin import Question, Shape
from domain.day import day_of
from domain.errors import Refused
from domain.redflags import Sign, Tier
from storage import warnings as store
from storage.people import Known


@dataclass(frozen=True, slots=True)
class SignList:
    """The signs by tier, in order. chosen: already selected for that day.

    check_in_id: the check-in that asked, by question_id, or None where the list was opened by itself;
    then kept says whether a selection would be kept.
    """

    signs: tuple[Sign, ...]
    check_in_id: int | None
    question_id: str
    kept: bool
    chosen: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RedFlag:
    """The fixed text of a tier, in a message of its own that stays."""

    tier: Tier
    sign_id: str = field(repr=False)


async def quiet_day(work: Work, person: Known, day: date) -> bool:
    """Say whether *day* gets no tip, praise or streak: a sign was selected about it, or on it."""
    week = timedelta(days=7)
    return any(
        chosen.day == day
        or day_of(chosen.at, people.zone_of(person), person.row.day_starts_at) == day
        for chosen in await store.between(work.session, person, day - week, day)
    )


async def just_chosen(work: Work, person: Known) -> RedFlag | None:
    """Return the text of the sign that was selected a moment ago, if one was.

    After a restart nobody knows whether it was shown, and it is the one text that must not be lost.
    """
    sign_id = await store.latest_since(work.session, person, work.now - checkins.JUST_NOW)
    sign = work.library.signs.get(sign_id) if sign_id else None
    return RedFlag(sign.tier, sign.id) if sign else None


async def in_check_in(work: Work, who: int, check_in_id: int) -> Here:
    """Show the list that the check-in's question is about."""
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    chosen = await _chosen(work, person, sheet.row.day)
    signs, question = tuple(work.library.signs.values()), _question(sheet)
    view = SignList(signs, check_in_id, question.id, True, chosen)
    return Here(people.language_of(work, person), (view,))


async def choose_in_check_in(work: Work, who: int, check_in_id: int, sign_id: str) -> Here:
    """Keep the sign, answer the question with "seen", show the fixed text and go on."""
    sign = _sign(work, sign_id)
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    await store.add_once(work.session, person, sheet.row.day, work.now, sign_id)
    following = await checkins.store_answer(work, person, sheet, _question(sheet), "seen")
    flag = RedFlag(sign.tier, sign_id)
    return Here(people.language_of(work, person), (flag, following))


async def look(work: Work, who: int, language_code: str | None) -> Here:
    """Show the list to anybody, at any time."""
    person = await people.known(work, who)
    keeps = person is not None and await _can_keep(work, person)
    chosen: frozenset[str] = frozenset()
    if person is not None and keeps:
        chosen = await _chosen(work, person, people.today_of(work, person))
    view = SignList(tuple(work.library.signs.values()), None, "", keeps, chosen)
    return Here(await people.language_for(work, who, language_code), (view,))


async def choose(work: Work, who: int, sign_id: str, language_code: str | None) -> Here:
    """Show the fixed text; keep that it was selected today only for who agreed to that."""
    sign = _sign(work, sign_id)
    person = await people.known(work, who)
    if person is not None and await _can_keep(work, person):
        today = people.today_of(work, person)
        await store.add_once(work.session, person, today, work.now, sign_id)
    language = await people.language_for(work, who, language_code)
    return Here(language, (RedFlag(sign.tier, sign_id),))


async def _can_keep(work: Work, person: Known) -> bool:
    return person.row.joined_at is not None and await people.keeps(work, person)


async def _chosen(work: Work, person: Known, day: date) -> frozenset[str]:
    return frozenset(c.sign_id for c in await store.between(work.session, person, day, day))


def _question(sheet: cards.Sheet) -> Question:
    """Return the question of the warning list, which every check-in asks."""
    return next(question for question in sheet.questions if question.shape is Shape.WARNING)


def _sign(work: Work, sign_id: str) -> Sign:
    if sign_id not in work.library.signs:
        raise Refused("stale")
    return work.library.signs[sign_id]
