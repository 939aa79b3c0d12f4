"""Telegram's HTML becomes plain text and entities, or is refused in its words."""

from __future__ import annotations

import pytest

from sandbox.entities import find, parse_html, units
from sandbox.refusal import Refusal

READ = [
    ("<b>bold</b> and <em>more</em>", "bold and more", [("bold", 0, 4), ("italic", 9, 4)]),
    ("🌿<b>x</b>", "🌿x", [("bold", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("1 &lt; 2 &amp; &#x1F33F; &quot;", '1 < 2 & 🌿 "', []),
    ("salt & pepper &nbsp; &copy;", "salt & pepper &nbsp; &copy;", []),
    ("&amp;lt;", "&lt;", []),
    ("  <b> x </b>\n", "x", [("bold", 0, 1)]),
    ("<blockquote expandable>a\nb</blockquote>", "a\nb", [("expandable_blockquote", 0, 3)]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
    ("<tg-spoiler>a</tg-spoiler><s>b</s><u>c</u>", "abc", [("spoiler", 0, 1), ("strikethrough", 1, 1), ("underline", 2, 1)]),
    ("<b></b>x", "x", []),
    ("<a href='javascript:x'>a</a>", "a", []),
    ("say /start or @somebody", "say /start or @somebody", [("bot_command", 4, 6), ("mention", 14, 9)]),
    ("<code>/start</code>", "/start", [("code", 0, 6)]),
]  # fmt: skip

WRONG = [
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("line<br>", 'Unsupported start tag "br" at byte offset 4'),
]


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_html_is_read(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    found, marked = parse_html(source)

    assert found == text
    assert [(e["type"], e["offset"], e["length"]) for e in marked] == entities


@pytest.mark.parametrize(("source", "error"), WRONG)
def test_wrong_html_is_refused_and_its_place_named(source: str, error: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {error}"


def test_a_link_keeps_its_address_with_entities_decoded() -> None:
    _, [entity] = parse_html('<a href="https://example.org/?a=1&amp;b=2">here</a>')

    assert entity["url"] == "https://example.org/?a=1&b=2"


def test_code_inside_pre_names_its_language() -> None:
    _, [entity] = parse_html('<pre><code class="language-python">x</code></pre>')

    assert (entity["type"], entity["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start payload", ["bot_command"]),
        ("/start@some_bot", ["bot_command"]),
        ("and/or 1/2", []),
        ("see https://example.org/a?b=c. Or me@example.org", ["url", "email"]),
        ("#gut", ["hashtag"]),
    ],
)
def test_a_plain_text_has_its_marks_found(text: str, kinds: list[str]) -> None:
    assert [e["type"] for e in find(text)] == kinds


def test_length_is_in_utf16_units() -> None:
    assert units("a🌿é") == 4
