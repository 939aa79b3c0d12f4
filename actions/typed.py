"""What a typed message answers: the stored prompt says which action takes it.

While somebody joins there is no prompt: the step that is open takes what fits it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from actions import (
    awaiting,
    distress,
    entries,
    helplines,
    home,
    imports,
    items,
    joining,
    pause,
    people,
    quiet_hours,
    reminder_change,
    reminder_making,
    reminder_sheet,
    reminder_times,
    snooze,
    steps,
    tip_shelf,
    zones,
)
from actions.work import Here, Work
from domain.joining import JoinStep
from storage.people import Known

Take = Callable[[Work, Known, str, str], Awaitable[Here]]
"""Takes (work, person, subject, text). Errors: Refused; the prompt then stays open."""

ANSWERS: Mapping[str, Take] = {
    helplines.KIND: helplines.take_country,
    imports.KIND: imports.take_import,
    "note": entries.take_note,
    "own_item": items.take_label,
    "own_name": items.take_name,
    "pause": pause.take_day,
    "place": zones.take_place,
    quiet_hours.KIND: quiet_hours.take_hours,
    snooze.KIND: snooze.take_later,
    reminder_change.PAUSE: reminder_change.take_pause,
    reminder_sheet.DAYS: reminder_times.take_days,
    reminder_sheet.LINE: reminder_making.take_line,
    reminder_sheet.TIMES: reminder_times.take_times,
    reminder_sheet.WORDS: reminder_change.take_words,
    tip_shelf.KIND: tip_shelf.take_search,
}
"""By the kind of the prompt. A kind that nobody takes any more is cleared, and the text is stray."""

LASTS = timedelta(hours=2)
"""How long a prompt is taken as meant: whoever chats on later writes no note, and changes nothing."""

WAITS = (imports.KIND,)
"""Prompts that wait for as long as it takes: a file has to be looked for, and changes nothing by chance."""

WHILE_JOINING: Mapping[JoinStep, Take] = {
    JoinStep.PLACE: zones.take_place,
    JoinStep.REMINDER: joining.take_time,
}
"""By the step that is open, of those that take words."""


async def take(work: Work, who: int, text: str, language_code: str | None) -> Here:
    """Give *text* to what was asked for, else say that it was not understood. Errors: Refused."""

    async def act() -> Here:
        return await _take(work, who, text, language_code)

    return await distress.beside(work, who, text, language_code, act, home.Stray())


async def _take(work: Work, who: int, text: str, language_code: str | None) -> Here:
    person = await people.known(work, who)
    if person is None:
        return await home.stray(work, who, language_code)
    prompt = await awaiting.expected(work, person)
    if prompt is not None and prompt.kind not in WAITS and work.now - prompt.since > LASTS:
        await awaiting.clear(work, person)
        return await home.stray(work, who, language_code)
    if prompt is None:
        action = WHILE_JOINING.get(await steps.step_of(work, person))
    else:
        action = ANSWERS.get(prompt.kind)
    if action is None:
        await awaiting.clear(work, person)
        return await home.stray(work, who, language_code)
    return await action(work, person, prompt.subject if prompt else "", text)
