"""Files that were sent: how they are told about, and how big a picture is."""

from __future__ import annotations

import struct
from typing import Any

from sandbox.records import StoredFile

Json = dict[str, Any]


def _about(stored: StoredFile) -> Json:
    size = len(stored.content)
    return {"file_id": stored.id, "file_unique_id": f"u{stored.id}", "file_size": size}


def document_of(stored: StoredFile) -> Json:
    """Return the Document."""
    return {**_about(stored), "file_name": stored.name, "mime_type": stored.mime}


def photo_of(stored: StoredFile) -> list[Json] | None:
    """Return the sizes of a photo (one here), or None where it is no PNG or JPEG."""
    size = picture_size(stored.content)
    if size is None:
        return None
    return [{**_about(stored), "width": size[0], "height": size[1]}]


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG in pixels, else None."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
