"""What is counted, every metric in one table, and the page that Prometheus reads.

The rooms below know nothing of this one: they are given `Metrics.count` and `Metrics.measure` as
plain callables. A label is a word from our code, never anything of a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

COUNTERS = {
    "updates": (
        "state",
        "Updates from Telegram: stored, taken, answered, replayed, ignored, parked.",
    ),
    "deliveries": ("outcome", "Reminders given to Telegram, by what became of each send."),
    "webhook": ("answer", "Calls of the webhook, by what we answered."),
    "unsent": ("state", "Reminders that were over before a send: skipped, expired, unknown."),
    "errors": ("where", "Errors that a boundary caught: turn, dispatcher, tick, task."),
}
"""Name: (its label, what it counts). They show as commensal_<name>_total."""

GAUGES = {
    "waiting": ("lane", "Calls to Telegram that wait for their turn."),
    "inbox": ("state", "Updates stored and not yet done, in this process's own lines."),
}
"""Name: (its label, what it shows). Each value is asked for when the page is read."""

MOMENTS = {
    "dispatcher_round": "When the dispatcher last finished a round; 0 before its first.",
}
"""Name: which moment it is. They show as commensal_<name>_timestamp_seconds, asked for as gauges are."""

TIMES = {
    "reminder_late": (
        (1, 5, 15, 60, 300, 1800, 7200),
        "How late reminders were when they were sent.",
    ),
}
"""Name: (buckets in seconds, what it measures). They show as commensal_<name>_seconds."""

_LABEL = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Metrics:
    """The metrics of one process, in a registry of their own."""

    def __init__(self, version: str) -> None:
        self._registry = registry = CollectorRegistry()
        self._counters = {
            name: Counter(f"commensal_{name}", text, [label], registry=registry)
            for name, (label, text) in COUNTERS.items()
        }
        self._gauges = {
            name: Gauge(f"commensal_{name}", text, [label], registry=registry)
            for name, (label, text) in GAUGES.items()
        }
        self._moments = {
            name: Gauge(f"commensal_{name}_timestamp_seconds", text, registry=registry)
            for name, text in MOMENTS.items()
        }
        self._times = {
            name: Histogram(f"commensal_{name}_seconds", text, buckets=buckets, registry=registry)
            for name, (buckets, text) in TIMES.items()
        }
        info = Gauge("commensal_info", "The version that runs.", ["version"], registry=registry)
        info.labels(version).set(1)
        ProcessCollector(registry=registry)

    def count(self, name: str, label: str) -> None:
        """Add to a counter. Errors: KeyError and ValueError for what the table does not allow."""
        self._counters[name].labels(_checked(label)).inc()

    def show(self, name: str, label: str, value: Callable[[], float]) -> None:
        """Ask *value* for a gauge from now on; it must neither wait nor fail. Errors: as count."""
        self._gauges[name].labels(_checked(label)).set_function(value)

    def show_moment(self, name: str, value: Callable[[], float]) -> None:
        """Ask *value* for a moment (Unix time) from now on. Errors: KeyError, as count."""
        self._moments[name].set_function(value)

    def measure(self, name: str, seconds: float) -> None:
        """Note one length of time. Errors: KeyError for what the table does not have."""
        self._times[name].observe(seconds)

    def text(self) -> str:
        """Return everything as Prometheus reads it."""
        return generate_latest(self._registry).decode()

    def routes(self) -> list[Route]:
        return [Route("/metrics", self._page)]

    async def _page(self, _: Request) -> Response:
        return Response(self.text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


def _checked(label: str) -> str:
    if not _LABEL.fullmatch(label):
        raise ValueError("a label is a short word of our own")
    return str(label)
