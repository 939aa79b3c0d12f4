"""The tip that comes by itself: what may come, what the rule is told, and what is kept of the choice.

Nothing comes on a quiet day. What somebody logged plays a part only where they agreed to that, and
why a tip came earlier is kept sealed, to be told to them and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from actions import snippets
from actions.people import today_of
from actions.snippets import Tip, allowed_for
from actions.work import Work
from domain.checkin import counted
from domain.consent import Purpose, is_given
from domain.snippets import Snippet
from domain.tip_choice import Chosen, Shown, Wishes, choose
from domain.tip_fits import fitting
from storage import checkins, tip_opinions
from storage import snippets as store
from storage.people import Known, decisions
from storage.tables import SnippetShown, new_id


def wanted_topics(person: Known) -> frozenset[str] | None:
    """Return the topics that this person chose, or None where they want all there are."""
    chosen = person.profile.get("topics")
    return None if chosen is None else frozenset(chosen)


def coming_for(work: Work, person: Known) -> list[Snippet]:
    """Return the tips that may come by themselves: allowed, and on a topic that is wanted."""
    wanted = wanted_topics(person)
    allowed = allowed_for(work, person)
    return [snippet for snippet in allowed if wanted is None or snippet.topic in wanted]


async def for_occurrence(work: Work, person: Known, occurrence_id: int | None) -> Tip | None:
    """Return the tip of a planned message; asked again, the same one, as long as it may come.

    None on a quiet day, and where there is no tip. Of no message (None) it is only looked at: the
    next one stays the next.
    """
    if await snippets.is_quiet(work, person):
        return None
    coming = {snippet.id: snippet for snippet in coming_for(work, person)}
    if occurrence_id is not None:
        before = await store.of_occurrence(work.session, occurrence_id)
        if before in coming:
            return await snippets.tip_of(work, person, coming[before])
        if before is not None:
            await store.take_back(work.session, occurrence_id)
    chosen = await _choose(work, person, coming)
    if chosen is None:
        return None
    if occurrence_id is not None:
        _keep(work, person, chosen, occurrence_id)
    return await snippets.tip_of(work, person, chosen.snippet)


async def _choose(work: Work, person: Known, coming: Mapping[str, Snippet]) -> Chosen | None:
    made = await tip_opinions.opinions(work.session, person)
    library = work.library.snippets
    declined = {snippet_id for snippet_id, opinion in made.items() if opinion.helpful is False}
    lowered = {library[snippet_id].topic for snippet_id in declined if snippet_id in library}
    shown = [
        Shown(row.snippet_id, asked=row.occurrence_id is None, fitted=row.fitted)
        for row in await store.history(work.session, person.id)
    ]
    fits = await _fits(work, person)
    return choose(coming.values(), shown, library, Wishes(declined, lowered, fits))


async def _fits(work: Work, person: Known) -> dict[str, str]:
    """Return which topics fit what was logged today and yesterday; none without a consent to that."""
    given = await decisions(work.session, person.id)
    if not is_given(given.get(Purpose.FIT), Purpose.FIT):
        return {}
    today = today_of(work, person)
    days = await checkins.between(work.session, person, today - timedelta(days=1), today)
    rows = [row for day in sorted(days, reverse=True) for row in days[day]]
    answers = await checkins.answers(work.session, person, [row.id for row in rows])
    questions = list(work.library.questions.values())
    return fitting(questions, [counted(questions, answers[row.id]) for row in rows])


def _keep(work: Work, person: Known, chosen: Chosen, occurrence_id: int) -> None:
    row = SnippetShown(
        id=new_id(),
        person_id=person.id,
        snippet_id=chosen.snippet.id,
        occurrence_id=occurrence_id,
        at=work.now,
    )
    if chosen.fits is not None:
        row.sealed = person.seal("snippet_shown", "sealed", row.id, {"fits": chosen.fits})
    work.session.add(row)
