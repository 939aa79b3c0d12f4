"""The record of consents: added to, never changed, each resting on the words that were shown."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.consent import CURRENT, Purpose
from storage.once import insert_once
from storage.tables import Consent, ConsentText, new_id


async def record(
    session: AsyncSession,
    person_id: int,
    purpose: Purpose,
    shown: tuple[str, str],
    now: datetime,
    *,
    given: bool,
) -> None:
    """Add a decision on the text in force. shown: the language's tag and the words, as displayed.

    The latest decision holds, so no two of a person share a moment.
    """
    query = select(func.max(Consent.at)).where(Consent.person_id == person_id)
    latest = await session.scalar(query)
    at = now if latest is None or latest < now else latest + timedelta(microseconds=1)
    text_id = await _text(session, purpose, shown)
    session.add(
        Consent(
            person_id=person_id,
            purpose=purpose,
            given=given,
            version=CURRENT[purpose],
            text_id=text_id,
            at=at,
        )
    )
    await session.flush()


async def drop_unused_texts(session: AsyncSession) -> None:
    """Drop the words that nobody's consent rests on any more."""
    used = select(Consent.id).where(Consent.text_id == ConsentText.id)
    await session.execute(delete(ConsentText).where(~used.exists()))


async def _text(session: AsyncSession, purpose: Purpose, shown: tuple[str, str]) -> int:
    language, text = shown
    key = {
        "purpose": purpose,
        "version": CURRENT[purpose],
        "language": language,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }
    await insert_once(session, ConsentText, [{"id": new_id(), **key, "text": text}])
    found = await session.scalars(select(ConsentText.id).filter_by(**key))
    return found.one()
