"""The moment that people live by, on a host whose clock may jump.

Somebody sets the date, a time server steps it, a virtual machine wakes up: for a while the host's
clock is wrong by an hour or a day, and no reminder may come early, twice or never for it. So time
goes on by the clock that counts since the host was booted, which nobody can set, and the host's own
clock only says where it stands:

* a difference below DRIFT is followed at once (clocks drift, and are slewed). Where that would go back,
  time stands still until the host has caught up: it never goes back in small steps.
* a larger one is a jump. It is believed once it has lasted LASTING, and then followed at once, also
  backwards, and logged.

A start believes the host's clock: there is nothing to compare it with.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

DRIFT = timedelta(seconds=2)
"""Up to here the host's clock is followed at once: a correction, not a jump."""

LASTING = timedelta(seconds=30)
"""How long a jump has to last before it is believed."""


def host_clock() -> datetime:
    """Return what the host takes for now."""
    return datetime.now(UTC)


def since_boot() -> timedelta:
    """Return how long the host has run, with the time that it slept where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return timedelta(seconds=time.monotonic() if clock is None else time.clock_gettime(clock))


class SteadyClock:
    """Call it for now (aware, UTC). For one event loop: it keeps what it saw at the last look."""

    def __init__(
        self,
        host: Callable[[], datetime] = host_clock,
        running: Callable[[], timedelta] = since_boot,
    ) -> None:
        self._host, self._running = host, running
        self._last = host()
        self._booted_at = self._last - running()
        self._jump = timedelta()
        self._jumped_at = timedelta()

    def __call__(self) -> datetime:
        running, host = self._running(), self._host()
        ahead = host - (self._booted_at + running)
        if abs(ahead) < DRIFT:
            self._jump = timedelta()
            self._booted_at += ahead
        elif abs(ahead - self._jump) >= DRIFT:  # a jump that was not there at the last look
            self._jump, self._jumped_at = ahead, running
        elif running - self._jumped_at >= LASTING:
            self._jump = timedelta()
            self._booted_at += ahead
            self._last = host
            log.warning("clock_jumped", seconds=round(ahead.total_seconds()))
        self._last = max(self._last, self._booted_at + running)
        return self._last
