"""The words of the commands that work on a bot's messages: `commensal outbox` and `commensal announce`.

Only how they are typed: what they do is in commensal/outbox and commensal/announce, and is loaded
when one of them is meant.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from domain.delivery import State

CAN_COME_AGAIN = (State.FAILED, State.UNKNOWN, State.EXPIRED)
CAN_BE_DROPPED = (State.DUE, State.UNKNOWN)


def since(text: str) -> timedelta:
    """Read a length of time: 90m, 2h, 3d. Errors: ArgumentTypeError."""
    found = re.fullmatch(r"(\d{1,5})([mhd])", text.strip().lower(), re.ASCII)
    if not found:
        raise argparse.ArgumentTypeError(f"{ascii(text)[:20]} is no time like 90m, 2h or 3d")
    if not int(found[1]):
        raise argparse.ArgumentTypeError(
            f"{ascii(text)[:20]} is no time at all: give one like 90m, 2h or 3d"
        )
    unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2]]
    return timedelta(**{unit: int(found[1])})


def few(text: str) -> int:
    """Read how many rows to show. Errors: ArgumentTypeError."""
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or not int(text):
        raise argparse.ArgumentTypeError(f"{ascii(text)[:20]} is no number from 1 to 99999")
    return int(text)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both to the command line."""
    _add_outbox(commands)
    _add_announce(commands)


def _add_outbox(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "What is due and did not go out."
    kinds = commands.add_parser("outbox", help=text, description=text).add_subparsers(required=True)
    text = "Count what is due, failed, was missed or has no known outcome."
    listing = kinds.add_parser("list", help=text, description=text)
    listing.add_argument("--rows", nargs="?", type=few, const=50, default=0, metavar="N",
                         help="show the messages themselves, 50 or N of them, the oldest first")  # fmt: skip
    listing.add_argument("--json", action="store_true", help="for scripts")
    _choosing(listing, tuple(State))
    listing.set_defaults(command=_list)
    for name, act, states, text in (
        ("retry", _retry, CAN_COME_AGAIN, "Send again what did not come, if it is still wanted."),
        ("drop", _drop, CAN_BE_DROPPED, "Never send what is due and waits."),
    ):
        sub = kinds.add_parser(name, help=text, description=text)
        sub.add_argument("ids", nargs="*", metavar="ID", help="as `outbox list --rows` shows it")
        _choosing(sub, states)
        sub.add_argument("--dry-run", action="store_true", help="count, and change nothing")
        sub.add_argument("--yes", action="store_true", help="do not ask")
        sub.set_defaults(command=act, usage=sub)


def _choosing(parser: argparse.ArgumentParser, states: Iterable[State]) -> None:
    parser.add_argument("--state", action="append", choices=[s.value for s in states],
                        default=[], help="only these; may be given several times")  # fmt: skip
    parser.add_argument("--since", type=since, metavar="TIME", help="due in the last 90m, 2h, 3d")


def _add_announce(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "Tell everybody what they must know, once, in their language."
    sub = commands.add_parser("announce", help=text, description=text)
    sub.add_argument("file", nargs="?", type=Path, help="a TOML file with a text for each language")
    sub.add_argument("--status", action="store_true", help="what became of earlier announcements")
    sub.add_argument("--dry-run", action="store_true", help="show it and count, and tell nobody")
    sub.add_argument("--yes", action="store_true", help="do not ask")
    sub.set_defaults(command=_announce, usage=sub)


def _list(arguments: argparse.Namespace) -> int:
    from commensal import outbox

    return outbox.show(arguments)


def _retry(arguments: argparse.Namespace) -> int:
    from commensal import outbox

    return outbox.retry(arguments)


def _drop(arguments: argparse.Namespace) -> int:
    from commensal import outbox

    return outbox.drop(arguments)


def _announce(arguments: argparse.Namespace) -> int:
    from commensal import announce

    return announce.main(arguments)
