"""What a person sends that is no text, in the form in which the bot sees it."""

from __future__ import annotations

import mimetypes
from typing import Any

from sandbox.files import document_of, photo_of
from sandbox.records import Person, StoredFile
from sandbox.refusal import Impossible
from sandbox.world import World

Json = dict[str, Any]

MOST_BYTES = 20_000_000
"""Of a file that a person sends."""


def content_of(
    world: World, person: Person, kind: str, wish: Json, upload: StoredFile | None
) -> Json:
    """Return the content of a message of *kind*. Errors: Impossible if the wish lacks something."""
    match kind:
        case "location":
            return {"location": _location(wish)}
        case "contact":
            return {"contact": _contact(person, wish)}
        case "sticker":
            return {"sticker": _sticker(upload or _blank(world, "sticker.webp"), wish)}
    if upload is None:
        raise Impossible(f"a {kind} needs a file")
    caption = {"caption": str(wish["caption"])} if wish.get("caption") else {}
    return {**_media(kind, upload), **caption}


def keep_upload(world: World, name: str, mime: str | None, content: bytes) -> StoredFile:
    """Keep what a person sends. Errors: Impossible if it is empty or too big."""
    if not 0 < len(content) <= MOST_BYTES:
        raise Impossible("a file has 1 to 20,000,000 bytes")
    guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return world.store_file(name or "file", guessed, content)


def _media(kind: str, stored: StoredFile) -> Json:
    about = {k: v for k, v in document_of(stored).items() if k != "file_name"}
    match kind:
        case "photo":
            photo = photo_of(stored)
            if photo is None:
                raise Impossible("a photo is a PNG or a JPEG")
            return {"photo": photo}
        case "document":
            return {"document": document_of(stored)}
        case "voice" | "audio":
            return {kind: {**about, "duration": 3}}
        case "video" | "animation":
            return {kind: {**about, "width": 320, "height": 240, "duration": 3}}
    raise Impossible(f"a person cannot send a {kind}")


def _location(wish: Json) -> Json:
    try:
        latitude, longitude = float(wish["latitude"]), float(wish["longitude"])
    except (KeyError, TypeError, ValueError):
        raise Impossible("a location needs latitude and longitude") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Impossible("latitude is -90 to 90, longitude -180 to 180")
    return {"latitude": latitude, "longitude": longitude}


def _contact(person: Person, wish: Json) -> Json:
    number = str(wish.get("phone_number") or "+4915550000000")
    return {"phone_number": number, "first_name": person.first_name, "user_id": person.id}


def _sticker(stored: StoredFile, wish: Json) -> Json:
    about = {k: v for k, v in document_of(stored).items() if k in ("file_id", "file_unique_id")}
    form = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {**about, **form, "emoji": str(wish.get("emoji") or "👍")}


def _blank(world: World, name: str) -> StoredFile:
    return world.store_file(name, "image/webp", b"RIFF\x04\x00\x00\x00WEBP")
