"""Sending photos and documents, and finding a file that is there."""

from __future__ import annotations

from typing import Any

from sandbox.files import document_of, photo_of
from sandbox.methods.messages import send
from sandbox.methods.registry import Call, method
from sandbox.records import StoredFile
from sandbox.refusal import bad
from sandbox.spec import Upload

Json = dict[str, Any]

MOST_PHOTO, MOST_DOCUMENT = 10_000_000, 50_000_000
MOST_DOWNLOAD = 20_000_000
"""Bytes; Telegram's limits for bots."""


def _given(call: Call, name: str, most: int) -> StoredFile:
    """Return the file that parameter *name* brings or names. Errors: 400."""
    value = call.values[name]
    if isinstance(value, str) and value.startswith("attach://"):
        value = call.uploads.get(value.removeprefix("attach://"), value)
    if isinstance(value, Upload):
        if not value.content:
            raise bad("file must be non-empty")
        if len(value.content) > most:
            raise bad("file is too big")
        return call.world.store_file(value.name, value.mime, value.content)
    stored = call.world.files.get(value)
    if stored is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return stored


@method("sendDocument")
def send_document(call: Call) -> Json:
    chat = call.chat()
    caption = call.caption()
    stored = _given(call, "document", MOST_DOCUMENT)
    return send(call, chat, {"document": document_of(stored), **caption})


@method("sendPhoto")
def send_photo(call: Call) -> Json:
    chat = call.chat()
    caption = call.caption()
    stored = _given(call, "photo", MOST_PHOTO)
    photo = photo_of(stored)
    if photo is None:
        raise bad("IMAGE_PROCESS_FAILED")
    return send(call, chat, {"photo": photo, **caption})


@method("getFile")
def get_file(call: Call) -> Json:
    stored = call.world.files.get(call.values["file_id"])
    if stored is None:
        raise bad("invalid file_id")
    if len(stored.content) > MOST_DOWNLOAD:
        raise bad("file is too big")
    about = {"file_id": stored.id, "file_unique_id": f"u{stored.id}"}
    return about | {"file_size": len(stored.content), "file_path": stored.path}
