"""The bot's face: its name, descriptions, commands and menu button, by language and scope."""

from __future__ import annotations

import re
from typing import Any

from sandbox.methods.registry import Call, method
from sandbox.refusal import bad
from sandbox.world import World

Json = dict[str, Any]

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
TEXTS = {
    "Name": ("name", "name", 64),
    "Description": ("description", "description", 512),
    "ShortDescription": ("short_description", "short_description", 120),
}
"""Method's ending → parameter, field of the bot, most characters."""


def _language(call: Call) -> str:
    code = str(call.values.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("invalid language code specified")
    return code


def _text_methods(ending: str, parameter: str, most: int) -> None:
    @method(f"setMy{ending}")
    def set_text(call: Call) -> bool:
        text = call.values.get(parameter, "")
        if len(text) > most:
            raise bad(f"bot {parameter.replace('_', ' ')} is too long")
        texts: dict[str, str] = getattr(call.world.bot, parameter)
        language = _language(call)
        if text:
            texts[language] = text
        else:
            texts.pop(language, None)
        call.world.changes.tell("bot")
        return True

    @method(f"getMy{ending}")
    def get_text(call: Call) -> Json:
        texts: dict[str, str] = getattr(call.world.bot, parameter)
        fallback = call.world.bot.first_name if parameter == "name" else ""
        return {parameter: texts.get(_language(call)) or texts.get("") or fallback}


for _ending, (_parameter, _field, _most) in TEXTS.items():
    _text_methods(_ending, _parameter, _most)


def _scope(call: Call) -> str:
    scope = call.values.get("scope") or {"type": "default"}
    parts = [scope["type"], *(str(scope[k]) for k in ("chat_id", "user_id") if k in scope)]
    return "/".join(parts) + "/" + _language(call)


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands = call.values["commands"]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        command["command"] = command["command"].removeprefix("/")
        if not COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.bot.commands[_scope(call)] = commands
    call.world.changes.tell("bot")
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    return call.world.bot.commands.get(_scope(call), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    call.world.bot.commands.pop(_scope(call), None)
    call.world.changes.tell("bot")
    return True


@method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    button = call.values.get("menu_button") or {"type": "default"}
    call.world.bot.menu[str(call.values.get("chat_id", ""))] = button
    call.world.changes.tell("bot")
    return True


@method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Json:
    menu = call.world.bot.menu
    button = menu.get(str(call.values.get("chat_id", ""))) or menu.get("")
    return button or {"type": "commands"}


def commands_for(world: World, chat_id: int, chat_type: str, language: str) -> list[Json]:
    """Return the commands that a person sees in a chat: the narrowest scope that has some."""
    kind = "all_private_chats" if chat_type == "private" else "all_group_chats"
    for scope in (f"chat/{chat_id}", kind, "default"):
        for tag in dict.fromkeys((language[:2], "")):
            commands = world.bot.commands.get(f"{scope}/{tag}")
            if commands:
                return commands
    return []


def text_for(texts: dict[str, str], language: str) -> str:
    """Return a text of the bot's in a person's language, else the one for everybody."""
    return texts.get(language[:2]) or texts.get("", "")
