"""`python -m sandbox`: a Telegram on this machine as a process of its own; ends on SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.server import Sandbox


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free one")
    parser.add_argument("--token", help="the one token that is let in; without it any")
    parser.add_argument("--folder", type=Path, help="keep the chats here")
    return parser.parse_args()


async def run(given: argparse.Namespace) -> None:
    server = Sandbox(token=given.token, folder=given.folder)
    await server.start(given.host, given.port)
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await server.serve(stop)


if __name__ == "__main__":
    asyncio.run(run(arguments()))
