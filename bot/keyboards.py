"""A screen's buttons as Telegram's keyboards."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.screen import Button, LocationKeyboard, NoKeyboard, Row, Screen
from bot.tap import write


def markup(
    screen: Screen,
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    match screen.keyboard:
        case LocationKeyboard(share=label):
            button = KeyboardButton(label, request_location=True)
            return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
        case NoKeyboard():
            return ReplyKeyboardRemove()
        case None:
            return inline(screen)


def inline(screen: Screen) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([_row(row) for row in screen.rows]) if screen.rows else None


def _row(row: Row) -> list[InlineKeyboardButton]:
    return [
        InlineKeyboardButton(button.label, callback_data=write(button.tap))
        if isinstance(button, Button)
        else InlineKeyboardButton(button.label, url=button.url)
        for button in row
    ]
