"""The bot as a process of its own, as operators run it: to be killed, and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

TOKEN = "77:a-token-of-the-races-0123456789abcdefgh"


class BotProcess:
    """`commensal run` on *folder*, against the Bot API at *api*. What it logs goes to a file there,
    called by *name*. role: which part of the work it does."""

    def __init__(
        self, folder: Path, api: str, *, role: str = "all", name: str = "bot", **more: str
    ) -> None:
        self.log = folder / f"{name}.log"
        self._role = role
        self._environ = {
            **{name: value for name, value in os.environ.items() if "COMMENSAL" not in name},
            "COMMENSAL_DATA_DIR": str(folder),
            "COMMENSAL_TELEGRAM_API": api,
            "COMMENSAL_BOT_TOKEN": TOKEN,
            "COMMENSAL_LISTEN": "127.0.0.1:0",
            "COMMENSAL_MESSAGES_PER_CHAT": "100",
            **{f"COMMENSAL_{name}": value for name, value in more.items()},
        }
        self._logged = 0
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        await self.kill()

    async def start(self) -> None:
        """Start it; it may take a moment until it answers."""
        with self.log.open("ab") as log:
            self._logged = len(self.log.read_text(encoding="utf-8"))
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "commensal.cli", "run", "--role", self._role,
                env=self._environ, stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self) -> None:
        """SIGKILL: no time for anything."""
        await self._end(signal.SIGKILL)

    async def stop(self, within: float = 10) -> int:
        """SIGTERM; return the exit code. Errors: TimeoutError if it takes longer than *within* seconds."""
        async with asyncio.timeout(within):
            return await self._end(signal.SIGTERM)

    async def logged(self, words: str, within: float = 20) -> None:
        """Wait until *words* are in its log, since its last start. Errors: TimeoutError."""
        async with asyncio.timeout(within):
            while not self.has_logged(words):  # noqa: ASYNC110 - of another process
                await asyncio.sleep(0.05)

    def has_logged(self, words: str) -> bool:
        """Say whether *words* are in its log, since its last start."""
        return words in self.log.read_text(encoding="utf-8")[self._logged :]

    async def _end(self, number: signal.Signals) -> int:
        process = self._process
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(number)
        return await process.wait()
