"""A part of the bot runs beside others on PostgreSQL only; and a process can be told to stop at any time."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from commensal.roles import Role
from tests.commensal.commands import commensal, environ_of
from tests.races.bot_process import TOKEN

NOWHERE = "http://127.0.0.1:9"
"""Nothing listens here."""


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ALL])
def test_a_part_of_the_work_is_refused_on_sqlite(tmp_path: Path, role: Role) -> None:
    said = commensal("run", "--role", role, DATA_DIR=str(tmp_path), BOT_TOKEN=TOKEN, TELEGRAM_API=NOWHERE)  # fmt: skip

    assert said.code == 2
    assert said.faults == [
        f"COMMENSAL_DATABASE_URL: --role {role} needs PostgreSQL: on SQLite one process does everything"
    ]
    assert not (tmp_path / "commensal.db").exists()


def test_nobody_polls_where_a_webhook_is_set(tmp_path: Path) -> None:
    said = commensal(
        "run", "--role", "poll", DATA_DIR=str(tmp_path), BOT_TOKEN=TOKEN, TELEGRAM_API=NOWHERE,
        DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing",
        WEBHOOK_URL="https://bot.example.org", WEBHOOK_SECRET="secret",
    )  # fmt: skip

    assert said.code == 2
    assert said.faults[0].startswith("COMMENSAL_WEBHOOK_URL: with it nobody polls")


@pytest.mark.asyncio
async def test_told_to_stop_while_it_still_starts_it_ends_well(tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path), "BOT_TOKEN": TOKEN, "TELEGRAM_API": NOWHERE, "LISTEN": "127.0.0.1:0"}  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "commensal.cli", "run",
        env=environ_of(settings), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(30):
        while not _hears(process.pid):  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.005)
        os.kill(process.pid, signal.SIGTERM)
        _, said = await process.communicate()

    assert (process.returncode, said) == (0, b"")


def _hears(pid: int) -> bool:
    """Say whether a process has a handler for SIGTERM."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
