"""What an action works with, and the runner that gives each one its transaction.

An action never commits, never reads a clock and never talks to Telegram. Time enters once,
as `now`. What it wakes is woken after the commit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content.language import Language
from content.library import Library
from storage import inbox, listening
from storage.crypto import Keys
from storage.database import transaction
from storage.tables import new_id

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Policy:
    """What an operator decides for everybody. min_age in years."""

    min_age: int = 16
    operator_contact: str = ""
    keep_blocked: timedelta = timedelta(days=180)
    keep_idle: timedelta = timedelta(days=730)
    keep_unfinished: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Here:
    """What an action leaves a person with: their language, and what to show, first things first.

    views: values that bot/screens knows how to draw, one message each; the last one takes the place of
    the message that was tapped. toast: a short word on the tapped button itself, already in *language*.
    """

    language: Language
    views: tuple[object, ...]
    toast: str | None = None


@dataclass(slots=True)
class Work:
    """One transaction's worth of means. *now* is aware and UTC: the time people live by.

    worker: the process that it happens in, by a number of its own.
    """

    session: AsyncSession
    now: datetime
    library: Library
    keys: Keys
    policy: Policy
    worker: int
    wakes: bool = False
    truncates: bool = False
    erased: list[bytes] = field(default_factory=list)

    def wake(self) -> None:
        """Tell the dispatchers of all processes, once this is committed, that what is due has changed."""
        self.wakes = True

    def truncate(self) -> None:
        """Have the database's log emptied, once this is committed."""
        self.truncates = True

    def forget(self, lookup: bytes) -> None:
        """Note that whoever has this keyed hash was erased: for the list of the erased, and for the log."""
        self.erased.append(lookup)
        self.truncates = True


@dataclass(slots=True)
class Turn:
    """The stored update that actions answer. applied: this turn has stored its effect."""

    inbox_id: int
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs an action in a transaction of its own: committed when it returns, undone when it raises.

    turn: the stored update that the action answers; it is marked applied in the same transaction.
    truncate: empties the database's log after an erasure. list_erased: adds to the list of the erased.
    worker: this process, by a number of its own.
    """

    maker: async_sessionmaker[AsyncSession]
    library: Library
    keys: Keys
    policy: Policy
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    turn: Turn | None = field(default=None)
    truncate: Callable[[], Awaitable[object]] | None = field(default=None)
    list_erased: Callable[[Sequence[bytes], datetime], None] | None = field(default=None)
    worker: int = field(default_factory=new_id)

    async def __call__(
        self,
        action: Callable[Concatenate[Work, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run *action* and return what it returns. Errors: Unavailable, and what it raises.

        In a turn also NotOurs, before *action* began, where another process has taken the update over.
        """
        async with transaction(self.maker) as session:
            work = Work(session, self.clock(), self.library, self.keys, self.policy, self.worker)
            if self.turn is not None and not self.turn.applied:
                await inbox.mark_applied(session, self.turn.inbox_id, self.worker)
            result = await action(work, *args, **kwargs)
            if work.wakes:
                await listening.notify(session, listening.DUE, self.worker)
        if self.turn is not None:
            self.turn.applied = True
        if work.wakes:
            self.wake()
        if work.erased and self.list_erased is not None:
            self.list_erased(work.erased, work.now)
        if work.truncates and self.truncate is not None:
            await self.truncate()
        return result

    def within(self, inbox_id: int) -> Runner:
        """Return this runner for one turn: that of the update stored as *inbox_id*."""
        return replace(self, turn=Turn(inbox_id))
