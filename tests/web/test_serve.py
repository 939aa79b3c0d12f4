"""The server lives inside the process: it stops when told, and touches nothing that is not its own."""

from __future__ import annotations

import asyncio
import signal

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web.serve import listen, serve

pytestmark = pytest.mark.asyncio


def app(entered: asyncio.Event, go_on: asyncio.Event) -> Starlette:
    async def slow(_: Request) -> Response:
        entered.set()
        await go_on.wait()
        return PlainTextResponse("done")

    return Starlette(routes=[Route("/", slow)])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_it_finishes_what_is_under_way_and_closes_the_port(host: str) -> None:
    entered, go_on, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
    opened = listen(host, 0)
    address = opened.getsockname()
    running = asyncio.create_task(serve(app(entered, go_on), opened, stop))

    async def get() -> str:
        host = f"[{address[0]}]" if ":" in address[0] else address[0]
        url = f"http://{host}:{address[1]}/"
        async with aiohttp.ClientSession() as client, client.get(url) as answer:
            return await answer.text()

    asking = asyncio.create_task(get())
    await entered.wait()
    stop.set()
    await asyncio.sleep(0.15)
    go_on.set()

    assert await asking == "done"
    async with asyncio.timeout(5):
        await running
    assert opened.fileno() == -1
    with pytest.raises(OSError, match="onnect"):
        await asyncio.open_connection(*address[:2])


async def test_signals_stay_the_processs_own() -> None:
    stop = asyncio.Event()
    before = {s: signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)}
    opened = listen("127.0.0.1", 0)
    running = asyncio.create_task(serve(Starlette(), opened, stop))
    await asyncio.sleep(0.05)

    assert {s: signal.getsignal(s) for s in before} == before
    stop.set()
    await running


async def test_cancelling_closes_the_port() -> None:
    opened = listen("127.0.0.1", 0)
    address = opened.getsockname()
    running = asyncio.create_task(serve(Starlette(), opened, asyncio.Event()))
    await asyncio.sleep(0.05)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    with pytest.raises(OSError, match="onnect"):
        await asyncio.open_connection(*address)


async def test_a_port_that_is_taken_is_told_as_an_error() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen(*taken.getsockname())
