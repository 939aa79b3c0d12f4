"""The composition root's second half: a bot that lives until it is told to stop.

Tasks that end with an error are started again, with backoff. A stop finishes what is in flight
within ten seconds; everything else is stored, and is made good at the next start.
"""

from __future__ import annotations

import asyncio
import signal
from functools import partial

import structlog
import uvloop

from actions.work import Runner
from bot.app import doors
from bot.context import build_application
from bot.inbox import Inbox
from bot.leases import share
from bot.limiter import Limiter
from bot.pace import Lane
from bot.poller import PollingBot
from bot.request import AiohttpRequest
from commensal import __version__, heartbeat, logs
from commensal.door import greet, open_door, open_web
from commensal.health import Wellbeing
from commensal.house import House, open_house
from commensal.operator import Operator
from commensal.roles import Role
from commensal.settings import Settings
from commensal.tasks import end, keep
from commensal.working import Working
from web.health import Health
from web.metrics import Metrics

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def main(settings: Settings, role: Role = Role.ALL) -> int:
    """Run the bot until SIGTERM or SIGINT, then return 0. Errors: SettingsError, ContentError."""
    logs.configure(settings.log_level, settings.log_format, settings.secrets)
    for warning in settings.warnings:
        log.warning("setting", about=warning)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_signalled(settings, role))
    return 0


async def _until_signalled(settings: Settings, role: Role) -> None:
    stop = stop_on_signals()
    async with open_house(settings) as house:
        await live(house, stop, role)


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def live(house: House, stop: asyncio.Event, role: Role = Role.ALL) -> None:
    """Greet Telegram, make good what an earlier run left, and serve until *stop*."""
    settings, metrics = house.settings, Metrics(__version__)
    health = Wellbeing(house.run, metrics.count)
    requests = (AiohttpRequest(), AiohttpRequest())
    alone = settings.database_file is not None
    bot = build_bot(settings, *requests, None if alone else house.run)
    application = build_application(bot)
    operator = Operator(bot, settings.operator_chat)
    around = doors(application, house.run, operator.tell)
    inbox = Inbox(application, house.run, around, metrics.count, works=role.works, alone=alone)
    metrics.show("inbox", "waiting", inbox.__len__)
    _show_waiting(bot, metrics)
    close_web = open_web(settings, role, inbox, health, metrics)
    try:
        if not await greet(application, health, stop):
            return
        work = Working(house, bot, inbox, health, metrics, stop) if role.works else None
        if work is not None:
            await work.begin()
        replayed = await inbox.replay()
        log.info("started", bot=bot.username, role=role.value, replayed=replayed)
        door = open_door(bot, inbox, settings, role, health, operator)
        heart = _start_heart(settings, role, health)
        await stop.wait()
        log.info("stopping")
        await asyncio.gather(
            close_web(), end(heart), end(door), work.finish() if work else inbox.finish(0)
        )
    finally:
        await close_web()
        await application.shutdown()
        for request in requests:  # the application leaves them open where it never was greeted
            await request.shutdown()
    log.info("stopped")


def _start_heart(settings: Settings, role: Role, health: Wellbeing) -> asyncio.Task[None]:
    """Give a sign of life from now on, where somebody watches for one."""
    looks = Health(health.probes())
    rounds = health.rounds if role.works else None

    async def live() -> None:
        if settings.heartbeat_url is not None:
            well = partial(heartbeat.is_well, looks, rounds)
            await heartbeat.beat(settings.heartbeat_url, settings.heartbeat_seconds, well)

    return keep("heartbeat", health, live)


def build_bot(
    settings: Settings,
    request: AiohttpRequest,
    polling: AiohttpRequest,
    run: Runner | None = None,
) -> PollingBot:
    """Return the bot on our own transport and limiter. Nothing connects yet.

    run: where others send with the same token, so that all keep to one rate.
    """
    assert settings.bot_token is not None  # noqa: S101 - Settings.read refuses it
    rate = settings.messages_per_second
    return PollingBot(
        settings.bot_token.reveal(),
        base_url=f"{settings.telegram_api}/bot",
        base_file_url=f"{settings.telegram_api}/file/bot",
        request=request,
        get_updates_request=polling,
        rate_limiter=Limiter(
            rate, settings.messages_per_chat, share=share(run, rate) if run else None
        ),
    )


def _show_waiting(bot: PollingBot, metrics: Metrics) -> None:
    limiter = bot.rate_limiter
    assert isinstance(limiter, Limiter)  # noqa: S101 - build_bot gave it
    for lane in Lane:
        metrics.show("waiting", lane.value, partial(lambda lane: limiter.waiting[lane], lane))
