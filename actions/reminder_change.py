"""Living with a reminder: its words, its sound, a rest, and taking it away. Today: actions/reminder_today.

What was sent already stays. Each change holds at once, and the last one can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from actions import awaiting, people, reminder_sheet, reminders
from actions.entries import UNDO_WITHIN
from actions.pause import OFFERED
from actions.people import language_of, today_of
from actions.reminders import Mine, Told
from actions.work import Here, Work
from domain.errors import Refused
from domain.lines import prompts
from domain.pause import LONGEST, OPEN_END
from domain.reminders import MOST_NUDGES, Kind
from domain.wishes import MOST_WORDS
from domain.wording import is_visible, one_line
from storage import deliveries
from storage import reminders as store
from storage.people import Known

PAUSE = "wish_pause"
"""The kind of the prompt for the day on which a reminder comes again."""


@dataclass(frozen=True, slots=True)
class SoundSheet:
    """With a sound or without, how often it is asked again, and whether it is on at all."""

    told: Told


@dataclass(frozen=True, slots=True)
class PauseOne:
    """For how long shall this reminder rest?"""

    told: Told


@dataclass(frozen=True, slots=True)
class PauseOneTyped:
    """From which day on may it come again? example: one that would do."""

    told: Told
    example: date


@dataclass(frozen=True, slots=True)
class TakenAway:
    """A reminder was taken away; it can be had back for a day."""

    told: Told


async def ask_words(work: Work, who: int, reminder_id: int) -> Here:
    """Ask for other words; the next typed message answers. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id, keeps=True)
    if one.reminder.kind is not Kind.OWN:
        raise Refused("stale")
    return _here(work, one, await reminder_sheet.ask_words(work, one))


async def take_words(work: Work, person: Known, subject: str, text: str) -> Here:
    """Let a reminder say what was typed. Errors: Refused; the prompt then stays open."""
    await people.keeping(work, person)
    one = await reminders.found(work, person, int(subject))
    words = words_in(text)
    said = dict(store.words(person, one.reminder))
    if said.get("text") != words:
        reminders.remember(one)
        said.pop("choices", None)
        store.set_words(person, one.reminder, {"medicine": False, **said, "text": words})
    return await reminder_sheet.where(work, one)


def words_in(text: str) -> str:
    """Return what a person wants to be reminded of, on one line. Errors: Refused."""
    words = one_line(text)
    if not is_visible(words):
        raise Refused("words_empty")
    if len(words) > MOST_WORDS:
        raise Refused("words_too_long", most=MOST_WORDS)
    return words


async def sound(work: Work, who: int, reminder_id: int) -> Here:
    """Show how it is sent. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    return _here(work, one, SoundSheet(await reminders.told(work, one)))


async def set_silent(work: Work, who: int, reminder_id: int, silent: bool) -> Here:
    """Send it with a sound, or without. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    if one.reminder.silent is not silent:
        reminders.remember(one)
        one.reminder.silent = silent
    return _here(work, one, SoundSheet(await reminders.told(work, one)))


async def set_nudges(work: Work, who: int, reminder_id: int, nudges: int) -> Here:
    """Ask again up to *nudges* times (0 to 2) where nothing was answered. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    if not 0 <= nudges <= MOST_NUDGES or one.reminder.kind not in reminders.PUT_OFF:
        raise Refused("stale")
    if one.reminder.nudges != nudges:
        reminders.remember(one)
        one.reminder.nudges = nudges
    return _here(work, one, SoundSheet(await reminders.told(work, one)))


async def switch(work: Work, who: int, reminder_id: int, on: bool) -> Here:
    """Switch a saved reminder on or off. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id, keeps=on)
    if one.reminder.kind is Kind.TIP or one.reminder.draft:
        raise Refused("stale")
    if one.reminder.active is not on:
        reminders.remember(one)
        one.reminder.active = on
        if not on:
            await deliveries.drop(work.session, reminder_id)
    return await reminder_sheet.where(work, one)


async def pause(work: Work, who: int, reminder_id: int) -> Here:
    """Show for how long it can rest. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    await awaiting.clear(work, one.person)
    return _here(work, one, PauseOne(await reminders.told(work, one)))


async def pause_days(work: Work, who: int, reminder_id: int, days: int) -> Here:
    """Let it rest for some days, today included. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    if days not in OFFERED:
        raise Refused("stale")
    return await _rest(work, one, today_of(work, one.person) + timedelta(days=days))


async def pause_open(work: Work, who: int, reminder_id: int) -> Here:
    """Let it rest until the person says otherwise. Errors: Refused."""
    return await _rest(work, await reminders.mine(work, who, reminder_id), OPEN_END)


async def ask_pause(work: Work, who: int, reminder_id: int) -> Here:
    """Ask from which day on it may come again; the next typed message answers. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    await awaiting.expect(work, one.person, PAUSE, str(reminder_id))
    example = today_of(work, one.person) + timedelta(days=10)
    return _here(work, one, PauseOneTyped(await reminders.told(work, one), example))


async def take_pause(work: Work, person: Known, subject: str, text: str) -> Here:
    """Let it rest until the typed day. Errors: Refused; the prompt then stays open."""
    one = await reminders.found(work, person, int(subject))
    until = prompts.day(text, language_of(work, person).words, today_of(work, person))
    if until is None:
        raise Refused("pause_day", most=LONGEST.days)
    return await _rest(work, one, until)


async def resume(work: Work, who: int, reminder_id: int) -> Here:
    """Let it come again from now on. Errors: Refused."""
    return await _rest(work, await reminders.mine(work, who, reminder_id), None)


async def take_away(work: Work, who: int, reminder_id: int) -> Here:
    """Take a reminder away; it can be had back for a day. Errors: Refused."""
    person = await people.joined(work, who)
    one = await reminders.found(work, person, reminder_id, taken_away=True)
    if one.reminder.kind is Kind.TIP:
        raise Refused("stale")
    await awaiting.clear(work, person)
    one.reminder.removed_at = one.reminder.removed_at or work.now
    await deliveries.drop(work.session, reminder_id)
    await work.session.flush()
    work.wake()
    return _here(work, one, TakenAway(await reminders.told(work, one)))


async def restore(work: Work, who: int, reminder_id: int) -> Here:
    """Have a reminder back that was taken away. Errors: Refused after a day."""
    person = await people.joined(work, who)
    one = await reminders.found(work, person, reminder_id, taken_away=True)
    gone = one.reminder.removed_at
    if gone is not None and gone < work.now - UNDO_WITHIN:
        raise Refused("wish_gone")  # it only waits for the day's round
    one.reminder.removed_at = None
    return await reminder_sheet.where(work, one)


async def undo(work: Work, who: int, reminder_id: int) -> Here:
    """Take the last change back; a second tap changes nothing. Errors: Refused."""
    one = await reminders.mine(work, who, reminder_id)
    await reminders.recall(work, one)
    return await reminder_sheet.where(work, one)


async def _rest(work: Work, one: Mine, until: date | None) -> Here:
    if one.reminder.paused_until != until:
        reminders.remember(one)
        one.reminder.paused_until = until
    return await reminder_sheet.where(work, one)


def _here(work: Work, one: Mine, view: object) -> Here:
    return Here(language_of(work, one.person), (view,))
