"""The command line: what an operator types. Wrong settings or content: every fault, a line each, exit 2."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from commensal import __version__, contents, operating
from commensal.roles import Role, check
from commensal.settings import Settings
from domain.errors import ContentError, SettingsError, Unavailable


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 wrong settings, content or words."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.command(arguments))
    except (SettingsError, ContentError) as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)  # noqa: T201 - this is the command line
        return 2
    except Unavailable:
        print("the database is away or busy; what was done stays, so run it again", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="commensal",
        description="A Telegram bot for habit and symptom check-ins: a diary, never a doctor.",
        epilog="Settings come from the environment; `commensal settings` lists them.",
    )
    parser.add_argument("--version", action="version", version=f"commensal {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=act)
        return sub

    run = command("run", _run, "Run the bot: poll Telegram or serve its webhook, until stopped.")
    run.add_argument(
        "--role",
        choices=[role.value for role in Role],
        default=Role.ALL.value,
        help="what this process does of it, beside others on PostgreSQL (default: all)",
    )
    command("sandbox", _sandbox, "Try the bot without Telegram: a chat page on this machine.")
    command("migrate", _migrate, "Bring the database to this release's schema.")
    command("settings", _settings, "List every setting with its default and its reason.")
    operating.add(commands)
    key = commands.add_parser("key", help="The key file.").add_subparsers(required=True)
    new = key.add_parser("new", help="Make a new key file; refused where there is one already.")
    new.add_argument("--if-absent", action="store_true", help="leave a file that is there alone")
    new.set_defaults(command=_key_new)
    contents.add(commands)
    return parser


def _run(arguments: argparse.Namespace) -> int:
    for number in (signal.SIGTERM, signal.SIGINT):  # what is imported next takes its time
        signal.signal(number, _leave)
    settings, role = Settings.read(os.environ), Role(arguments.role)
    check(role, settings)
    from commensal import run

    return run.main(settings, role)


def _leave(*_: object) -> NoReturn:
    """Told to stop before anything began."""
    raise SystemExit(0)


def _settings_alone() -> Settings:
    """Return what is set for a command that talks to nobody; warnings go to standard error."""
    settings = Settings.read(os.environ, for_sandbox=True)
    for warning in settings.warnings:
        print(warning, file=sys.stderr)  # noqa: T201
    return settings


def _sandbox(_: argparse.Namespace) -> int:
    settings = _settings_alone()
    from commensal import trial

    return trial.main(settings)


def _migrate(_: argparse.Namespace) -> int:
    settings = _settings_alone()
    from commensal.house import migrate_only

    before, after = asyncio.run(migrate_only(settings))
    said = f"at {after} already" if before == after else f"from {before or 'nothing'} to {after}"
    print(f"schema: {said}")  # noqa: T201
    return 0


def _settings(_: argparse.Namespace) -> int:
    from commensal.settings import table

    print(table(), end="")  # noqa: T201
    return 0


def _key_new(arguments: argparse.Namespace) -> int:
    from storage.crypto import new_key_file

    path = _settings_alone().key_file
    try:
        new_key_file(path)
    except FileExistsError:
        if arguments.if_absent:
            print(f"{path} is there already")  # noqa: T201
            return 0
        raise SettingsError(
            [f"COMMENSAL_KEY_FILE: {path} is there already and is left alone: without it, what "
             "was written under it could never be read again"]
        ) from None  # fmt: skip
    print(f"{path} made: keep a copy apart from the database")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
