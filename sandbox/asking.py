"""A client of the control API: what concerns the whole sandbox rather than one person's phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class Asking:
    """The sandbox at *url*. within: seconds that a wait may take unless it says otherwise."""

    def __init__(self, url: str, within: float = 10) -> None:
        self.url, self.within = url.rstrip("/"), within
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._http is not None:
            await self._http.close()

    async def ask(self, verb: str, path: str, body: object = None, **more: Any) -> Json:  # noqa: ANN401
        """Call the control API. Errors: AssertionError with what the sandbox said."""
        assert self._http is not None, "use `async with Telegram(...)`"  # noqa: S101
        if body is not None:
            more["json"] = body
        async with self._http.request(verb, f"{self.url}/sandbox/{path}", **more) as response:
            answer: Json = await response.json()
        if response.status != 200:
            raise AssertionError(f"{verb} {path}: {answer.get('error')}")
        return answer

    async def fail(self, kind: str, *, times: int | None = 1, **which: object) -> Json:
        """Let calls go wrong: kind as in sandbox.faults, which: method, chat_id, seconds, status."""
        return await self.ask("POST", "faults", {"kind": kind, "times": times, **which})

    async def faults(self) -> list[Json]:
        """Return the faults asked for, with their `hits`."""
        return list((await self.ask("GET", "faults"))["faults"])

    async def clear_faults(self) -> None:
        await self.ask("DELETE", "faults")

    async def refusals(self) -> list[Json]:
        """Return every call that was refused: method, chat_id, code, description."""
        return list((await self.ask("GET", "refusals"))["refusals"])

    async def forget_refusals(self) -> None:
        await self.ask("DELETE", "refusals")

    async def sent(self) -> list[Json]:
        """Return every message the bot ever sent, deleted ones too: chat_id, message_id, text, silent."""
        return list((await self.ask("GET", "sent"))["sent"])

    async def calls(self) -> dict[str, int]:
        """Return how often each method was called."""
        return dict((await self.ask("GET", "calls"))["calls"])

    async def limit(self, mode: str, **rates: float) -> None:
        """Keep Telegram's pace: off, count or refuse; rates: overall, per_chat, burst."""
        await self.ask("POST", "limits", {"mode": mode, **rates})

    async def violations(self) -> int:
        """Return how many calls were too fast since `limit`."""
        return int((await self.ask("GET", "limits"))["violations"])

    async def now(self) -> datetime:
        """Return the sandbox's time."""
        return datetime.fromisoformat((await self.ask("GET", "clock"))["now"])

    async def jump(
        self, to: datetime | str = "next_due", *, seconds: float | None = None
    ) -> datetime:
        """Move the clock to a moment, to "next_due", or ahead by *seconds*; return the new time."""
        moment = to.isoformat() if isinstance(to, datetime) else to
        wish: Json = {"to": moment} if seconds is None else {"seconds": seconds}
        return datetime.fromisoformat((await self.ask("POST", "clock", wish))["now"])
