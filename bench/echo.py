"""The far end of every measurement: a Bot API that only counts, in a process of its own.

It takes any message after a fixed delay, hands out updates that were loaded into it, and keeps the
moments at which messages arrived, by its own clock. It checks nothing: that is the sandbox's work.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import aiohttp
import orjson
import uvloop
from aiohttp import web

TOKEN = "77:nothing-but-a-bench"

BATCH = 100
"""Updates handed out at once, as at Telegram."""

LONGEST_POLL = 10.0
"""Seconds for which a fetch waits for an update."""

LOOK_EVERY = 0.005
"""Seconds between looks at whether a measurement is over."""


@dataclass
class Round:
    """One measurement. Moments are in seconds on this process's clock.

    arrivals: (moment, text) of every message. polled_at, handed_at: the latest fetch, the first one
    that was given anything. acknowledged: updates that the bot will not be given again.
    """

    latency: float = 0.0
    waiting: list[dict[str, Any]] = field(default_factory=list)
    arrivals: list[tuple[float, str]] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    polled_at: float = 0.0
    handed_at: float = 0.0
    acknowledged: int = 0

    async def take(self, values: dict[str, Any]) -> dict[str, Any]:
        """Let a message arrive."""
        text = str(values["text"])
        self.arrivals.append((monotonic(), text))
        self.answered.add(text)
        number = len(self.arrivals)
        await asyncio.sleep(self.latency)
        return _message(number, int(values["chat_id"]))

    async def hand_out(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer a fetch; what lies before its offset is acknowledged."""
        self.polled_at = monotonic()
        before = len(self.waiting)
        self.waiting = [u for u in self.waiting if u["update_id"] >= int(values.get("offset", 0))]
        self.acknowledged += before - len(self.waiting)
        until = self.polled_at + min(float(values.get("timeout", 0)), LONGEST_POLL)
        while not self.waiting and monotonic() < until:  # noqa: ASYNC110 - kept plain, as it is timed
            await asyncio.sleep(LOOK_EVERY)
        if self.waiting:
            self.handed_at = self.handed_at or monotonic()
        return self.waiting[:BATCH]

    async def over(self, answered: int, quiet: float, within: float) -> None:
        """Wait until *answered* messages differ, or nothing came for *quiet* seconds.

        Quiet is counted from a fetch that found nothing, made since this was asked.
        """
        asked_at = monotonic()
        while monotonic() < asked_at + within and len(self.answered) < answered:
            latest = max(self.polled_at, self.arrivals[-1][0] if self.arrivals else 0.0)
            fetched = self.polled_at > asked_at and not self.waiting
            if fetched and monotonic() - latest > quiet:
                return
            await asyncio.sleep(LOOK_EVERY)


class Echo:
    """The server. A fetch that a killed bot left open belongs to its own round."""

    def __init__(self) -> None:
        self.round = Round()

    async def call(self, request: web.Request) -> web.Response:
        """Answer one call of the Bot API."""
        now, method = self.round, request.match_info["method"].lower()
        values = dict(await request.post())
        if method == "sendmessage":
            return _result(await now.take(values))
        if method == "getupdates":
            return _result(await now.hand_out(values))
        return _result(_BOT if method == "getme" else True)

    async def load(self, request: web.Request) -> web.Response:
        """Start a round: with so many updates, of so many people, and this latency."""
        asked = await request.json()
        updates = [_update(n, 1 + n % asked["people"]) for n in range(1, asked["updates"] + 1)]
        self.round = Round(asked["latency"], updates)
        return _result(True)

    async def wait(self, request: web.Request) -> web.Response:
        """Say what was seen, once the round is over."""
        now = self.round
        await now.over(**await request.json())
        return _result(
            {
                "moments": [moment for moment, _ in now.arrivals],
                "answered": len(now.answered),
                "acknowledged": now.acknowledged,
                "handed_at": now.handed_at,
            }
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What the far end saw. answered: different messages; moments: of all that arrived, in order."""

    moments: list[float]
    answered: int
    acknowledged: int
    handed_at: float


class Far:
    """This process's end of the echo server."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def load(self, latency: float, updates: int = 0, people: int = 1) -> None:
        """Forget what was, and start anew."""
        await self._ask("load", latency=latency, updates=updates, people=people)

    async def wait(self, answered: int, quiet: float = 60.0, within: float = 30.0) -> Seen:
        """Wait as Round.over says; at most *within* seconds."""
        return Seen(**await self._ask("wait", answered=answered, quiet=quiet, within=within))

    async def _ask(self, what: str, **values: float) -> Any:  # noqa: ANN401 - JSON
        async with self._session.post(f"{self.url}/bench/{what}", json=values) as answer:
            return (await answer.json())["result"]


@asynccontextmanager
async def far_end() -> AsyncIterator[Far]:
    """Run an echo server in a process of its own, on a free port of loopback, until the end."""
    command = [sys.executable, "-m", "bench.echo"]
    server = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        url = (await asyncio.wait_for(server.stdout.readline(), 20)).decode().strip()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as session:
            yield Far(url, session)
    finally:
        server.kill()
        await server.wait()


_BOT = {"id": 77, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


def _message(number: int, chat_id: int) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "Somebody"}
    return {"message_id": number, "date": 1, "chat": chat, "from": _BOT, "text": "taken"}


def _update(number: int, who: int) -> dict[str, Any]:
    sender = {"id": who, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
    message = {**_message(number, who), "from": sender, "text": f"message {number}"}
    return {"update_id": number, "message": message}


def _result(result: object) -> web.Response:
    body = orjson.dumps({"ok": True, "result": result})
    return web.Response(body=body, content_type="application/json")


async def _serve() -> None:
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # bots are killed in mid-call
    echo = Echo()
    app = web.Application()
    app.router.add_post("/bench/load", echo.load)
    app.router.add_post("/bench/wait", echo.wait)
    app.router.add_post("/bot{token}/{method}", echo.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    print(f"http://{host}:{port}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(_serve())
