"""The webhook: Telegram hands us an update, and we say yes only once it is stored.

It asks for the secret before it reads anything, reads no more than Telegram would send, and
never logs the secret, the body or an address. What it cannot store it refuses with 503, so that
Telegram brings it again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, Never

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from actions.counting import Count, count_nothing

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 1024 * 1024
"""Far above any update; Telegram's own are some kilobytes."""

PATIENCE = 10.0
"""Seconds in which the body must have come."""

Receive = Callable[[dict[str, Any]], Awaitable[None]]
"""Stores an update; it is acknowledged when this returns. Raises where it could not."""


class _Refused(Exception):  # noqa: N818 - it is an answer
    def __init__(self, code: int, word: str) -> None:
        super().__init__(word)
        self.code, self.word = code, word


class Webhook:
    """One route at *path*. *count* is given ("webhook", word) for every call."""

    def __init__(
        self,
        secret: str,
        receive: Receive,
        *,
        path: str,
        count: Count = count_nothing,
        patience: float = PATIENCE,
    ) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._secret = secret.encode()
        self._receive, self._path, self._count = receive, path, count
        self._patience = patience

    def routes(self) -> list[Route]:
        return [Route(self._path, self._call, methods=["POST"])]

    async def _call(self, request: Request) -> Response:
        try:
            await self._take(request)
        except _Refused as refused:
            self._count("webhook", refused.word)
            return Response(status_code=refused.code)
        self._count("webhook", "stored")
        return Response(status_code=200)

    async def _take(self, request: Request) -> None:
        """Read one update and have it stored. Errors: _Refused."""
        shown = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(shown, self._secret):
            raise _Refused(403, "secret")
        kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise _Refused(415, "type")
        update = _update(await self._body(request))
        try:
            await self._receive(update)
        except Exception as error:  # noqa: BLE001 - a boundary: Telegram brings it again
            log.error("webhook_not_stored", kind=type(error).__name__)
            raise _Refused(503, "not_stored") from None

    async def _body(self, request: Request) -> bytes:
        length = request.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:12]) > MOST_BYTES:
            raise _Refused(413, "size")
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        raise _Refused(413, "size")
        except TimeoutError:
            raise _Refused(408, "slow") from None
        except ClientDisconnect:
            raise _Refused(400, "left") from None
        return bytes(body)


def _update(body: bytes) -> dict[str, Any]:
    """Return the update in *body*. Errors: _Refused for anything that is none."""
    try:
        update = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _Refused(400, "json") from None
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**63:
        raise _Refused(400, "json")
    return dict(update)


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")
