"""A reminder in words: what it is called, when it comes, how it stands, and what became of its last message."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.reminder_sheet import Last
from actions.reminders import PUT_OFF, Standing, Told
from bot.screen import Block, Quiet
from bot.screens.schedules import in_words
from bot.screens.words import short
from content.language import Language
from domain.delivery import State
from domain.pause import OPEN_END
from domain.reminders import Kind


def name(told: Told, language: Language, most: int | None = None) -> str:
    """Return what a reminder is called: a person's own words, or what kind it is."""
    match told.kind:
        case Kind.CHECK_IN:
            key = f"routines.{told.routine}.name"
            return language(key if key in language else "wishes.check_in")
        case Kind.HABIT:
            key = f"habits.{told.habit}.name"
            return language(key if key in language else "wishes.habit_gone")
        case Kind.TIP | Kind.SUMMARY:
            return language(f"wishes.{told.kind}")
        case _ if told.text is None:
            return language("wishes.own_words")
        case _:
            text = told.text if most is None else short(told.text, most)
            return language("wishes.medicine" if told.medicine else "wishes.own", text=text)


def moment(at: datetime, zone: ZoneInfo, language: Language) -> str:
    """Return a moment in *zone* without naming it: "Tue 24 Nov 20:30"."""
    local = at.astimezone(zone)
    day, clock = language.day(local.date()), language.time(local.time())
    return language("wishes.moment", day=day, time=clock)


def when(told: Told, zone: ZoneInfo, language: Language) -> str:
    """Return a reminder's days and times in words."""
    schedule = told.schedule
    if schedule is None:
        return language("wishes.not_chosen")
    return language("wishes.when", when=in_words(schedule, language, zone))


def next_moments(told: Told, zone: ZoneInfo, language: Language, most: int | None = None) -> str:
    """Return a reminder's next moments, each on a line, at most so many."""
    lines = [moment(at, zone, language) for at in told.next]
    if told.put_off is not None:
        again = moment(told.put_off, zone, language)
        lines.insert(0, language("wishes.put_off", moment=again))
    lines = lines[:most]
    if len(lines) == 1:
        return language("wishes.next_one", moment=lines[0])
    return language("wishes.next", moments="\n".join(lines))


def how_sent(told: Told, language: Language, *, in_quiet: bool = False) -> str:
    """Return with or without a sound, and how often it is asked again. in_quiet: some time of it lies in
    the quiet hours; where it is the only one, nothing rings and nothing is asked again."""
    quiet = in_quiet and len(told.times) <= 1
    sound = language(f"wishes.how_sent.{'silent' if told.silent or quiet else 'loud'}")
    if quiet or not told.nudges or told.kind not in PUT_OFF:
        return sound
    return f"{sound}\n{language('wishes.nudges', count=told.nudges)}"


def notes(told: Told, in_quiet: bool, language: Language) -> list[Block]:
    """Return what has to be said beside a reminder."""
    found: list[Block] = []
    if in_quiet:
        found.append(Quiet(language("wishes.in_quiet")))
    if told.medicine:
        found.append(Quiet(language("wishes.medicine_note")))
    return found


def state(told: Told, language: Language) -> str:
    """Return why a reminder does not come, or nothing."""
    match told.standing:
        case Standing.ON:
            return ""
        case Standing.PAUSED:
            return until_words("paused", told.paused_until or OPEN_END, language)
        case Standing.ALL_PAUSED:
            key = "in_pause" if told.in_pause else "all_paused"
            return language(f"wishes.standing.{key}")
        case _:
            return language(f"wishes.standing.{told.standing}")


def until_words(key: str, day: date, language: Language) -> str:
    """Return until when something rests: *key* says what."""
    if day == OPEN_END:
        return language(f"wishes.standing.{key}_open")
    return language(f"wishes.standing.{key}_until", day=language.day(day))


def last_words(last: Last | None, zone: ZoneInfo, language: Language) -> str:
    """Return what became of the last message."""
    if last is None:
        return language("wishes.last.never")
    key = f"wishes.last.{_became(last)}"
    became = language(key if key in language else "wishes.last.skipped")
    return language("wishes.last.line", moment=moment(last.due_at, zone, language), became=became)


def _became(last: Last) -> str:
    if last.state is State.SKIPPED:
        return last.reason.value if last.reason else "skipped"
    if last.state is State.SENT and last.done:
        return "done"
    if last.state in (State.DUE, State.CLAIMED):
        return "on_its_way"
    return last.state.value
