"""The ways in: HTTP, the first word with Telegram, and what brings updates."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.context import AnyApplication
from bot.inbox import Inbox
from bot.poller import ALLOWED_UPDATES, Poller, PollingBot
from commensal.health import Wellbeing
from commensal.operator import Operator
from commensal.roles import Role
from commensal.settings import Settings
from commensal.tasks import AGAIN_IN, keep
from domain.errors import SettingsError
from storage.election import elected, number_of
from web.app import build as build_web
from web.health import Health
from web.metrics import Metrics
from web.serve import listen, serve
from web.webhook import Webhook

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def open_web(
    settings: Settings, role: Role, inbox: Inbox, health: Wellbeing, metrics: Metrics
) -> Callable[[], Awaitable[None]]:
    """Answer HTTP from now on; return what closes it. Errors: SettingsError where the port is taken."""
    closing = asyncio.Event()

    async def receive(update: dict[str, Any]) -> None:
        await inbox.receive([update])

    webhook = None
    if role.serves and settings.webhook_secret and settings.webhook_path:
        secret = settings.webhook_secret.reveal()
        webhook = Webhook(secret, receive, path=settings.webhook_path, count=metrics.count)
    app = build_web(Health(health.probes()), metrics, webhook)
    try:
        opened = listen(*settings.listen)
    except OSError as error:
        raise SettingsError([f"COMMENSAL_LISTEN: cannot listen there ({error.strerror})"]) from None
    server = asyncio.create_task(serve(app, opened, closing))
    server.add_done_callback(lambda _: closing.is_set() or log.error("web_ended"))

    async def close() -> None:
        closing.set()
        await asyncio.gather(server, return_exceptions=True)

    return close


async def greet(application: AnyApplication, health: Wellbeing, stop: asyncio.Event) -> bool:
    """Ask Telegram who we are until it answers; False where *stop* came first.

    Errors: SettingsError where what answers is no Bot API.
    """
    waits, wait = iter(AGAIN_IN), 0.0
    while not stop.is_set():
        try:
            await application.initialize()
            health.set("telegram", "")
            return True
        except (InvalidToken, BadRequest) as error:
            if "not found" in error.message.lower():
                raise SettingsError(
                    ["COMMENSAL_TELEGRAM_API: answers 'not found': no Bot API is there, or the "
                     "token is malformed"]
                ) from None  # fmt: skip
            health.set("telegram", "Telegram does not know this token")
        except TelegramError as error:
            health.set("telegram", f"Telegram cannot be reached ({type(error).__name__})")
        wait = next(waits, wait)
        log.warning("not_greeted", reason=health.problems["telegram"], again_in=wait)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)
    return False


def open_door(
    bot: PollingBot,
    inbox: Inbox,
    settings: Settings,
    role: Role,
    health: Wellbeing,
    operator: Operator,
) -> asyncio.Task[None]:
    """Let updates in: by polling, or by the webhook where one is set; or leave that to others.

    Of several processes on PostgreSQL one polls; the others wait until it ends.
    """

    async def open_webhook() -> None:
        assert settings.webhook_url and settings.webhook_secret  # noqa: S101, PT018 - Settings.read
        await bot.set_webhook(
            settings.webhook_url,
            allowed_updates=list(ALLOWED_UPDATES),
            secret_token=settings.webhook_secret.reveal(),
        )
        health.set("updates", "")

    async def poll() -> None:
        log.info("polling")
        await bot.delete_webhook()
        problem = partial(health.set, "updates")
        poller = Poller(bot, inbox.receive, problem, operator.tell)
        await poller.run()

    async def poll_if_elected() -> None:
        health.set("updates", "")
        number = number_of(f"commensal polls for {bot.id}")
        await elected(settings.database_url.reveal(), number, poll)

    async def leave_it() -> None:
        """Other processes do it."""

    if settings.webhook_url:
        enter = open_webhook if role.serves else leave_it
    elif role.polls:
        enter = poll if settings.database_file is not None else poll_if_elected
    else:
        enter = leave_it
    return keep("updates", health, enter)
