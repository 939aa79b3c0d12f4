"""How the sandbox says no: as Telegram would, or to whoever drives the people."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is an answer of the Bot API, not a fault
    """A call that Telegram would refuse. *parameters*: ResponseParameters (retry_after …)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON that the caller gets."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


class Impossible(Exception):  # noqa: N818 - it is an answer, not a fault
    """Something a person could not do with a real phone; said to the driver with *status*."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


def bad(description: str) -> Refusal:
    """Return the 400 that says *description*."""
    return Refusal(400, f"Bad Request: {description}")


def forbidden(description: str) -> Refusal:
    """Return the 403 that says *description*."""
    return Refusal(403, f"Forbidden: {description}")
