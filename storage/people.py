"""People: found by a keyed hash, opened with a key of their own, erased with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.consent import Purpose
from domain.day import DAY_STARTS_AT
from domain.snippets import Pace
from storage.crypto import Box, Keys, Where
from storage.tables import ChatPause, Consent, Inbox, Person, new_id


@dataclass(frozen=True, slots=True)
class Known:
    """A person's row with the key that opens what they said, and what they said of themselves."""

    row: Person
    box: Box = field(repr=False)
    profile: Mapping[str, Any] = field(repr=False)

    @property
    def id(self) -> int:
        """The person's id, ours."""
        return self.row.id

    @property
    def chat_id(self) -> int:
        """Where to write to: in a private chat, Telegram's id of the person."""
        return int(self.profile["telegram_id"])

    def seal(self, table: str, column: str, row: int, value: object) -> bytes:
        """Return *value* as JSON under this person's key, bound to its place."""
        return self.box.seal(Where(table, column, row, self.id), json.dumps(value))

    def open(self, table: str, column: str, row: int, sealed: bytes) -> Any:  # noqa: ANN401
        """Return the value that was sealed there. Errors: CannotOpen."""
        return json.loads(self.box.open(Where(table, column, row, self.id), sealed))


async def find(session: AsyncSession, keys: Keys, telegram_id: int) -> Known | None:
    """Return who has this Telegram id, locked for this transaction: one act at a time a person."""
    query = select(Person).where(Person.lookup == keys.lookup(telegram_id)).with_for_update()
    row = await session.scalar(query)
    return None if row is None else known(keys, row)


async def get(session: AsyncSession, keys: Keys, person_id: int) -> Known | None:
    """Return the person of this id, locked for this transaction, or None if they were erased."""
    row = await session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    return None if row is None else known(keys, row)


async def create(
    session: AsyncSession, keys: Keys, telegram_id: int, language: str, now: datetime
) -> Known:
    """Add a person who has told us nothing yet but who they are."""
    person_id = new_id()
    wrapped = keys.new_wrapped(_key_place(person_id))
    box = keys.unwrap(_key_place(person_id), wrapped)
    profile = {"telegram_id": telegram_id}
    row = Person(
        id=person_id,
        lookup=keys.lookup(telegram_id),
        key=wrapped,
        sealed_profile=box.seal(_profile_place(person_id), json.dumps(profile)),
        language=language,
        day_starts_at=DAY_STARTS_AT,
        tip_pace=Pace.SOME_DAYS,
        discreet=True,
        created_at=now,
        seen_at=now,
    )
    session.add(row)
    await session.flush()
    return Known(row, box, profile)


def known(keys: Keys, row: Person) -> Known:
    """Open a person's row. Errors: CannotOpen where the key file does not fit."""
    box = keys.unwrap(_key_place(row.id), row.key)
    return Known(row, box, json.loads(box.open(_profile_place(row.id), row.sealed_profile)))


def tell(person: Known, **facts: object) -> Known:
    """Add *facts* to what the person told of themselves, or replace them."""
    return _reseal(person, {**person.profile, **facts})


def untell(person: Known, *facts: str) -> Known:
    """Drop these facts from what the person told of themselves."""
    return _reseal(person, {k: said for k, said in person.profile.items() if k not in facts})


async def erase(session: AsyncSession, person: Person) -> None:
    """Remove a person with their key and all that hangs on them, our copies of updates included."""
    await session.execute(delete(Inbox).where(Inbox.lookup == person.lookup))
    await session.execute(delete(ChatPause).where(ChatPause.lookup == person.lookup))
    await session.execute(delete(Person).where(Person.id == person.id))


async def decisions(session: AsyncSession, person_id: int) -> dict[Purpose, tuple[bool, int]]:
    """Return the latest decision on each purpose: given or not, and on which version."""
    query = select(Consent).where(Consent.person_id == person_id).order_by(Consent.at)
    return {c.purpose: (c.given, c.version) for c in await session.scalars(query)}


def _reseal(person: Known, profile: Mapping[str, Any]) -> Known:
    place = _profile_place(person.id)
    person.row.sealed_profile = person.box.seal(place, json.dumps(profile))
    return Known(person.row, person.box, profile)


def _key_place(person_id: int) -> Where:
    return Where("person", "key", person_id, person_id)


def _profile_place(person_id: int) -> Where:
    return Where("person", "sealed_profile", person_id, person_id)
