"""What this process answers over HTTP, put together; each subject brings its own routes."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from web.health import Health
from web.metrics import Metrics
from web.webhook import Webhook


def build(
    health: Health,
    metrics: Metrics,
    webhook: Webhook | None = None,
    pages: Sequence[BaseRoute] = (),
) -> Starlette:
    """Return the application. Without a webhook its address is a 404, as it is when polling."""
    routes: list[BaseRoute] = [*health.routes(), *metrics.routes()]
    if webhook is not None:
        routes += webhook.routes()
    return Starlette(routes=[*routes, *pages])
