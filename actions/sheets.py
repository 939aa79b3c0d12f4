"""A check-in as it is stored, with what its routine asks and what others of its day were told.

No question is asked twice on one day: what the morning was told, the evening does not ask. Never stores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from actions import items
from actions.items import Item
from actions.work import Work
from domain.checkin import Answer, Question, Shape, told_elsewhere
from storage import checkins as store
from storage.people import Known
from storage.tables import CheckIn


@dataclass(frozen=True, slots=True)
class Sheet:
    """A check-in as it is stored: its row, every item of the person's, and the answers.

    asks: the ids of what its routine asks for. elsewhere: what other check-ins of that day were told
    already, so that this one does not ask it. signs_stay: "nothing on the list" means nothing more than
    was chosen, as another check-in of the day found something, or this one looks back on a week.
    """

    row: CheckIn
    items: list[Item]
    answers: Mapping[str, Answer] = field(repr=False)
    asks: frozenset[str]
    elsewhere: Mapping[str, Answer] = field(repr=False)
    days: int
    signs_stay: bool

    @property
    def questions(self) -> list[Question]:
        """What is asked: the items that are switched on and not told elsewhere, in order."""
        asks = self.asks - self.elsewhere.keys()
        return [i.question for i in self.items if i.on and i.question.id in asks]

    @property
    def known(self) -> Mapping[str, Answer]:
        """What is known of the day as far as this check-in goes: its answers, and what was told elsewhere."""
        return {**self.answers, **self.elsewhere}

    def item(self, question_id: str) -> Item | None:
        """Return the item of that question, or None."""
        return next((item for item in self.items if item.question.id == question_id), None)


async def read(work: Work, person: Known, row: CheckIn) -> Sheet:
    """Return a check-in with its items and answers."""
    rows = (await store.between(work.session, person, row.day, row.day))[row.day]
    answers = await store.answers(work.session, person, [other.id for other in rows])
    return of_row(work, await items.all_items(work, person), row, answers)


def of_row(
    work: Work, everything: list[Item], row: CheckIn, answers: Mapping[int, Mapping[str, Answer]]
) -> Sheet:
    """Return a check-in of a day with *answers*, by check-in. A warning list is asked whatever was told."""
    own = answers[row.id]
    lists = {item.question.id for item in everything if item.question.shape is Shape.WARNING}
    others = [said for check_in_id, said in answers.items() if check_in_id != row.id]
    elsewhere = told_elsewhere(own, others)
    routine = work.library.routines.get(row.routine)
    days = routine.days if routine else 1
    found = any(said[n].code == "seen" for said in others for n in lists & said.keys())
    return Sheet(
        row=row,
        items=everything,
        answers=own,
        asks=frozenset(
            i.question.id for i in everything if items.is_asked_in(work, i, row.routine)
        ),
        elsewhere={name: said for name, said in elsewhere.items() if name not in lists},
        days=days,
        signs_stay=found or days > 1,
    )
