"""Lines of a language that is written from right to left, with what runs the other way in them."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from functools import lru_cache
from types import FunctionType, ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import direction
from content.direction import END, FIRST, RIGHT, directed, first_strong
from content.language import Typed
from content.library import Library
from content.searching import search
from sandbox import entities

CACHE = lru_cache(str)
ROOMS = ("actions", "bot", "content", "domain")

MARKS = re.compile(f"[{RIGHT}{FIRST}{END}]")


@pytest.mark.parametrize(
    "line",
    [
        "/settings يغيّر ذلك",
        "Berlin: الوقت",
        "20:30",
        "5-6",
        "Sleep and the gut",
        "(3)",
        "⁨Anna⁩: ألم",
    ],
)
def test_a_line_that_would_turn_around_is_kept_from_it(line: str) -> None:
    marked = directed(line)

    assert marked.startswith(RIGHT) or first_strong(marked) in ("R", "AL")
    assert MARKS.sub("", marked) == MARKS.sub("", line)


def test_a_command_is_isolated_and_telegram_still_knows_it() -> None:
    marked = directed("أوقف ذلك: /settings.\n/help")

    assert f"{FIRST}/settings{END}." in marked
    found = [e for e in entities.find(marked) if e["type"] == "bot_command"]
    assert [e["length"] for e in found] == [len("/settings"), len("/help")]


def test_a_range_does_not_turn_around_after_a_word() -> None:
    assert directed("النوم: 5-6") == f"النوم: {FIRST}5-6{END}"
    assert directed("أكواب: 9+") == f"أكواب: {FIRST}9+{END}"


def test_a_line_in_latin_letters_keeps_its_own_order() -> None:
    assert directed("Not there? Change it") == f"{RIGHT}{FIRST}Not there? Change it{END}"


def test_a_time_and_a_count_need_nothing() -> None:
    assert directed("الساعة 20:30، 3 أيام") == "الساعة 20:30، 3 أيام"


def test_what_a_person_typed_stays_as_it_is_over_all_its_lines() -> None:
    typed = f"{FIRST}Soup, 5-6\n/note{END}"

    assert directed(f"ملاحظة: {typed}") == f"ملاحظة: {typed}"


@given(st.text(alphabet="اب /abc5-6.:،\n⁨⁩", max_size=40))
def test_marking_twice_is_marking_once(text: str) -> None:
    once = directed(text)

    assert directed(once) == once
    assert MARKS.sub("", once) == MARKS.sub("", text)


def test_every_command_in_an_arabic_text_can_be_tapped() -> None:
    arabic = Library.load().language("ar")
    texts = [
        t
        for text in arabic.texts.values()
        for t in ([text] if isinstance(text, str) else text.values())
    ]
    named = [
        (text, re.findall(r"/[a-z_]+", re.sub(r"https?://\S+|[A-Za-z0-9]+/\w+|\{\w+\}", " ", text)))
        for text in texts
    ]

    lost = []
    for text, commands in named:
        marked = directed(text)
        found = [e for e in entities.find(marked) if e["type"] == "bot_command"]
        if len(found) != len(commands):
            lost.append(text)
    assert sum(len(commands) for _, commands in named) > 20
    assert lost == []


def test_arabic_marks_its_lines_and_other_languages_do_not() -> None:
    library = Library.load()
    arabic, german = library.language("ar"), library.language("de")

    assert arabic("settings.now.zone", city="Berlin").count(FIRST) == 1
    said = arabic("checkin.own.ask", label=Typed("Migraine"))
    assert said.startswith(RIGHT) or first_strong(said) in ("R", "AL")
    assert not direction.bidirectional(german("settings.how"))
    assert RIGHT not in german("settings.now.zone", city="Berlin")


def kept_in_memory() -> Iterator[str]:
    """Yield every text that a cache of ours holds."""
    caches = [one for one in gc.get_objects() if type(one) is type(CACHE)]
    left: list[object] = [one for one in caches if str(one.__module__).split(".")[0] in ROOMS]
    seen = set()
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif id(one) not in seen and not isinstance(one, type | ModuleType | FunctionType):
            seen.add(id(one))
            left += gc.get_referents(one)


def test_nothing_that_was_filled_in_stays_in_memory(shipped: Library) -> None:
    arabic = shipped.language("ar")
    words, city = "Marzipan at midnight", "Marzipanville"

    arabic("checkin.own.ask", label=Typed(words))
    arabic("settings.now.zone", city=city)
    search(arabic, shipped.snippets.values(), words)
    how = arabic("settings.how")

    kept = list(kept_in_memory())
    assert how in kept, "caches were looked into"
    assert not [text for text in kept if "marzipan" in text.lower()]
