"""The chat page: plain files, served as they are. What it does is in page.js and its neighbours."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.world import World

Json = dict[str, Any]

HERE = Path(__file__).parent
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
SHOWN = {"image/png", "image/jpeg", "image/webp", "image/gif", "audio/ogg", "video/mp4"}
"""What the browser may show by itself; anything else is a download."""


def page_routes(world: World) -> list[web.RouteDef]:
    """Return the routes of the page, its files, and the files that people sent."""

    async def page(request: web.Request) -> web.Response:
        name = request.match_info.get("name") or "index.html"
        path = HERE / name
        if path.suffix not in TYPES or not path.is_file():
            raise web.HTTPNotFound
        kind = TYPES[path.suffix]
        return web.Response(
            body=path.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS
        )

    async def file(request: web.Request) -> web.Response:
        stored = world.files.get(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        shown = stored.mime in SHOWN and "download" not in request.query
        kind = stored.mime if shown else "application/octet-stream"
        headers = {**HEADERS, "Content-Type": kind}
        if not shown:
            headers["Content-Disposition"] = (
                f"attachment; filename*=UTF-8''{quote(stored.name, safe='')}"
            )
        return web.Response(body=stored.content, headers=headers)

    return [
        web.get("/", page),
        web.get("/page/{name:[a-z_]+\\.[a-z]+}", page),
        web.get("/sandbox/files/{id:[a-z0-9]+}", file),
    ]
