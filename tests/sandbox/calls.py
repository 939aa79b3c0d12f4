"""Plain calls of the Bot API over HTTP, as any client could make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

TOKEN = "1234567:sandbox-token"


@dataclass
class Calls:
    """Calls with one token at one address."""

    http: aiohttp.ClientSession
    url: str
    token: str = TOKEN

    async def raw(self, method: str, **values: object) -> dict[str, Any]:
        """Return the whole answer, also a refusal."""
        path = f"{self.url}/bot{self.token}/{method}"
        async with self.http.post(path, json=values) as response:
            answer: dict[str, Any] = await response.json()
            if "error_code" in answer:
                assert answer["error_code"] == response.status
            return answer

    async def ok(self, method: str, **values: object) -> Any:  # noqa: ANN401 - whatever the method gives
        """Return the result. A refusal fails the test with its description."""
        answer = await self.raw(method, **values)
        assert answer["ok"], answer["description"]
        return answer["result"]

    async def refused(self, method: str, **values: object) -> str:
        """Return the description of the refusal."""
        answer = await self.raw(method, **values)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, **values: object) -> list[dict[str, Any]]:
        """Fetch what waits and confirm it."""
        updates: list[dict[str, Any]] = await self.ok("getUpdates", **values)
        if updates:
            await self.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
        return updates
