"""Which topics a person wants tips on. /learn lets them read everything they may get all the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions import awaiting, consents, people, snippets, tip_choice, tip_shelf
from actions.work import Here, Work
from domain.consent import Purpose
from domain.errors import Refused
from storage.people import Known, tell, untell

ALL = "all"
"""What stands for every topic there is, now and later."""


@dataclass(frozen=True, slots=True)
class TopicChoices:
    """The topics that tips may come on, and whether each is wanted. all_of_them: new ones too."""

    topics: tuple[tuple[str, bool], ...] = field(repr=False)
    all_of_them: bool


async def choices(work: Work, who: int) -> Here:
    """Show the topics to choose from, or ask for the consent to tips first. Errors: Refused."""
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    if not await people.agrees(work, person, Purpose.TIPS):
        return await consents.ask(work, person, Purpose.TIPS)
    return _here(work, person)


async def choose(work: Work, who: int, topic: str, wanted: bool) -> Here:
    """Want tips on *topic*, or none; `ALL`: on every one. Errors: Refused for the last that is left.

    Who has not chosen yet, and so gets them on every topic, wants with the first that they choose only
    this one: one topic is one tap away, and every other a second.
    No tips at all is a pace, and not an empty choice that somebody may have come to by mistake.
    """
    person = await people.joined(work, who)
    await awaiting.clear(work, person)
    if not await people.agrees(work, person, Purpose.TIPS):
        return await consents.ask(work, person, Purpose.TIPS)
    if topic == ALL:
        return _here(work, untell(person, "topics"))
    offered = _offered(work, person)
    if topic not in offered:
        raise Refused("stale")
    now = tip_choice.wanted_topics(person)
    if wanted:
        chosen = frozenset({topic}) if now is None else now | {topic}
    else:
        chosen = frozenset(offered if now is None else now) - {topic}
    if not chosen & set(offered):
        raise Refused("last_topic")
    if chosen != now:
        person = tell(person, topics=sorted(chosen))
    return _here(work, person)


def _offered(work: Work, person: Known) -> list[str]:
    """Return the topics there are for a person, in the order in which /learn shows them."""
    ours = tip_shelf.in_order(work, snippets.allowed_for(work, person))
    return list(dict.fromkeys(snippet.topic for snippet in ours))


def _here(work: Work, person: Known) -> Here:
    wanted = tip_choice.wanted_topics(person)
    marked = ((topic, wanted is None or topic in wanted) for topic in _offered(work, person))
    view = TopicChoices(tuple(marked), wanted is None)
    return Here(people.language_of(work, person), (view,))
