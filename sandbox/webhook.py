"""Send updates to the bot's webhook: in order, one at a time, again until it says 2xx.

Telegram insists on https; here plain http is taken too, as everything is on one machine.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.refusal import bad
from sandbox.updates import Updates

Json = dict[str, Any]

TIMEOUT = aiohttp.ClientTimeout(total=30)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhook:
    """The webhook that the bot has set, if any. first_wait: seconds before a second try."""

    def __init__(self, updates: Updates, first_wait: float = 0.2, longest_wait: float = 10) -> None:
        self.updates = updates
        self.first_wait, self.longest_wait = first_wait, longest_wait
        self.secret: str | None = None
        self.max_connections = 40
        self.error: tuple[int, str] | None = None
        self.attempts = 0
        self._task: asyncio.Task[None] | None = None

    def set(self, values: Json) -> None:
        """Answer setWebhook; an empty address removes it. Errors: 400."""
        url = values.get("url", "")
        if not url:
            self.remove()
            return
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        secret = values.get("secret_token")
        if secret is not None and not SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        self.remove()
        self.secret = secret
        self.max_connections = values.get("max_connections", 40)
        self.updates.webhook_url = url
        self.updates.allow(values.get("allowed_updates"))
        self.updates.end_poll()
        self.start()

    def start(self) -> None:
        """Begin to deliver, where an address is set."""
        if self.updates.webhook_url and self._task is None:
            self._task = asyncio.create_task(self._deliver())

    def remove(self) -> None:
        """Stop delivering and forget the address."""
        self.updates.webhook_url, self.secret, self.error = "", None, None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def stop(self) -> None:
        """Stop delivering; the address stays."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def info(self) -> Json:
        """Return the WebhookInfo."""
        info: Json = {
            "url": self.updates.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.waiting),
        }
        if self.updates.webhook_url:
            info["max_connections"] = self.max_connections
        if self.updates.allowed:
            info["allowed_updates"] = self.updates.allowed
        if self.error:
            info["last_error_date"], info["last_error_message"] = self.error
        return info

    async def _deliver(self) -> None:
        updates = self.updates
        async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
            while True:
                await updates.world.changes.until(lambda: bool(updates.waiting), 60)
                if not updates.waiting:
                    continue
                update = updates.waiting[0]
                wait = self.first_wait
                while not await self._post(http, update):
                    await asyncio.sleep(wait)
                    wait = min(wait * 2, self.longest_wait)
                updates.confirm(update["update_id"] + 1)

    async def _post(self, http: aiohttp.ClientSession, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        self.attempts += 1
        try:
            url = self.updates.webhook_url
            async with http.post(
                url, json=update, headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    return True
                error = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError):
            error = "Connection failed"
        self.error = (self.updates.world.date(), error)
        return False
