"""/export: everything we keep about a person, as JSON that any instance reads and as a table.

Nothing is changed by it, and it needs no consent: what is there can always be taken along.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date

from actions import awaiting, people
from actions.labels import Labels
from actions.sections import Sections
from actions.work import Here, Work
from domain import portable, spreadsheet
from storage import export as store


@dataclass(frozen=True, slots=True)
class Files:
    """Both documents. day: the person's day, for their names."""

    day: date
    check_ins: int
    entries: int
    json: bytes = field(repr=False)
    csv: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NothingKept:
    """There is nothing about this person here."""


async def export(work: Work, who: int, language_code: str | None) -> Here:
    """Give a person all that we keep about them, wherever in joining or leaving they are."""
    person = await people.known(work, who)
    if person is None:
        return Here(work.library.language(language_code), (NothingKept(),))
    await awaiting.clear(work, person)
    language = people.language_of(work, person)
    rows = await store.everything(work.session, person.id)
    texts = {row["text_id"] for row in rows["consent"]}
    words = await store.consent_words(work.session, texts)
    sections = Sections(person, rows, words, Labels(work.library, language))
    # Thousands of days take a second or two of opening and writing: others go on meanwhile.
    json, csv = await asyncio.to_thread(
        lambda: (portable.write(sections.all(), work.now), spreadsheet.write(sections.table()))
    )
    today = people.today_of(work, person) if person.row.zone else work.now.date()
    files = Files(today, len(rows["check_in"]), len(rows["entry"]), json, csv)
    return Here(language, (files,))
