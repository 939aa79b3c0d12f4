"""What a handler works with: who sent the update, what a button carried, and a runner of actions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import (
    Application,
    CallbackContext,
    CommandHandler,
    ContextTypes,
    ExtBot,
    filters,
)

from actions.work import Runner
from bot.tap import Tap, read

AnyTap = TypeVar("AnyTap", bound=Tap)


class LastShown:
    """What messages of ours show, as far as we remember: so that nothing is edited into itself.

    Only saves calls that Telegram would refuse; forgetting is harmless. Keeps hashes, no words.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._hashes: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._most = most

    def note(self, chat_id: int, message_id: int, shown: str) -> None:
        """Remember what a message shows now."""
        self._hashes[chat_id, message_id] = hash(shown)
        self._hashes.move_to_end((chat_id, message_id))
        if len(self._hashes) > self._most:
            self._hashes.popitem(last=False)

    def is_shown(self, chat_id: int, message_id: int, shown: str) -> bool:
        """Say whether the message is known to show just that."""
        return self._hashes.get((chat_id, message_id)) == hash(shown)


class Courtesy:
    """Whom we told lately that we have no use for what they sent: an album is one thing to them.

    Only spares people a row of the same line; forgetting is harmless. In seconds of *clock*.
    """

    def __init__(
        self, clock: Callable[[], float] = monotonic, every: float = 10.0, most: int = 1_000
    ) -> None:
        self._told: OrderedDict[int, tuple[float, str | None]] = OrderedDict()
        self._clock, self._every, self._most = clock, every, most

    def is_due(self, person: int, album: str | None) -> bool:
        """Say whether to tell *person* now, and take it as told. album: the group of a photo."""
        at, told_of = self._told.get(person, (-self._every, None))
        is_same = album is not None and album == told_of
        if is_same or self._clock() - at < self._every:
            return False
        self._told[person] = (self._clock(), album)
        self._told.move_to_end(person)
        if len(self._told) > self._most:
            self._told.popitem(last=False)
        return True


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One turn's means. run: runs the turn's one action, and marks the update as applied with it.

    ask: runs what only asks, before that. sent: the ids of the messages that this turn sent.
    courtesy: whom we have just told that we have no use for something.
    """

    run: Runner
    ask: Runner
    sent: list[int]
    last_shown: LastShown
    courtesy: Courtesy


AnyApplication = Application[Any, Context, Any, Any, Any, Any]


def build_application(bot: ExtBot[Any]) -> AnyApplication:
    """Return an application that only lends its objects: updates come from our inbox."""
    context_types = ContextTypes(context=Context)
    return Application.builder().bot(bot).updater(None).context_types(context_types).build()


def command(
    name: str, callback: Callable[[Update, Context], Coroutine[Any, Any, None]]
) -> CommandHandler[Context, None]:
    """Return a handler of /*name* that takes new messages only: an edited one runs nothing."""
    return CommandHandler(name, callback, filters=filters.UpdateType.MESSAGE)


def person_of(update: Update) -> int:
    """Return the Telegram id of who sent the update."""
    assert update.effective_user is not None  # noqa: S101 - the inbox keeps no other updates
    return update.effective_user.id


def language_code_of(update: Update) -> str | None:
    """Return the language that the sender's Telegram is set to, if it tells."""
    return update.effective_user.language_code if update.effective_user else None


def tap_of(update: Update, kind: type[AnyTap]) -> AnyTap:
    """Return what the tapped button carried. Errors: TypeError where it is no *kind*."""
    data = update.callback_query.data if update.callback_query else None
    tap = read(data or "")
    if not isinstance(tap, kind):
        raise TypeError(f"expected a {kind.__name__}")
    return tap


def matches(*kinds: type[Tap]) -> Callable[[object], bool]:
    """Return a pattern for CallbackQueryHandler: is it a tap of one of these *kinds*?"""

    def is_one(data: object) -> bool:
        return isinstance(data, str) and isinstance(read(data), kinds)

    return is_one
