"""One bot in a process of its own, so that it can be killed: ours, or python-telegram-bot's stock one.

`stock` keeps nothing and uses httpx; `swapped` is the same on our client, which leaves only the
storing between it and ours. Each answers every message with the number of its update.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop
from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from actions import people
from actions.work import Policy, Runner
from bench.echo import TOKEN
from bot.answering import Doors
from bot.context import Context, build_application
from bot.inbox import Inbox
from bot.poller import Poller, PollingBot
from bot.request import AiohttpRequest
from content.library import Library
from storage.crypto import new_key_file, read_key_file
from storage.database import open_engine, sessions
from storage.migrate import migrate

AT_ONCE = 256
"""Updates that the stock application handles at the same time."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What a handler does. slow: seconds; a handler dawdles for one to ten times as long."""

    slow: float

    async def __call__(self, update: Update) -> int:
        """Dawdle, answer, and return the id of the answer."""
        if self.slow:
            await asyncio.sleep(self.slow * (1 + update.update_id % 10))
        assert update.effective_message is not None
        sent = await update.effective_message.reply_text(str(update.update_id))
        return sent.message_id


async def ours(url: str, folder: Path, slow: float) -> None:
    """Poll into the inbox: stored, then acknowledged; its turn, one action, an answer. For ever."""
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'bench.db'}")
    await migrate(engine)
    key = folder / "bench.key"
    if not key.exists():
        new_key_file(key)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731
    run = Runner(
        sessions(engine), Library.load(), read_key_file(key), Policy(), clock, wake=lambda: None
    )
    bot = PollingBot(
        TOKEN,
        base_url=f"{url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        inbox = Inbox(build_application(bot), run, _doors(Answering(slow)))
        await inbox.replay()
        await Poller(bot, inbox.receive, lambda _: None, _nobody).run()


async def _nobody(*_: object) -> None:
    """There are no groups here, and nothing goes wrong on purpose."""


def _doors(answer: Answering) -> Doors:
    async def handle(update: Update, context: Context) -> None:
        assert update.effective_user is not None
        await context.run(people.language_for, update.effective_user.id, "en")
        context.sent.append(await answer(update))

    async def show_current(update: Update, context: Context) -> None:
        context.sent.append(await answer(update))

    return Doors(
        handle=handle,
        show_current=show_current,
        apologise=_nobody,
        explain_delay=_nobody,
        tell_operator=_nobody,
        hear_group=lambda _: None,
    )


async def stock(url: str, _: Path, slow: float) -> None:
    """python-telegram-bot's own Application and Updater, with what its builder gives. For ever."""
    await _run(Application.builder(), url, slow)


async def swapped(url: str, _: Path, slow: float) -> None:
    """The same, on our client."""
    builder = Application.builder().request(AiohttpRequest())
    await _run(builder.get_updates_request(AiohttpRequest()), url, slow)


async def _run(builder: Any, url: str, slow: float) -> None:  # noqa: ANN401 - six type parameters
    answer = Answering(slow)

    async def handle(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        await answer(update)

    application = builder.token(TOKEN).base_url(f"{url}/bot").concurrent_updates(AT_ONCE).build()
    application.add_handler(MessageHandler(filters.ALL, handle))
    async with application:
        await application.updater.start_polling()
        await application.start()
        await asyncio.Event().wait()


BOTS: dict[str, Callable[[str, Path, float], Awaitable[None]]] = {
    "ours": ours,
    "stock": stock,
    "swapped": swapped,
}


async def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("bot", choices=BOTS)
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("slow", type=float)
    given = parser.parse_args()
    await BOTS[given.bot](given.url, given.folder, given.slow)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(_main())
