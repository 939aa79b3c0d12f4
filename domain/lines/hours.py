"""At which times of day, as a line says it: named one by one, or spread over a window.

Pure. An hour alone is that hour of the 24-hour clock; a part of the day ("in the evening") may say
which half it is in. Whatever could be two times is asked.
"""

from __future__ import annotations

from datetime import time

from domain.lines.asking import Ask, Why
from domain.lines.grammar import DAY, HOUR, MINUTE, NIGHT, WITHIN, Sense
from domain.lines.said import Clock, Said
from domain.recurrence import MOST_TIMES, spread

MORNING_FROM = 4 * 60
"""Up to here it is still night, in minutes; but of which day?"""


def times_of(said: Said) -> tuple[tuple[time, ...], bool]:
    """Return the times of day, in order, and whether one was called midnight."""
    within_hours = [r for r in said.repeats if r[1] in (MINUTE, HOUR)]
    if within_hours or (said.counts and said.counts[0][1] == DAY and not said.times):
        return _spread(said, within_hours), False
    if said.windows:
        raise Ask(Why.TWO_MEANINGS)
    if not said.times:
        raise Ask(_without_time(said))
    clocks = said.times[0]
    _check(clocks)
    minutes = [_in_part(clock, said) for clock in clocks]
    if len(set(minutes)) != len(minutes):
        raise Ask(Why.TWO_MEANINGS)
    if len(minutes) > MOST_TIMES:
        raise Ask(Why.TOO_MANY_TIMES)
    if said.counts and said.counts[0] != (len(minutes), DAY) and said.counts[0][1] == DAY:
        raise Ask(Why.TWO_MEANINGS)
    return tuple(_time(m) for m in sorted(minutes)), any(c.midnight for c in clocks)


def _without_time(said: Said) -> Why:
    """Return what to ask where no time was understood: a number at the end may be one.

    "Half past eight" is one for sure, in words of which nothing is made.
    """
    if not _any_day(said):
        return Why.NOT_UNDERSTOOD
    if _is_spoken(said):
        return Why.IN_DIGITS
    last = said.left[-1] if said.left else None
    bare = last is not None and last.sense is Sense.NUMBER and last.number < 24
    return Why.BARE_HOUR if bare else Why.NO_TIME


def _is_spoken(said: Said) -> bool:
    """Say whether "half", "quarter" or the like comes before a number that can be an hour."""
    left = said.left
    for n, token in enumerate(left, 1):
        after = left[n : n + 1]
        if after and after[0].sense is Sense.NEAR:  # "quarter", then "to" or "past"
            after = left[n + 1 : n + 2]
        hour = bool(after) and after[0].sense is Sense.NUMBER and after[0].number < 24
        if hour and token.sense is Sense.STRANGE:
            return True
    return False


def _any_day(said: Said) -> bool:
    return any((said.weekdays, said.repeats, said.counts, said.month_days, said.dates, said.ahead,
                said.since_last, said.parts))  # fmt: skip


def _check(clocks: tuple[Clock, ...]) -> None:
    if any(clock.minute < 0 for clock in clocks):
        raise Ask(Why.NO_SUCH_TIME)
    if any(clock.half for clock in clocks) and any(clock.could_be_either for clock in clocks):
        raise Ask(Why.WHICH_HALF)


def _in_part(clock: Clock, said: Said) -> int:
    """Return a time's minutes, in the part of the day that was said."""
    if not said.parts:
        return clock.minute
    hours = WITHIN[said.parts[0]]
    minutes = {clock.minute}
    if clock.could_be_either:
        minutes.add((clock.minute + 720) % 1440)
    fitting = [m for m in minutes if m // 60 in hours]
    if len(fitting) == 1:
        return fitting[0]
    if clock.half and said.parts[0] != NIGHT:
        raise Ask(Why.TWO_MEANINGS)  # "in the morning at 9pm": the half was said
    if clock.could_be_either or said.parts[0] != NIGHT or clock.minute >= MORNING_FROM:
        raise Ask(Why.WHICH_HALF)
    if said.weekdays or said.dates or said.ahead or said.month_days:
        raise Ask(Why.WHICH_NIGHT)
    return clock.minute


def _spread(said: Said, within_hours: list[tuple[int, int]]) -> tuple[time, ...]:
    """Return times spread over a window: so many of them, or one each so many hours."""
    if said.times or said.parts or len(within_hours) + len(said.counts) > 1:
        raise Ask(Why.TWO_MEANINGS)
    n, unit = within_hours[0] if within_hours else (said.counts[0][0], DAY)
    if n < 1:
        raise Ask(Why.NOT_UNDERSTOOD)
    if not said.windows:
        raise Ask(Why.TOO_OFTEN if unit == MINUTE and n < 60 else Why.NO_WINDOW)
    first, last = said.windows[0]
    _check(said.windows[0])
    if last.minute <= first.minute:
        later = last.could_be_either and last.minute + 720 > first.minute
        raise Ask(Why.WHICH_HALF if later else Why.PAST_MIDNIGHT)
    if not within_hours:
        return _evenly(first, last, n)
    found = range(first.minute, last.minute + 1, n * (60 if unit == HOUR else 1))
    if len(found) > MOST_TIMES:
        raise Ask(Why.TOO_OFTEN)
    return tuple(_time(minute) for minute in found)


def _evenly(first: Clock, last: Clock, n: int) -> tuple[time, ...]:
    if n > MOST_TIMES or last.minute - first.minute < n - 1:
        raise Ask(Why.TOO_MANY_TIMES)
    if n == 1:
        raise Ask(Why.NO_TIME)
    return spread(_time(first.minute), _time(last.minute), n)


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))
