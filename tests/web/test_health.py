"""Health says what is wrong, in words that give nothing away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
import pytest

from tests.web.conftest import Serve
from web.app import build
from web.health import Health, Probe
from web.metrics import Metrics

pytestmark = pytest.mark.asyncio


async def fine() -> str:
    return ""


async def silent() -> str:
    await asyncio.sleep(60)
    return ""


async def broken() -> str:
    raise RuntimeError("canary")


async def refused() -> str:
    return "Telegram refuses the token"


async def ready(
    served: Serve, client: aiohttp.ClientSession, probes: Mapping[str, Probe]
) -> tuple[int, object]:
    url = await served(build(Health(probes, patience=0.05), Metrics("1")))
    async with client.get(f"{url}/health/ready") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.json()


async def test_all_green_is_ready(served: Serve, client: aiohttp.ClientSession) -> None:
    code, body = await ready(served, client, {"database": fine, "telegram": fine})

    green = {"status": "green"}
    assert code == 200
    assert body == {"status": "green", "checks": {"database": green, "telegram": green}}


async def test_what_is_red_is_not_ready_and_the_others_are_still_told(
    served: Serve, client: aiohttp.ClientSession
) -> None:
    probes = {"database": fine, "telegram": refused, "dispatcher": silent, "inbox": broken}
    code, body = await ready(served, client, probes)

    assert code == 503
    assert body == {
        "status": "red",
        "checks": {
            "database": {"status": "green"},
            "telegram": {"status": "red", "why": "Telegram refuses the token"},
            "dispatcher": {"status": "red", "why": "no answer in time"},
            "inbox": {"status": "red", "why": "the probe failed; the log says how"},
        },
    }


async def test_living_asks_nobody(served: Serve, client: aiohttp.ClientSession) -> None:
    url = await served(build(Health({"database": broken}), Metrics("1")))

    async with client.get(f"{url}/health/live") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "green"})


async def test_many_who_ask_at_once_make_one_look() -> None:
    looks = 0

    async def counted() -> str:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return ""

    health = Health({"database": counted}, fresh=60)
    await asyncio.gather(*(health.look() for _ in range(50)))

    assert looks == 1


async def test_a_finding_is_not_used_when_it_is_old() -> None:
    said = iter(["down", ""])

    async def asked() -> str:
        return next(said)

    health = Health({"database": asked}, fresh=0)

    assert [await health.look(), await health.look()] == [{"database": "down"}, {"database": ""}]
