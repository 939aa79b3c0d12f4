"""Telegram's HTML read into plain text and entities, with Telegram's own errors.

The reading follows what Telegram documents and does: a bare `&` that begins no entity it knows stays
as it is, a bare `<` is refused, a tag must be one it knows and be closed. Offsets and lengths
are in UTF-16 units, positions in errors in bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import Refusal, bad

Json = dict[str, Any]

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.-]+))?(?=[\s>])""")
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@\w{4,32})\b|(?<![\w#])(?P<hashtag>#\w{1,256})"
)


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class Open:
    """A tag that waits for its end."""

    tag: str
    offset: int
    start: int
    attributes: dict[str, str]


@dataclass
class Reader:
    """The reading of one text."""

    source: str
    text: str = ""
    offset: int = 0
    open: list[Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> None:
        at = 0
        while at < len(self.source):
            if self.source[at] == "<":
                at = self._end(at) if self.source.startswith("</", at) else self._start(at)
            else:
                character, at = _character(self.source, at)
                self.text += character
                self.offset += units(character)
        if self.open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _start(self, at: int) -> int:
        name = re.compile(r"[^\s>]*").match(self.source, at + 1)
        tag = name.group().lower() if name else ""
        here = _byte(self.source, at)
        if at + 1 + len(tag) >= len(self.source):
            raise _wrong(f"Unclosed start tag at byte offset {here}")
        if tag not in TAGS:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {here}')
        attributes, end = self._attributes(tag, at + 1 + len(tag), here)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {here}')
        self.open.append(Open(tag, self.offset, len(self.text), attributes))
        return end

    def _attributes(self, tag: str, at: int, here: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            while at < len(self.source) and self.source[at].isspace():
                at += 1
            if at >= len(self.source):
                raise _wrong(f"Unclosed start tag at byte offset {here}")
            if self.source[at] == ">":
                return attributes, at + 1
            found = ATTRIBUTE.match(self.source, at)
            if found is None:
                raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {here}')
            attributes[found[1].lower()] = _decoded(_unquoted(found[2] or ""))
            at = found.end()

    def _end(self, at: int) -> int:
        here = _byte(self.source, at)
        if not self.open:
            raise _wrong(f"Unexpected end tag at byte offset {here}")
        found = re.compile(r"</([^\s>]*)\s*>").match(self.source, at)
        if found is None:
            raise _wrong(f"Unclosed end tag at byte offset {here}")
        opened, name = self.open.pop(), found[1].lower()
        if name and name != opened.tag:
            raise _wrong(
                f"Unmatched end tag at byte offset {here}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self._close(opened)
        return found.end()

    def _close(self, opened: Open) -> None:
        length = self.offset - opened.offset
        kind, attributes = TAGS[opened.tag], opened.attributes
        if not length:
            return
        entity: Json = {"type": kind, "offset": opened.offset, "length": length}
        match kind:
            case "text_link":
                url = attributes.get("href") or self.text[opened.start :]
                if not re.match(r"(https?|tg|mailto|tel):", url):
                    return  # Telegram drops what is no address
                entity["url"] = url
            case "blockquote" if "expandable" in attributes:
                entity["type"] = "expandable_blockquote"
            case "code" if attributes.get("class", "").startswith("language-"):
                entity["language"] = attributes["class"].removeprefix("language-")
            case "custom_emoji":
                entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities. Errors: 400 "can't parse entities: …"."""
    reader = Reader(source)
    reader.read()
    entities = _pre_with_language(reader.entities)
    return tidy(reader.text, entities)


def tidy(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Trim *text* as Telegram does, move its entities along, and find addresses and commands."""
    stripped = text.lstrip()
    front = units(text) - units(stripped)
    text = stripped.rstrip()
    end = units(text)
    moved = []
    for entity in entities:
        first = max(0, entity["offset"] - front)
        last = min(end, entity["offset"] + entity["length"] - front)
        if last > first:
            moved.append({**entity, "offset": first, "length": last - first})
    taken = [e for e in moved if e["type"] in ("code", "pre", "text_link")]
    moved += [e for e in find(text) if not any(_overlap(e, other) for other in taken)]
    return text, sorted(moved, key=lambda e: (e["offset"], -e["length"]))


def find(text: str) -> list[Json]:
    """Return what Telegram marks by itself: commands, addresses, mentions, hashtags."""
    return [
        {
            "type": str(match.lastgroup),
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in FOUND.finditer(text)
    ]


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _pre_with_language(entities: list[Json]) -> list[Json]:
    """Fold `<pre><code class="language-x">` into one `pre`; elsewhere a language means nothing."""
    result: list[Json] = []
    spans = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    for entity in entities:
        around = spans.get((entity["offset"], entity["length"]))
        if entity["type"] == "code" and "language" in entity:
            if around is not None:
                around["language"] = entity["language"]
                continue
            entity = {k: v for k, v in entity.items() if k != "language"}
        result.append(entity)
    return result


def _character(source: str, at: int) -> tuple[str, int]:
    """Return the character at *at*, an entity decoded, and where the next begins."""
    if source[at] == "&" and (found := CHARACTER.match(source, at)):
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            if name in NAMED:
                return NAMED[name], found.end()
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000:
                return chr(code), found.end()
    return source[at], at + 1


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ("'", '"') else value


def _decoded(value: str) -> str:
    result, at = "", 0
    while at < len(value):
        character, at = _character(value, at)
        result += character
    return result


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def _wrong(what: str) -> Refusal:
    return bad(f"can't parse entities: {what}")
