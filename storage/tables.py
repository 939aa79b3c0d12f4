"""The tables, all in one place, so that the schema can be read in one go.

What a person says, and who they are, stands in `sealed…` columns as ciphertext (storage/crypto);
in clear is only what the scheduler and the constraints need. Uniqueness and foreign keys live here.
Everything of a person hangs on `person` and goes with it.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Date,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from domain.consent import Purpose
from domain.delivery import Reason, State
from domain.entries import EntryKind
from domain.recurrence import PatternKind
from domain.reminders import Kind, Urgency
from domain.snippets import Pace
from storage.moments import Moment

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> int:
    """Return a random 63-bit id, known before the row is: associated data needs it."""
    return secrets.randbits(63) | 1 << 20


class _Words(TypeDecorator[StrEnum]):
    """An enum stored as its value in plain text: readable, and a new member needs no migration.

    A word that only a newer release knows is read as None, so that one row of its never fails a query
    for many. Whoever acts on rows asks for known ones (storage/reminders.IS_KNOWN).
    """

    impl = String(24)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    @property
    def python_type(self) -> type[StrEnum]:
        return self.kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        known = self.kind.__members__.values()
        return next((member for member in known if member.value == value), None)


class Base(DeclarativeBase):
    """Every table of ours."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        date: Date(),
        time: Time(),
        int: BigInteger(),
        bytes: LargeBinary(),
        Purpose: _Words(Purpose),
        State: _Words(State),
        Reason: _Words(Reason),
        EntryKind: _Words(EntryKind),
        Kind: _Words(Kind),
        PatternKind: _Words(PatternKind),
        Pace: _Words(Pace),
    }


def _id() -> Mapped[int]:
    return mapped_column(primary_key=True, default=new_id, autoincrement=False)


def _person() -> Mapped[int]:
    return mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


def _import() -> Mapped[int | None]:
    return mapped_column(ForeignKey("import_batch.id", ondelete="SET NULL"), index=True)


class Person(Base):
    """Who talks to us. Found by the keyed hash of their Telegram id; `key` is theirs, wrapped.

    sealed_profile: JSON of what they told about themselves: their Telegram id, age bracket, and which
    items and habits they switched on or off.
    quiet_on: the last day without tips, for a while, of somebody whose warning signs are not kept, or who
    wrote words of distress; since when stands in the profile.
    reminder_zone: whose wall clock reminders go by, where it is not `zone` (a traveller who keeps home
    times). quiet_from, quiet_until: local times between which nothing rings, both or neither.
    spread: minutes by which a message may come later at a rush hour. proposals: may we propose other times?
    """

    __tablename__ = "person"

    id: Mapped[int] = _id()
    lookup: Mapped[bytes] = mapped_column(unique=True)
    key: Mapped[bytes]
    sealed_profile: Mapped[bytes]
    language: Mapped[str] = mapped_column(String(35))
    zone: Mapped[str | None] = mapped_column(String(64))
    day_starts_at: Mapped[time]
    tip_pace: Mapped[Pace]
    discreet: Mapped[bool]
    paused_until: Mapped[date | None]
    quiet_on: Mapped[date | None]
    reminder_zone: Mapped[str | None] = mapped_column(String(64))
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    spread: Mapped[int] = mapped_column(default=0, server_default="0")
    proposals: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]
    asked_idle: Mapped[int] = mapped_column(default=0)
    asked_idle_at: Mapped[datetime | None]


class Consent(Base):
    """What a person agreed to or declined, when, and by which text. Never changed, only added to."""

    __tablename__ = "consent"

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    purpose: Mapped[Purpose]
    given: Mapped[bool]
    version: Mapped[int]
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    at: Mapped[datetime]


class ConsentText(Base):
    """The words that were agreed to, kept for as long as anybody's consent rests on them."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("purpose", "version", "language", "digest"),)

    id: Mapped[int] = _id()
    purpose: Mapped[Purpose]
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(35))
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)


class Awaiting(Base):
    """What a person's next typed message answers. One a person; the next prompt replaces it."""

    __tablename__ = "awaiting"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(24))
    subject: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime]


class OwnItem(Base):
    """An item of a person's own, a 0-10 scale. Its question id is `own<number>`, never reused."""

    __tablename__ = "own_item"
    __table_args__ = (UniqueConstraint("person_id", "number"),)

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    number: Mapped[int]
    sealed_label: Mapped[bytes]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    import_id: Mapped[int | None] = _import()


class CheckIn(Base):
    """One a person, day and routine. Where it stands follows from its answers."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("person_id", "day", "routine"),)

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    day: Mapped[date]
    routine: Mapped[str] = mapped_column(String(24))
    zone: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    import_id: Mapped[int | None] = _import()


class AnswerRow(Base):
    """One answer of a check-in, or of a habit that day. sealed: JSON of its code and its source."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("check_in_id", "question_id"),)

    id: Mapped[int] = _id()
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id", ondelete="CASCADE"))
    person_id: Mapped[int] = _person()
    question_id: Mapped[str] = mapped_column(String(32))
    question_version: Mapped[int]
    sealed: Mapped[bytes]
    answered_at: Mapped[datetime]
    import_id: Mapped[int | None] = _import()


class Entry(Base):
    """A note or an extra log, at its moment. Never overwrites an answer.

    sealed: JSON of the text, or of the question's code. removed_at: taken away by the person; it
    stays for a day, so that they can have it back.
    """

    __tablename__ = "entry"

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    day: Mapped[date]
    at: Mapped[datetime]
    kind: Mapped[EntryKind]
    question_id: Mapped[str | None] = mapped_column(String(32))
    zone: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bytes]
    removed_at: Mapped[datetime | None]
    import_id: Mapped[int | None] = _import()


class Warned(Base):
    """A warning sign that a person selected. sealed: the sign's id. Such a day gets no tip."""

    __tablename__ = "warned"

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    day: Mapped[date]
    at: Mapped[datetime]
    sealed: Mapped[bytes]
    import_id: Mapped[int | None] = _import()


class Announcement(Base):
    """What an operator has to tell everybody. texts: JSON, by language; never anything of a person."""

    __tablename__ = "announcement"

    id: Mapped[int] = _id()
    texts: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Reminder(Base):
    """What a person wants to be reminded of, and on which days (domain/recurrence).

    pattern: which kind of days; of its numbers, weekdays is a bit mask (1 = Monday .. 64 = Sunday),
    number the n of "every n days" or "n days since", or the day of the month, anchor the first or only
    day, moment the only moment. sealed: JSON of the person's own words, of the habit, and whether it is
    a medicine. sealed_before: JSON of how it was before its last change, to take that back. draft: not
    saved yet. removed_at: taken away; it stays for a day, so that the person can have it back.
    proposed_at: when we last proposed another time.
    """

    __tablename__ = "reminder"

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    kind: Mapped[Kind]
    routine: Mapped[str | None] = mapped_column(String(24))
    pattern: Mapped[PatternKind] = mapped_column(
        default=PatternKind.WEEKDAYS, server_default=PatternKind.WEEKDAYS
    )
    weekdays: Mapped[int]
    number: Mapped[int | None]
    anchor: Mapped[date | None]
    moment: Mapped[datetime | None]
    sealed: Mapped[bytes | None]
    sealed_before: Mapped[bytes | None]
    silent: Mapped[bool] = mapped_column(default=False)
    nudges: Mapped[int] = mapped_column(default=0, server_default="0")
    active: Mapped[bool] = mapped_column(default=True)
    draft: Mapped[bool] = mapped_column(default=False, server_default=false())
    paused_until: Mapped[date | None]
    proposed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None] = mapped_column(index=True)
    import_id: Mapped[int | None] = _import()
    announcement_id: Mapped[int | None] = mapped_column(
        ForeignKey("announcement.id", ondelete="CASCADE"), index=True
    )


class ReminderSlot(Base):
    """One wall-clock time of a reminder. Its id is the occurrence's slot, and never changes.

    removed_at: a time that was taken away; it keeps what became of its messages.
    """

    __tablename__ = "reminder_slot"

    id: Mapped[int] = _id()
    reminder_id: Mapped[int] = mapped_column(
        ForeignKey("reminder.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[time]
    removed_at: Mapped[datetime | None]


class Occurrence(Base):
    """One message to send. step 0 is the planned one; 1, 2 … its snoozes and nudges.

    local_day is the day it was planned for. lease_until is by the database's clock. answered_at: when the
    person said that it is done. told_by: the message that told the person that this one was missed.
    urgency: whose turn comes first (domain/reminders.Urgency).
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("reminder_id", "local_day", "slot", "step"),
        Index("ix_occurrence_state_due_at", "state", "due_at"),
        Index("ix_occurrence_state_urgency_due_at", "state", "urgency", "due_at"),
        Index(
            "ix_occurrence_state_lease_until",
            "state",
            "lease_until",
            sqlite_where=text("lease_until IS NOT NULL"),
            postgresql_where=text("lease_until IS NOT NULL"),
        ),
    )

    id: Mapped[int] = _id()
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id", ondelete="CASCADE"))
    slot: Mapped[int] = mapped_column(
        ForeignKey("reminder_slot.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[int]
    is_nudge: Mapped[bool] = mapped_column(default=False, server_default=false())
    urgency: Mapped[int] = mapped_column(default=Urgency.USUAL, server_default="1")
    local_day: Mapped[date]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.DUE)
    reason: Mapped[Reason | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    message_id: Mapped[int | None]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    told_by: Mapped[int | None] = mapped_column(index=True)


class SnippetShown(Base):
    """A tip that a person was shown, by which occurrence, or None where they asked for it.

    occurrence_id is no foreign key: the ledger forgets its rows earlier than a tip is to come again.
    sealed: JSON of what made it fit ("fits": a question's id), None where it came in turn.
    """

    __tablename__ = "snippet_shown"

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    snippet_id: Mapped[str] = mapped_column(String(24))
    occurrence_id: Mapped[int | None] = mapped_column(unique=True)
    at: Mapped[datetime]
    sealed: Mapped[bytes | None]


class SnippetOpinion(Base):
    """What a person made of a tip. sealed: JSON of when it was saved, whether it helped, the day it was
    tried; each null where it was not. at: its last change."""

    __tablename__ = "snippet_opinion"
    __table_args__ = (UniqueConstraint("person_id", "snippet_id"),)

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    snippet_id: Mapped[str] = mapped_column(String(24))
    sealed: Mapped[bytes]
    at: Mapped[datetime]
    import_id: Mapped[int | None] = _import()


class ImportBatch(Base):
    """An import: seen, then confirmed, and undone if it was a mistake.

    sealed: the file's content until it is confirmed or dropped.
    """

    __tablename__ = "import_batch"

    id: Mapped[int] = _id()
    person_id: Mapped[int] = _person()
    sealed: Mapped[bytes | None]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class InboxKey(Base):
    """The key of a day's updates, wrapped; destroyed when the day's updates are done."""

    __tablename__ = "inbox_key"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes]


class Inbox(Base):
    """An update, stored before it is acknowledged. sealed is emptied once it is answered.

    owner_id: the worker whose turns it is in; None, or one that is gone: nobody's yet.
    sent: the ids of the messages that answered it, so that they can be taken back.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("update_id", "digest"),)

    id: Mapped[int] = _id()
    update_id: Mapped[int]
    digest: Mapped[bytes]
    lookup: Mapped[bytes] = mapped_column(index=True)
    day: Mapped[date] = mapped_column(index=True)
    owner_id: Mapped[int | None]
    sealed: Mapped[bytes | None]
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    parked_at: Mapped[datetime | None] = mapped_column(index=True)
    sent: Mapped[str] = mapped_column(Text, default="")


class Worker(Base):
    """A process that gives turns. It lives until seen_until, by the database's clock, which it moves on."""

    __tablename__ = "worker"

    id: Mapped[int] = _id()
    seen_until: Mapped[datetime]


class SendBudget(Base):
    """What all processes that send with our token may still send together: one row (domain/budget).

    All by the database's clock. at: when it was last asked. spent_until: when all that was given is
    used up. answers_until: bulk keeps away until then, as answers wait somewhere. paused_until:
    Telegram told us all to wait. counted_from: from when on chats told to wait are counted. pauses:
    how often a chat was told to; a process that knows the number knows all of them.
    """

    __tablename__ = "send_budget"

    id: Mapped[int] = _id()
    at: Mapped[datetime]
    spent_until: Mapped[datetime]
    answers_until: Mapped[datetime]
    paused_until: Mapped[datetime]
    counted_from: Mapped[datetime]
    pauses: Mapped[int] = mapped_column(default=0)


class ChatPause(Base):
    """A chat that Telegram told to wait, by its keyed hash; forgotten within the hour after it is over."""

    __tablename__ = "chat_pause"

    lookup: Mapped[bytes] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    until: Mapped[datetime]


class Meta(Base):
    """A few facts about the database itself: the key file's check value, the zones in use."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
