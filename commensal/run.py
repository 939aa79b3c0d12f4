"""The composition root's second half: a bot that lives until it is told to stop.

Tasks that end with an error are started again, with backoff. A stop finishes what is in flight
within ten seconds; everything else is stored, and is made good at the next start.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
import uvloop
from telegram.error import BadRequest, InvalidToken, TelegramError

from actions import deliveries, updates
from bot import face
from bot.app import doors
from bot.context import AnyApplication, build_application
from bot.inbox import Inbox
from bot.limiter import Limiter
from bot.pace import Lane
from bot.poller import ALLOWED_UPDATES, Poller, PollingBot
from bot.request import AiohttpRequest
from bot.sender import Sender
from commensal import __version__, logs
from commensal.health import Wellbeing
from commensal.house import House, open_house, zones_version
from commensal.operator import Operator
from commensal.settings import Settings
from commensal.tasks import AGAIN_IN, end, keep
from domain.errors import SettingsError
from jobs import deliver, retention, schedule, zones
from storage import copies
from web.app import build as build_web
from web.health import Health
from web.metrics import Metrics
from web.serve import listen, serve
from web.webhook import Webhook

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

IN_FLIGHT = 6.0
"""Seconds that sends, turns and requests under way have to end at a stop, all at once: under ten."""


def main(settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT, then return 0. Errors: SettingsError, ContentError."""
    logs.configure(settings.log_level, settings.log_format, settings.secrets)
    for warning in settings.warnings:
        log.warning("setting", about=warning)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_signalled(settings))
    return 0


async def _until_signalled(settings: Settings) -> None:
    stop = stop_on_signals()
    async with open_house(settings) as house:
        await live(house, stop)


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def live(house: House, stop: asyncio.Event) -> None:
    """Greet Telegram, make good what an earlier run left, and serve until *stop*."""
    settings, health, metrics = house.settings, Wellbeing(house.run), Metrics(__version__)
    requests = (AiohttpRequest(), AiohttpRequest())
    bot = build_bot(settings, *requests)
    application = build_application(bot)
    operator = Operator(bot, settings.operator_chat)
    around = doors(application, house.run, operator.tell)
    inbox = Inbox(application, house.run, around, metrics.count)
    sender = Sender(bot, partial(health.set, "telegram"), metrics.count)
    metrics.show("inbox", "waiting", inbox.__len__)
    _show_waiting(bot, metrics)
    close_web = _open_web(house, inbox, health, metrics)
    try:
        if not await _greet(application, health, stop):
            return
        await zones.follow(house.run, zones_version())
        log.info("started", bot=bot.username, replayed=await inbox.replay())
        facing = keep("face", health, lambda: face.register(bot, house.run.library))
        door = _open_door(bot, inbox, settings, health, operator)
        well = partial(health.set, "dispatcher", "")
        dispatcher = keep(
            "dispatcher", health, lambda: _dispatch(house, sender, stop, well, metrics)
        )
        scheduler = schedule.start(_ticks(house, sender, metrics))
        await stop.wait()
        log.info("stopping")
        scheduler.shutdown(wait=False)
        house.wake.set()
        await asyncio.gather(
            close_web(),
            end(facing),
            end(door),
            sender.close(IN_FLIGHT),
            inbox.finish(IN_FLIGHT),
            end(dispatcher, IN_FLIGHT),
        )
    finally:
        await close_web()
        await application.shutdown()
        for request in requests:  # the application leaves them open where it never was greeted
            await request.shutdown()
    log.info("stopped")


def build_bot(settings: Settings, request: AiohttpRequest, polling: AiohttpRequest) -> PollingBot:
    """Return the bot on our own transport and limiter. Nothing connects yet."""
    assert settings.bot_token is not None  # noqa: S101 - Settings.read refuses it
    return PollingBot(
        settings.bot_token.reveal(),
        base_url=f"{settings.telegram_api}/bot",
        base_file_url=f"{settings.telegram_api}/file/bot",
        request=request,
        get_updates_request=polling,
        rate_limiter=Limiter(settings.messages_per_second, settings.messages_per_chat),
    )


def _open_web(
    house: House, inbox: Inbox, health: Wellbeing, metrics: Metrics
) -> Callable[[], Awaitable[None]]:
    """Answer HTTP from now on; return what closes it. Errors: SettingsError where the port is taken."""
    settings, closing = house.settings, asyncio.Event()

    async def receive(update: dict[str, Any]) -> None:
        await inbox.receive([update])

    webhook = None
    if settings.webhook_secret and settings.webhook_path:
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


async def _greet(application: AnyApplication, health: Wellbeing, stop: asyncio.Event) -> bool:
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


def _open_door(
    bot: PollingBot, inbox: Inbox, settings: Settings, health: Wellbeing, operator: Operator
) -> asyncio.Task[None]:
    """Let updates in: by polling, or by the webhook where one is set."""

    async def open_webhook() -> None:
        assert settings.webhook_url and settings.webhook_secret  # noqa: S101, PT018 - Settings.read
        await bot.set_webhook(
            settings.webhook_url,
            allowed_updates=list(ALLOWED_UPDATES),
            secret_token=settings.webhook_secret.reveal(),
        )
        health.set("updates", "")
        await asyncio.Event().wait()

    async def poll() -> None:
        await bot.delete_webhook()
        problem = partial(health.set, "updates")
        poller = Poller(bot, inbox.receive, problem, operator.tell)
        await poller.run()

    return keep("updates", health, open_webhook if settings.webhook_url else poll)


async def _dispatch(
    house: House, sender: Sender, stop: asyncio.Event, well: Callable[[], None], metrics: Metrics
) -> None:
    at_once = house.settings.sends_at_once
    await deliver.dispatch(house.run, sender, house.wake, at_once, stop, well, metrics.count)


def _show_waiting(bot: PollingBot, metrics: Metrics) -> None:
    limiter = bot.rate_limiter
    assert isinstance(limiter, Limiter)  # noqa: S101 - build_bot gave it
    for lane in Lane:
        metrics.show("waiting", lane.value, partial(lambda lane: limiter.waiting[lane], lane))


def _ticks(house: House, sender: Sender, metrics: Metrics) -> schedule.Ticks:
    async def tidy() -> None:
        await house.run(updates.tidy)
        await house.run(deliveries.tidy)

    async def retain() -> None:
        await retention.daily(house.run, sender)
        if house.settings.database_file is not None:
            copies.drop_old(house.settings.database_file)

    return schedule.Ticks(wake=house.wake.set, hourly=tidy, daily=retain, counts=metrics.count)
