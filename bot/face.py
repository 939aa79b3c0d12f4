"""The bot's face: commands and descriptions, registered per language, and only where they changed."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.screens.home import commands, descriptions
from content.language import Language
from content.library import FALLBACK, Library

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

SCOPE = BotCommandScopeAllPrivateChats()


async def register(bot: ExtBot[Any], library: Library) -> None:
    """Set what differs from what Telegram has. A failure is logged: the bot works without its face."""
    for tag, language in library.languages.items():
        code = None if tag == FALLBACK else tag.partition("-")[0]
        try:
            await _register(bot, language, code)
        except TelegramError as error:
            log.warning("face_not_registered", language=tag, reason=type(error).__name__)


async def _register(bot: ExtBot[Any], language: Language, code: str | None) -> None:
    listed = tuple(BotCommand(name, text) for name, text in commands(language))
    if await bot.get_my_commands(SCOPE, code) != listed:
        await bot.set_my_commands(listed, SCOPE, code)
    long, short = descriptions(language)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
