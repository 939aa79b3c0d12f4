"""Screens out to Telegram: answers to people, and the one sender of reminders.

An answer that was not sent is tried again until it is a minute old. What a send came to is told
as a receipt, never as an error. Nothing here decides what to show.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from actions.work import Here
from bot.context import Context, Count, count_nothing
from bot.limiter import BULK
from bot.request import NotSent
from bot.screen import (
    Button,
    Document,
    LocationKeyboard,
    NoKeyboard,
    Para,
    Row,
    Screen,
    html,
)
from bot.screens import render
from bot.tap import write
from domain.delivery import Outcome, Receipt, Recipient

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

ANSWER_WITHIN = 60.0
"""Seconds for which an answer that was not sent is tried again."""

R = TypeVar("R")


async def show(update: Update, context: Context, here: Here) -> None:
    """Show *here*: in place of the tapped message where that can be, else as new messages."""
    screens = [render(view, here.language) for view in here.views]
    shown = _show_all(update, context, screens)
    if update.callback_query:
        await asyncio.gather(answer_tap(update, here.toast), shown)
    else:
        await shown


async def answer_tap(update: Update, text: str | None, alert: bool = False) -> None:
    """Answer the tap itself: stop its spinner, with a word where there is one to say."""
    query = update.callback_query
    assert query is not None  # noqa: S101 - only called for taps
    try:
        await until_sent(lambda: query.answer(text=text, show_alert=alert))
    except TelegramError as error:  # too old, or answered before: the screen is what counts
        log.info("tap_not_answered", reason=type(error).__name__)


async def say(update: Update, context: Context, text: str) -> None:
    """Say one sentence: on the button that was tapped, else as a message."""
    if update.callback_query:
        await answer_tap(update, text, alert=True)
    else:
        await _send(update, context, _sentence(text))


class Sender:
    """Sends what is due through the bot's one limiter, behind answers to people."""

    def __init__(
        self, bot: ExtBot[Any], problem: Callable[[str], None], count: Count = count_nothing
    ) -> None:
        self._bot = bot
        self._count = count
        self._problem = problem
        self._closing = False
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def close(self, within: float) -> None:
        """Start no more sends; wait, *within* seconds, for those in flight."""
        self._closing = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)

    async def __call__(self, to: Recipient, screen: Screen, *, silent: bool) -> Receipt:
        """Send once; say what became of it."""
        if self._closing:
            return Receipt(Outcome.NOT_SENT)
        self._in_flight += 1
        self._idle.clear()
        try:
            receipt = await self._try(to, screen, silent)
            if receipt.outcome is Outcome.SENT:
                self._problem("")
            self._count("deliveries", receipt.outcome.value)
            return receipt
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def _try(self, to: Recipient, screen: Screen, silent: bool) -> Receipt:
        try:
            return Receipt(Outcome.SENT, (await self._send(to.chat_id, screen, silent)).message_id)
        except ChatMigrated as error:
            return await self._try(Recipient(to.person_id, error.new_chat_id), screen, silent)
        except InvalidToken:
            self._problem("Telegram does not know this token")
            return Receipt(Outcome.NOT_SENT)
        except TelegramError as error:
            return _receipt(error)

    async def _send(self, chat_id: int, screen: Screen, silent: bool) -> Message:
        return await self._bot.send_message(
            chat_id,
            html(screen),
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(screen),
            disable_notification=silent,
            link_preview_options=None,
            rate_limit_args=BULK,
        )


def _receipt(error: TelegramError) -> Receipt:
    match error:
        case RetryAfter():
            return Receipt(Outcome.NOT_SENT, retry_in=_wait(error))
        case NotSent():
            return Receipt(Outcome.NOT_SENT)
        case Forbidden():
            return Receipt(Outcome.GONE)
        case BadRequest() if "chat not found" in error.message.lower():
            return Receipt(Outcome.NOT_FOUND)
        case NetworkError() if not isinstance(error, BadRequest):
            return Receipt(Outcome.UNKNOWN)
        case _:
            log.error("reminder_refused", reason=error.message)
            return Receipt(Outcome.REFUSED)


async def _show_all(update: Update, context: Context, screens: Sequence[Screen]) -> None:
    for screen in screens[:-1]:
        await _send(update, context, screen)
    last = screens[-1]
    editable = update.callback_query and update.callback_query.message
    if not editable or last.keep or last.keyboard or last.documents:
        await _send(update, context, last)
    else:
        await _edit(update, context, last)


async def _edit(update: Update, context: Context, screen: Screen) -> None:
    query = update.callback_query
    assert query is not None  # noqa: S101 - only called for taps
    assert query.message is not None  # noqa: S101 - asked before
    chat_id, message_id = query.message.chat.id, query.message.message_id
    text, markup = html(screen), _inline(screen)
    looks = f"{text}{markup.to_json() if markup else ''}"
    if context.last_shown.is_shown(chat_id, message_id, looks):
        return  # the second of two taps
    edit = partial(query.edit_message_text, text, parse_mode=ParseMode.HTML, reply_markup=markup)
    try:
        await until_sent(edit, again_if_unknown=True)
    except BadRequest as error:
        if "not modified" not in error.message:
            log.info("screen_sent_anew", reason=error.message)
            await _send(update, context, screen)
            return  # else: it was shown before the restart
    context.last_shown.note(chat_id, message_id, looks)


async def _send(update: Update, context: Context, screen: Screen) -> None:
    chat = update.effective_chat
    assert chat is not None  # noqa: S101 - the inbox keeps private chats only
    if screen.blocks:
        message = await until_sent(
            lambda: context.bot.send_message(
                chat.id, html(screen), parse_mode=ParseMode.HTML, reply_markup=_markup(screen)
            )
        )
        context.sent.append(message.message_id)
    for document in screen.documents:
        message = await until_sent(partial(context.bot.send_document, chat.id, _file(document)))
        context.sent.append(message.message_id)


async def until_sent(call: Callable[[], Awaitable[R]], again_if_unknown: bool = False) -> R:
    """Make *call*, again with backoff while it was surely not sent, for a minute at the most.

    A call whose outcome nobody knows is made once more where a second one does no harm
    (*again_if_unknown*). Errors: the last TelegramError.
    """
    clock = asyncio.get_running_loop().time
    over_at = clock() + ANSWER_WITHIN
    pause = 0.25
    last: TelegramError
    while True:
        try:
            return await call()
        except RetryAfter as error:
            pause, last = _wait(error).total_seconds(), error
        except (BadRequest, Forbidden):
            raise
        except NetworkError as error:
            if not (isinstance(error, NotSent) or again_if_unknown):
                raise
            pause, last = min(pause * 2, 8.0), error
        if clock() + pause > over_at:
            raise last
        await asyncio.sleep(pause)


def _wait(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _markup(
    screen: Screen,
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    match screen.keyboard:
        case LocationKeyboard(share=label):
            button = KeyboardButton(label, request_location=True)
            return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
        case NoKeyboard():
            return ReplyKeyboardRemove()
        case None:
            return _inline(screen)


def _inline(screen: Screen) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([_row(row) for row in screen.rows]) if screen.rows else None


def _row(row: Row) -> list[InlineKeyboardButton]:
    return [
        InlineKeyboardButton(button.label, callback_data=write(button.tap))
        if isinstance(button, Button)
        else InlineKeyboardButton(button.label, url=button.url)
        for button in row
    ]


def _file(document: Document) -> InputFile:
    return InputFile(document.content, filename=document.name)


def _sentence(text: str) -> Screen:
    return Screen((Para(text),))
