"""How python-telegram-bot reaches the Bot API: aiohttp and orjson in place of its own client.

It tells two failures apart that decide whether a message may be sent again: `NotSent`, where
nothing left this machine, and `Unknown`, where Telegram may have acted. What Telegram itself
refuses (4xx) goes on as python-telegram-bot raises it. It never sends a request a second time,
and no error of it holds the address, because the address holds the token.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from aiohttp.tracing import TraceRequestHeadersSentParams
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECTIONS = 256
"""Open at once. Telegram answers in some 50 ms, so this is far above 30 messages a second."""

CONNECT, POOL, WRITE, READ = 5.0, 3.0, 10.0, 10.0
"""Seconds. A read that times out is an unknown outcome, so it is not cut short."""

UPLOAD = 30.0
"""Seconds to write a request with files."""

DEFAULT_NONE = BaseRequest.DEFAULT_NONE


class NotSent(NetworkError):  # noqa: N818 - it names an outcome
    """Nothing was sent: no connection was made, or none was free. Trying again doubles nothing."""

    __slots__ = ()


class Unknown(NetworkError):  # noqa: N818 - it names an outcome
    """It was sent, and nobody can know what became of it: a disconnect, or a fault of the server."""

    __slots__ = ()


class NoAnswer(Unknown, TimedOut):
    """An unknown outcome because no answer came in time; polling then asks again at once."""

    __slots__ = ()


class _Progress:
    """How far one request came."""

    __slots__ = ("on_sent", "sent")

    def __init__(self) -> None:
        self.sent = False
        self.on_sent: Callable[[], object] = bool


class AiohttpRequest(BaseRequest):
    """A pool of connections to the Bot API. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are honoured.

    Timeouts are in seconds, None waits for ever; each means what it means to python-telegram-bot.
    """

    __slots__ = ("_connections", "_proxies", "_session", "_timeouts")

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        read_timeout: float | None = READ,
        write_timeout: float | None = WRITE,
        connect_timeout: float | None = CONNECT,
        pool_timeout: float | None = POOL,
    ) -> None:
        self._connections = connections
        self._timeouts = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[tuple[str, str], str | None] = {}

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts[0]

    async def initialize(self) -> None:
        if self._session is not None:
            return
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(_on_sent)
        self._proxies.clear()
        self._session = aiohttp.ClientSession(
            # trust_env would look for a netrc in a thread at every request.
            connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trace_configs=[trace],
        )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of anything below 500 that is no redirect.

        Errors: NotSent, Unknown; RetryAfter for a 429 that does not say how long.
        """
        given = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        read, write, connect, pool = (
            default if isinstance(one, DefaultValue) else one
            for one, default in zip(given, self._timeouts, strict=True)
        )
        if request_data and request_data.contains_files and write_timeout is DEFAULT_NONE:
            write = UPLOAD
        limits = aiohttp.ClientTimeout(
            total=None, connect=_sum(connect, pool), sock_connect=connect, sock_read=read
        )
        code, headers, body = await self._exchange(url, method, request_data, limits, write)
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unknown(f"the server failed ({code})")
        if 300 <= code < 400:
            raise NotSent(f"the server points elsewhere ({code}); is its address right?")
        return code, body if code < 300 else _explained(code, headers, body, url)

    async def _exchange(
        self,
        url: str,
        method: str,
        data: RequestData | None,
        limits: aiohttp.ClientTimeout,
        write: float | None,
    ) -> tuple[int, str | None, bytes]:
        """Send and read once; return status, Retry-After and body. Errors: NotSent, Unknown."""
        if self._session is None:
            raise NotSent("the connection is closed")
        clock = asyncio.get_running_loop().time
        most = _sum(write, limits.sock_read)  # aiohttp has no limit of its own on writing
        progress = _Progress()
        try:
            async with asyncio.timeout(None) as deadline:
                progress.on_sent = lambda: deadline.reschedule(most and clock() + most)
                async with self._session.request(
                    method,
                    URL(url, encoded=True),
                    data=_body(data),
                    headers=_FORM if data and not data.contains_files else None,
                    timeout=limits,
                    proxy=self._proxy(url),
                    allow_redirects=False,
                    trace_request_ctx=progress,
                ) as answer:
                    deadline.reschedule(None)
                    return answer.status, answer.headers.get("Retry-After"), await answer.read()
        except Exception as error:  # noqa: BLE001 - a boundary: else the error is printed in full
            raise _failure(error, progress.sent) from None

    def _proxy(self, url: str) -> str | None:
        parts = URL(url)
        origin = (parts.scheme, parts.host or "")
        if origin not in self._proxies:
            self._proxies[origin] = proxy_for(*origin)
        return self._proxies[origin]

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Return the object that *payload* holds. Errors: Unknown where it holds none.

        The standard library reads what orjson refuses (half a surrogate pair): one odd update must
        not stop all polling.
        """
        try:
            try:
                read: Any = orjson.loads(payload)
            except orjson.JSONDecodeError:
                read = json.loads(payload.decode(errors="replace"))
        except (ValueError, RecursionError):
            raise Unknown("the answer is not JSON") from None
        if not isinstance(read, dict) or not read.keys() & {"result", "description"}:
            raise Unknown("the answer is not one of a Bot API")
        return read


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def _on_sent(_: object, context: Any, __: TraceRequestHeadersSentParams) -> None:  # noqa: ANN401
    """Note that from here on something may arrive (aiohttp calls this just before it writes)."""
    context.trace_request_ctx.sent = True
    context.trace_request_ctx.on_sent()


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters, errors="replace").encode()
    # Telegram shows a file's name as it comes: percent-codes would stay.
    form = aiohttp.FormData(quote_fields=False)
    for name, text in data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        stream = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=kind)
    return form


def _failure(error: Exception, sent: bool) -> NetworkError:
    """Say which failure *error* is; of its words only the kind is kept, as they hold the address."""
    if not sent:
        return NotSent(f"not sent ({type(error).__name__})")
    if isinstance(error, TimeoutError):
        return NoAnswer("no answer in time")
    return Unknown(f"sent, but the answer was lost ({type(error).__name__})")


def is_undelivered(error: Exception) -> bool:
    """Say whether Telegram was not reached, or would not hear us: not a fault in what was said."""
    away = isinstance(error, NetworkError | RetryAfter | InvalidToken)
    return away and not isinstance(error, BadRequest)


def asked_wait(error: RetryAfter) -> timedelta:
    """Return how long Telegram asks to wait; the library gives seconds where it was set up so."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _explained(code: int, retry_after: str | None, body: bytes, url: str) -> bytes:
    """Return the body of a refusal as a Bot API would write it, without the token.

    Errors: RetryAfter for a 429 without a time in it (a proxy's, say).
    """
    try:
        said = orjson.loads(body)
        parameters = said.get("parameters") or {}
        timed = bool(parameters.get("retry_after"))
    except (ValueError, AttributeError):
        phrase = HTTPStatus(code).phrase if code in HTTPStatus._value2member_map_ else "Refused"
        body, timed = orjson.dumps({"ok": False, "description": f"{phrase} ({code})"}), False
    if code == HTTPStatus.TOO_MANY_REQUESTS and not timed:
        short = retry_after and re.fullmatch(r"\d{1,5}", retry_after, re.ASCII)
        raise RetryAfter(max(1, int(retry_after)) if retry_after and short else 1)
    token = re.search(r"/bot([^/]+)/", url)
    return body.replace(token[1].encode(), b"***") if token else body


def _sum(*seconds: float | None) -> float | None:
    known = [s for s in seconds if s is not None]
    return sum(known) if len(known) == len(seconds) else None


def proxy_for(scheme: str, host: str) -> str | None:
    """Return the proxy from the environment; what is on this machine is never asked for by it."""
    direct = _is_loopback(host) or proxy_bypass(host)
    return None if direct else getproxies().get(scheme)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
