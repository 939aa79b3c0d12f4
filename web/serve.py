"""Serve an application inside this process, until told to stop.

The process's signals and logs stay its own: no handler is installed, no access log is written
(an address of the webhook or a page may be secret).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

GRACE = 4
"""Seconds for requests under way when it stops; the whole process has ten."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the composition root."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """Open the port. Port 0 takes a free one; ask the socket which. Errors: OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(512)
        opened.setblocking(False)
    except OSError:
        opened.close()
        raise
    return opened


async def serve(app: ASGIApp, opened: socket.socket, stop: asyncio.Event) -> None:
    """Answer on a socket of listen() until *stop* is set, then finish what is under way.

    The socket is closed at the end. Cancelling ends it at once.
    """
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        ws="none",
    )
    server = _Server(config)
    server.servers = []

    async def watch() -> None:
        await stop.wait()
        server.should_exit = True

    watching = asyncio.create_task(watch())
    try:
        await server.serve(sockets=[opened])
    finally:
        watching.cancel()
        for left in server.servers:  # open still if this was cancelled
            left.close()
        opened.close()
