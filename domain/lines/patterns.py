"""What the phrases of a line mean together, from a moment on: a schedule, or what to ask.

Pure. Every way to be unclear ends in `Ask`; nothing is chosen for a person, except that a day or a
date without a year is the next such day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from domain.lines.asking import Ask, Why
from domain.lines.grammar import DAY, HOUR, MINUTE, MONTH, WEEK, Sense
from domain.lines.hours import times_of
from domain.lines.said import Chosen, Said
from domain.recurrence import (
    EVERY_DAY,
    MOST_DAYS,
    AtMoment,
    EveryDays,
    MonthDay,
    OnDay,
    Schedule,
    SinceLast,
    Weekdays,
)

FURTHEST = timedelta(days=366)
"""How far ahead a single day may be, so that each day of the year has its next one."""

FURTHEST_MINUTES = 365 * 24 * 60
"""How far ahead a moment may be."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said, with its times settled, and the local moment it was said at."""

    said: Said
    times: tuple[time, ...]
    now: datetime
    midnight: bool

    @property
    def today(self) -> date:
        return self.now.date()

    def is_ahead(self, day: date, at: time) -> bool:
        """Say whether a local day's time is still to come."""
        then = datetime.combine(day, at, self.now.tzinfo)
        return then.astimezone(UTC) > self.now.astimezone(UTC)

    def first_day(self) -> date:
        """Return today where one of the times is still to come, else tomorrow."""
        later = any(self.is_ahead(self.today, at) for at in self.times)
        return self.today + timedelta(days=0 if later else 1)

    def once(self, day: date) -> Schedule:
        """Return the schedule of one day. Errors: Ask, where that is over, too far or does not exist."""
        if day - self.today > FURTHEST:
            raise Ask(Why.TOO_FAR)
        if self.midnight:
            raise Ask(Why.WHICH_NIGHT)
        midnight = datetime.combine(day, time.min, self.now.tzinfo)
        if midnight.astimezone(UTC).astimezone(self.now.tzinfo).date() != day:
            raise Ask(Why.NO_SUCH_DAY)
        if not all(self.is_ahead(day, at) for at in self.times):
            raise Ask(Why.PAST)
        return Schedule(OnDay(day), self.times)

    def next_day(self, fits: Callable[[date], bool]) -> date:
        """Return the first day that fits with all its times to come. Errors: Ask for none in a year."""
        first = self.today
        if not all(self.is_ahead(first, at) for at in self.times):
            first += timedelta(days=1)
        days = (first + timedelta(days=n) for n in range(FURTHEST.days + 1))
        found = next((day for day in days if fits(day)), None)
        if found is None:
            raise Ask(Why.NO_SUCH_DAY)
        return found


def schedule(said: Said, now: datetime) -> Schedule:
    """Return what was said as a schedule; *now* is aware, in the person's zone. Errors: Ask."""
    if said.minutes:
        return _moment(said, now)
    _no_second(said)
    times, midnight = times_of(said)
    wish = Wish(said, times, now, midnight)
    return _patterns(wish)


def _moment(said: Said, now: datetime) -> Schedule:
    others = (said.times, said.windows, said.parts, said.weekdays, said.repeats, said.counts,
              said.month_days, said.dates, said.ahead, said.spans)  # fmt: skip
    if any(others) or said.since_last or len(said.minutes) > 1:
        raise Ask(Why.TWO_MEANINGS)
    minutes = said.minutes[0]
    if minutes > FURTHEST_MINUTES:
        raise Ask(Why.TOO_FAR)
    if minutes < 1:
        raise Ask(Why.NOT_UNDERSTOOD)
    due = now.astimezone(UTC) + timedelta(minutes=minutes)
    started = due.replace(second=0, microsecond=0)
    return Schedule(AtMoment(due if due == started else started + timedelta(minutes=1)), ())


def _no_second(said: Said) -> None:
    """Ask where anything is said twice that can be so only once."""
    for found in (said.times, said.windows, said.parts, said.weekdays, said.counts,
                  said.month_days, said.dates, said.ahead):  # fmt: skip
        if len(set(found)) > 1 or (found is said.times and len(found) > 1):
            raise Ask(Why.TWO_MEANINGS)
    if said.since_last > 1 or (said.spans and not said.since_last):
        raise Ask(Why.LEFT_OVER)


def _patterns(wish: Wish) -> Schedule:
    """Choose the one pattern that all that was said of days fits into."""
    said = wish.said
    repeats = {_in_days(r) for r in said.repeats if r[1] not in (MINUTE, HOUR)}
    if len(repeats) > 1:
        raise Ask(Why.TWO_MEANINGS)
    kinds: tuple[tuple[bool, Callable[[Wish, tuple[int, int] | None], Schedule]], ...] = (
        (bool(said.since_last), _since),
        (bool(said.dates), _dated),
        (bool(said.ahead), _ahead),
        (bool(said.month_days), _monthly),
        (bool(said.weekdays) and not said.dates, _weekly),
    )
    chosen = [read for given, read in kinds if given]
    if len(chosen) > 1:
        raise Ask(Why.TWO_MEANINGS)
    return (chosen[0] if chosen else _repeated)(wish, repeats.pop() if repeats else None)


def _in_days(repeat: tuple[int, int]) -> tuple[int, int]:
    """Return weeks beyond one as days, so that "every 2 weeks" and "fortnightly" are one."""
    n, unit = repeat
    return (n * 7, WEEK) if unit == WEEK else repeat


def _plain(wish: Wish, repeat: tuple[int, int] | None) -> None:
    """Ask where a single day is said to come again, or where times are spread over one."""
    if repeat is not None or wish.said.counts or wish.said.repeats:
        raise Ask(Why.TWO_MEANINGS)


def _since(wish: Wish, repeat: tuple[int, int] | None) -> Schedule:
    _plain(wish, repeat)
    if len(wish.said.spans) != 1 or wish.said.spans[0][1] not in (DAY, WEEK):
        raise Ask(Why.NOT_UNDERSTOOD)
    n, unit = wish.said.spans[0]
    return Schedule(SinceLast(_days(n * (7 if unit == WEEK else 1))), wish.times)


def _days(n: int) -> int:
    if n < 1:
        raise Ask(Why.NOT_UNDERSTOOD)
    if n > MOST_DAYS:
        raise Ask(Why.TOO_FAR)
    return n


def _dated(wish: Wish, repeat: tuple[int, int] | None) -> Schedule:
    _plain(wish, repeat)
    number = wish.said.dates[0]
    if number < 0:
        raise Ask(Why.TWO_MEANINGS)
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise Ask(Why.NO_SUCH_DAY)
    if year:
        found = _exact(year, month, day)
    else:
        today = wish.today
        found = wish.next_day(lambda d: (d.month, d.day) == (month, day))
        if (today.month, today.day) == (month, day) and found != today:
            raise Ask(Why.PAST)
    for chosen in wish.said.weekdays:
        if chosen.each or chosen.days != {found.weekday()}:
            raise Ask(Why.TWO_MEANINGS)
    return wish.once(found)


def _exact(year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9998 or day > monthrange(year, month)[1]:
        raise Ask(Why.NO_SUCH_DAY)
    return date(year, month, day)


def _ahead(wish: Wish, repeat: tuple[int, int] | None) -> Schedule:
    _plain(wish, repeat)
    days = wish.said.ahead[0]
    if days > FURTHEST.days:
        raise Ask(Why.TOO_FAR)
    return wish.once(wish.today + timedelta(days=days))


def _monthly(wish: Wish, repeat: tuple[int, int] | None) -> Schedule:
    number = wish.said.month_days[0]
    if not 1 <= number <= 31:
        raise Ask(Why.NO_SUCH_DAY)
    each = Schedule(MonthDay(number), wish.times)
    if repeat == (1, MONTH) or (repeat is None and wish.said.counts == [(1, MONTH)]):
        return _unless_midnight(wish, each)
    if repeat is not None or wish.said.counts or wish.said.repeats:
        raise Ask(Why.TWO_MEANINGS)
    last_of_month = number == 31
    day = wish.next_day(
        lambda d: d.day == number or (last_of_month and d.day == monthrange(d.year, d.month)[1])
    )
    raise Ask(Why.ONCE_OR_MONTHLY, wish.once(day), each)


def _unless_midnight(wish: Wish, found: Schedule) -> Schedule:
    """Whose midnight, before or after the day? Only of every day it does not matter."""
    if wish.midnight:
        raise Ask(Why.WHICH_NIGHT)
    return found


def _weekly(wish: Wish, repeat: tuple[int, int] | None) -> Schedule:
    chosen = wish.said.weekdays[0]
    _weekly_fits(wish.said, chosen, repeat)
    weekly = _unless_midnight(wish, Schedule(Weekdays(chosen.days), wish.times))
    if repeat is not None and repeat[0] > 7:
        if len(chosen.days) > 1:
            raise Ask(Why.WHICH_DAY)
        first = wish.next_day(lambda d: d.weekday() in chosen.days)
        return Schedule(EveryDays(_days(repeat[0]), first), wish.times)
    if chosen.which is not None:
        return _this_or_next(wish, chosen)
    spread_out = bool(wish.said.counts or wish.said.repeats)
    if chosen.each or spread_out or (len(chosen.days) > 1 and not chosen.group):
        return weekly
    day = wish.next_day(lambda d: d.weekday() in chosen.days)
    once = () if len(chosen.days) > 1 else (wish.once(day),)
    raise Ask(Why.ONCE_OR_WEEKLY, *once, weekly)


def _weekly_fits(said: Said, chosen: Chosen, repeat: tuple[int, int] | None) -> None:
    if repeat is not None and repeat[1] != WEEK:
        raise Ask(Why.TWO_MEANINGS)
    if repeat is not None and repeat[0] < 7:
        raise Ask(Why.NOT_UNDERSTOOD)
    if said.counts and said.counts[0][1] != DAY and said.counts[0] != (len(chosen.days), WEEK):
        raise Ask(Why.TWO_MEANINGS)


def _this_or_next(wish: Wish, chosen: Chosen) -> Schedule:
    if len(chosen.days) > 1 or chosen.each or wish.said.counts or wish.said.repeats:
        raise Ask(Why.TWO_MEANINGS)
    day = wish.next_day(lambda d: d.weekday() in chosen.days)
    if chosen.which is Sense.THIS and wish.today.weekday() not in chosen.days:
        return wish.once(day)
    if chosen.which is Sense.FROM:
        raise Ask(Why.WHICH_DAY)
    raise Ask(Why.WHICH_DAY, wish.once(day), wish.once(day + timedelta(days=7)))


def _repeated(wish: Wish, repeat: tuple[int, int] | None) -> Schedule:
    """No day was named: each so many days, every day, or nothing but times."""
    said = wish.said
    daily = Schedule(Weekdays(EVERY_DAY), wish.times)
    if said.counts and said.counts[0][1] != DAY:
        raise Ask(Why.WHICH_DAY)
    if repeat is None:
        if said.counts or said.repeats:
            return daily
        raise Ask(Why.ONCE_OR_DAILY, daily, *_once(wish))
    n, unit = repeat
    if unit != DAY:
        raise Ask(Why.WHICH_DAY)
    if _days(n) == 1:
        return daily
    if said.counts:
        raise Ask(Why.TWO_MEANINGS)
    return _unless_midnight(wish, Schedule(EveryDays(n, wish.first_day()), wish.times))


def _once(wish: Wish) -> tuple[Schedule, ...]:
    """The next day on which all the times are still to come; where none is named, midnight is the coming one."""
    return (replace(wish, midnight=False).once(wish.next_day(lambda _day: True)),)
