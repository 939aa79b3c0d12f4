"""Screens out to Telegram: answers to people.

An answer that was not sent is tried again until it is a minute old. Nothing here decides what to
show. What comes due by itself goes through bot/sender.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

import structlog
from telegram import Document as TelegramDocument
from telegram import InputFile, Update
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from actions.work import Here
from bot.context import Context
from bot.keyboards import inline, markup
from bot.request import NotSent, asked_wait
from bot.screen import Document, Para, Screen, html
from bot.screens import render

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
    text, buttons = html(screen), inline(screen)
    looks = _looks(screen)
    if context.last_shown.is_shown(chat_id, message_id, looks):
        return  # the second of two taps
    edit = partial(query.edit_message_text, text, parse_mode=ParseMode.HTML, reply_markup=buttons)
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
                chat.id, html(screen), parse_mode=ParseMode.HTML, reply_markup=markup(screen)
            )
        )
        context.sent.append(message.message_id)
        context.last_shown.note(chat.id, message.message_id, _looks(screen))
    for document in screen.documents:
        message = await until_sent(partial(context.bot.send_document, chat.id, _file(document)))
        context.sent.append(message.message_id)


def _looks(screen: Screen) -> str:
    buttons = inline(screen)
    return f"{html(screen)}{buttons.to_json() if buttons else ''}"


async def fetch(document: TelegramDocument) -> bytes:
    """Return what is in a file that a person sent. Errors: TelegramError."""
    file = await until_sent(document.get_file, again_if_unknown=True)
    return bytes(await until_sent(file.download_as_bytearray, again_if_unknown=True))


async def until_sent(call: Callable[[], Awaitable[R]], again_if_unknown: bool = False) -> R:
    """Make *call*, again with backoff while it was surely not sent, for a minute at the most.

    *again_if_unknown*: also where nobody knows whether it took effect, as a second one does no
    harm. Errors: the last TelegramError.
    """
    clock = asyncio.get_running_loop().time
    over_at = clock() + ANSWER_WITHIN
    pause = 0.25
    last: TelegramError
    while True:
        try:
            return await call()
        except RetryAfter as error:
            pause, last = asked_wait(error).total_seconds(), error
        except (BadRequest, Forbidden):
            raise
        except (NetworkError, InvalidToken) as error:
            if not (isinstance(error, NotSent | InvalidToken) or again_if_unknown):
                raise
            pause, last = min(pause * 2, 8.0), error
        if clock() + pause > over_at:
            raise last
        await asyncio.sleep(pause)


def _file(document: Document) -> InputFile:
    return InputFile(document.content, filename=document.name)


def _sentence(text: str) -> Screen:
    return Screen((Para(text),))
