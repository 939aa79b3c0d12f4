"""Health says what is wrong, in words that give nothing away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
import pytest

from tests.web.conftest import Serve
from web.app import build
from web.health import Health, Ready
from web.metrics import Metrics

pytestmark = pytest.mark.asyncio


async def silent() -> Mapping[str, str | None]:
    await asyncio.sleep(60)
    return {}


async def broken() -> Mapping[str, str | None]:
    raise RuntimeError("canary")


def says(**parts: str | None) -> Ready:
    async def ready() -> Mapping[str, str | None]:
        return parts

    return ready


async def ready(served: Serve, client: aiohttp.ClientSession, ask: Ready) -> tuple[int, object]:
    url = await served(build(Health(ask, patience=0.05), Metrics("1")))
    async with client.get(f"{url}/health/ready") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.json()


async def test_all_green_is_ready(served: Serve, client: aiohttp.ClientSession) -> None:
    code, body = await ready(served, client, says(database=None, telegram=None))

    green = {"status": "green"}
    assert code == 200
    assert body == {"status": "green", "checks": {"database": green, "telegram": green}}


async def test_one_red_part_is_not_ready_and_the_others_are_still_told(
    served: Serve, client: aiohttp.ClientSession
) -> None:
    code, body = await ready(served, client, says(database=None, telegram="refuses the token"))

    assert code == 503
    assert body == {
        "status": "red",
        "checks": {
            "database": {"status": "green"},
            "telegram": {"status": "red", "why": "refuses the token"},
        },
    }


@pytest.mark.parametrize(
    ("ask", "why"), [(silent, "no answer in time"), (broken, "it failed; the log says how")]
)
async def test_who_cannot_say_that_it_is_well_is_not(
    served: Serve, client: aiohttp.ClientSession, ask: Ready, why: str
) -> None:
    code, body = await ready(served, client, ask)

    assert code == 503
    assert body == {"status": "red", "checks": {"health": {"status": "red", "why": why}}}


async def test_living_asks_nobody(served: Serve, client: aiohttp.ClientSession) -> None:
    url = await served(build(Health(broken), Metrics("1")))

    async with client.get(f"{url}/health/live") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "green"})


async def test_many_who_ask_at_once_make_one_look() -> None:
    looks = 0

    async def counted() -> Mapping[str, str | None]:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return {}

    health = Health(counted, fresh=60)
    await asyncio.gather(*(health.look() for _ in range(50)))

    assert looks == 1


async def test_a_finding_is_not_used_when_it_is_old() -> None:
    said = iter(["down", None])

    async def asked() -> Mapping[str, str | None]:
        return {"database": next(said)}

    health = Health(asked, fresh=0)

    assert [await health.look(), await health.look()] == [{"database": "down"}, {"database": None}]
