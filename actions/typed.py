"""What a typed message answers: the stored prompt says which action takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from actions import awaiting, people
from actions.work import Here, Work
from storage.people import Known

Take = Callable[[Work, Known, str, str], Awaitable[Here]]
"""Takes (work, person, subject, text). Errors: Refused; the prompt then stays open."""

ANSWERS: Mapping[str, Take] = {}
"""By the kind of the prompt. A kind that nobody takes any more is cleared, and the text is stray."""


async def take(work: Work, who: int, text: str) -> Here | None:
    """Give *text* to what was asked for; None where nothing was. Errors: Refused."""
    person = await people.known(work, who)
    prompt = await awaiting.expected(work, person) if person else None
    if person is None or prompt is None:
        return None
    action = ANSWERS.get(prompt.kind)
    if action is None:
        await awaiting.clear(work, person)
        return None
    return await action(work, person, prompt.subject, text)
