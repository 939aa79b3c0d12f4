"""The warning list: a person selects a sign, and the fixed text of its tier follows. Nothing more.

No score, no likelihood, no name of an illness. The list is for everybody, strangers too; which sign
it was is kept only for who agreed to that. What was chosen by mistake can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from actions import checkins, helplines, people, quiet, sheets
from actions.helplines import NOWHERE, Help
from actions.work import Here, Work
from domain.checkin import Question, Shape
from domain.errors import Refused
from domain.redflags import Sign, Tier
from storage import warnings as store
from storage.people import Known


class Keeping(StrEnum):
    """What is kept when a sign is chosen: the sign, only that the day is a quiet one, or nothing."""

    SIGN = "sign"
    DAY = "day"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SignList:
    """The signs by tier, in order. chosen: already selected for that day.

    check_in_id: the check-in that asked, or None where the list was opened by itself. kept: what is
    kept of a selection. past: the day that is asked about, where it is over. undo: the sign that was
    chosen last and can be taken back, empty where only the day is kept, None for nothing.
    help: whom the person can call, where the list was opened by itself. anew: in a message of its own.
    taken_back: that has just been done. days: how many the check-in looks back on. stays: "none" takes
    nothing back.
    """

    signs: tuple[Sign, ...]
    check_in_id: int | None
    kept: Keeping
    chosen: frozenset[str] = field(repr=False)
    past: date | None = None
    undo: str | None = field(default=None, repr=False)
    taken_back: bool = False
    days: int = 1
    stays: bool = False
    help: Help = NOWHERE
    anew: bool = False


@dataclass(frozen=True, slots=True)
class RedFlag:
    """The fixed text of a tier, in a message of its own that stays. help: whom the person can call."""

    tier: Tier = field(repr=False)
    sign_id: str = field(repr=False)
    help: Help = NOWHERE


async def just_chosen(work: Work, person: Known) -> RedFlag | None:
    """Return the text of the sign that was selected a moment ago, if one was.

    After a restart nobody knows whether it was shown, and it is the one text that must not be lost.
    """
    sign_id = await store.latest_since(work.session, person, work.now - checkins.JUST_NOW)
    sign = work.library.signs.get(sign_id) if sign_id else None
    return RedFlag(sign.tier, sign.id, helplines.of(work, person)) if sign else None


async def in_check_in(work: Work, who: int, check_in_id: int) -> Here:
    """Show the list that the check-in's question is about."""
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    chosen = await _chosen(work, person, sheet.row.day)
    day, today = sheet.row.day, people.today_of(work, person)
    past = day if day < today else None
    signs = tuple(work.library.signs.values())
    view = SignList(
        signs,
        check_in_id,
        Keeping.SIGN,
        chosen,
        past,
        days=sheet.days,
        stays=sheet.signs_stay,
    )
    return Here(people.language_of(work, person), (view,))


async def choose_in_check_in(work: Work, who: int, check_in_id: int, sign_id: str) -> Here:
    """Keep the sign, answer the question with "seen", show the fixed text and go on."""
    sign = _sign(work, sign_id)
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    await store.add_once(work.session, person, sheet.row.day, work.now, sign_id)
    following = await checkins.store_answer(work, person, sheet, _question(sheet), "seen")
    flag = RedFlag(sign.tier, sign_id, helplines.of(work, person))
    return Here(people.language_of(work, person), (flag, following))


async def none_in_check_in(work: Work, who: int, check_in_id: int) -> Here:
    """Answer the question with "no", take back all that was chosen about that day, and go on.

    Nothing is taken back where another check-in of the day found it, or the question is of a week.
    """
    person, sheet = await checkins.open_sheet(work, who, check_in_id)
    if not sheet.signs_stay:
        await store.take_back(work.session, person, sheet.row.day)
        quiet.forget_sign(person, sheet.row.day)
    following = await checkins.store_answer(work, person, sheet, _question(sheet), "no")
    return Here(people.language_of(work, person), (following,))


async def look(work: Work, who: int, language_code: str | None) -> Here:
    """Show the list to anybody, at any time."""
    person = await _member(work, who)
    language = await people.language_for(work, who, language_code)
    return Here(language, (await _list(work, person),))


async def look_from_help(work: Work, who: int, language_code: str | None) -> Here:
    """Show the list in a message of its own: the one that shows help stays."""
    person = await _member(work, who)
    language = await people.language_for(work, who, language_code)
    return Here(language, (replace(await _list(work, person), anew=True),))


async def choose(work: Work, who: int, sign_id: str, language_code: str | None) -> Here:
    """Show the fixed text; keep that it was selected today only for who agreed to that.

    Of any other member only the day is kept, so that it is a quiet one for them too.
    """
    sign = _sign(work, sign_id)
    person = await _member(work, who)
    views: list[object] = [RedFlag(sign.tier, sign_id, helplines.of(work, person))]
    if person is not None:
        if await people.keeps(work, person):
            today = people.today_of(work, person)
            await store.add_once(work.session, person, today, work.now, sign_id)
        else:
            person = quiet.keep_sign(work, person)
        views.append(await _list(work, person, latest=sign_id))
    return Here(await people.language_for(work, who, language_code), tuple(views))


async def take_back(work: Work, who: int, sign_id: str, language_code: str | None) -> Here:
    """Take back that this sign was chosen today; a second tap changes nothing.

    sign_id: empty where only the day is kept. With the last sign of the day goes the check-in's
    answer that there was one: it is unknown again.
    """
    person = await _member(work, who)
    if person is not None:
        today = people.today_of(work, person)
        person = quiet.forget_sign(person)
        removed = await store.take_one_back(work.session, person, today, sign_id)
        if removed and not await _chosen(work, person, today):
            await checkins.forget_seen(work, person, today)
    language = await people.language_for(work, who, language_code)
    return Here(language, (await _list(work, person, taken_back=True),))


async def _member(work: Work, who: int) -> Known | None:
    """Return who it is, if they have joined."""
    person = await people.known(work, who)
    return person if person is not None and person.row.joined_at is not None else None


async def _list(
    work: Work, person: Known | None, *, latest: str | None = None, taken_back: bool = False
) -> SignList:
    """Return the list that is opened by itself. latest: the sign that was chosen just now."""
    signs = tuple(work.library.signs.values())
    if person is None:
        return SignList(signs, None, Keeping.NOTHING, frozenset())
    today = people.today_of(work, person)
    if await people.keeps(work, person):
        said = [c.sign_id for c in await store.between(work.session, person, today, today)]
        last = latest if latest in said else next(reversed(said), None)
        kept, chosen = Keeping.SIGN, frozenset(said)
    else:
        last, kept, chosen = None, Keeping.DAY, frozenset[str]()
    if last is None and quiet.sign_is_kept(work, person):
        last = latest or ""
    return SignList(
        signs,
        None,
        kept,
        chosen,
        undo=last,
        taken_back=taken_back,
        help=helplines.of(work, person),
    )


async def _chosen(work: Work, person: Known, day: date) -> frozenset[str]:
    return frozenset(c.sign_id for c in await store.between(work.session, person, day, day))


def _question(sheet: sheets.Sheet) -> Question:
    """Return the question of the warning list, which every check-in of ours asks. Errors: Refused."""
    for question in sheet.questions:
        if question.shape is Shape.WARNING:
            return question
    raise Refused("stale")


def _sign(work: Work, sign_id: str) -> Sign:
    if sign_id not in work.library.signs:
        raise Refused("stale")
    return work.library.signs[sign_id]
