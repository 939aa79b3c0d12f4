"""The methods of the Bot API that this Telegram knows, one subject a module.

A method is a function from a `Call` to its result. Its parameters are checked against the spec before;
what is left to it are Telegram's rules.
"""

from sandbox.methods import callbacks, chats, editing, media, messages, profile
from sandbox.methods.registry import METHODS, Call

__all__ = ["METHODS", "Call", "callbacks", "chats", "editing", "media", "messages", "profile"]
