"""Reading a diary's file: strict about what it takes, and never anything but Unreadable."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import portable
from domain.entries import EntryKind
from domain.fields import Unreadable
from domain.portable import Diary

AT = "2025-03-03T19:00:00+00:00"
ANSWER = {"question": "ache", "version": 1, "code": "3", "source": "tapped", "answered_at": AT}
DAY = {
    "day": "2025-03-03", "routine": "evening", "zone": "Europe/Berlin", "opened_at": AT,
    "finished_at": None, "answers": [ANSWER],
}  # fmt: skip
GOOD: dict[str, Any] = {
    "format": "commensal-diary",
    "version": 1,
    "check_ins": [DAY],
    "entries": [
        {"day": "2025-03-03", "at": AT, "kind": "note", "text": "a walk"},
        {"day": "2025-03-03", "at": AT, "kind": "log", "question": "habit:walk", "code": "yes"},
    ],
    "warnings": [{"day": "2025-03-03", "at": AT, "sign": "red"}],
    "own_items": [{"question": "own1", "label": "Knee", "removed_at": None}],
    "something_newer": {"nobody": ["reads", 1]},
}


def read(file: object) -> Diary:
    return portable.read(json.dumps(file).encode())


def changed(*path: str | int, to: object) -> dict[str, Any]:
    """GOOD with one value replaced."""
    file = deepcopy(GOOD)
    place: Any = file
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return file


def test_what_is_known_is_read_and_all_else_is_passed_over() -> None:
    diary = read(GOOD)

    assert diary.check_ins[0].answers[0].code == "3"
    assert [e.kind for e in diary.entries] == [EntryKind.NOTE, EntryKind.LOG]
    assert (diary.warnings[0].sign, diary.own_items[0].label) == ("red", "Knee")


def test_where_an_entry_was_made_is_read_and_older_files_do_not_say() -> None:
    assert [e.zone for e in read(GOOD).entries] == [None, None]
    assert read(changed("entries", 0, "zone", to="Asia/Tokyo")).entries[0].zone == "Asia/Tokyo"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert portable.read(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()) == read(GOOD)


def test_a_note_that_was_removed_is_not_read() -> None:
    diary = read(changed("entries", 0, "removed_at", to=AT))

    assert [e.kind for e in diary.entries] == [EntryKind.LOG]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 200_000, "not_json"),
        (b'{"format": NaN}', "not_json"),
        (b"9" * 10_000, "not_json"),
        (b"[]", "not_ours"),
        (b'{"format": "other"}', "not_ours"),
        (b'{"format": "commensal-diary"}', "broken"),
        (b'{"format": "commensal-diary", "version": true}', "broken"),
        (b'{"format": "commensal-diary", "version": 2}', "newer"),
        (b" " * (portable.MOST_BYTES + 1), "too_big"),
    ],
)
def test_what_is_no_diary_is_told_apart(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        portable.read(content)

    assert raised.value.why == why


@pytest.mark.parametrize(
    ("file", "place"),
    [
        (changed("check_ins", to={}), "check_ins"),
        (changed("check_ins", to=[1]), "check_ins[0]"),
        (changed("check_ins", to=[DAY, DAY]), "check_ins"),
        (changed("check_ins", 0, "day", to="2025-02-30"), "check_ins[0].day"),
        (changed("check_ins", 0, "day", to="0001-01-01"), "check_ins[0].day"),
        (changed("check_ins", 0, "zone", to="../../etc/passwd"), "check_ins[0].zone"),
        (changed("entries", 0, "zone", to="../../etc/passwd"), "entries[0].zone"),
        (changed("check_ins", 0, "opened_at", to="2025-03-03T19:00:00"), "check_ins[0].opened_at"),
        (changed("check_ins", 0, "opened_at", to=5), "check_ins[0].opened_at"),
        (changed("check_ins", 0, "answers", to=None), "check_ins[0].answers"),
        (changed("check_ins", 0, "answers", to=[ANSWER, ANSWER]), "check_ins[0].answers"),
        (
            changed("check_ins", 0, "answers", 0, "code", to=3),
            "check_ins[0].answers[0].code",
        ),
        (
            changed("check_ins", 0, "answers", 0, "version", to=-1),
            "check_ins[0].answers[0].version",
        ),
        (changed("entries", 0, "text", to="x" * 1001), "entries[0].text"),
        (changed("entries", 0, "text", to="  "), "entries[0].text"),
        (changed("entries", 0, "text", to="a\0b"), "entries[0].text"),
        (changed("entries", 0, "text", to="\ud800"), "entries[0].text"),
        (changed("entries", 0, "kind", to="poem"), "entries[0].kind"),
        (changed("warnings", 0, "sign", to="RED!"), "warnings[0].sign"),
        (changed("own_items", 0, "question", to="own0"), "own_items[0].question"),
        (changed("own_items", 0, "label", to="x" * 41), "own_items[0].label"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(file: dict[str, Any], place: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(file)

    assert (raised.value.why, raised.value.place) == ("broken", place)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)
PLACES: list[tuple[str | int, ...]] = [
    *[(name,) for name in GOOD],
    *[("check_ins", 0, name) for name in DAY],
    *[("check_ins", 0, "answers", 0, name) for name in ANSWER],
    *[("entries", n, name) for n in (0, 1) for name in ("day", "at", "kind", "text", "code")],
    *[("warnings", 0, name) for name in ("day", "at", "sign")],
    *[("own_items", 0, name) for name in ("question", "label", "removed_at")],
]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    with pytest.raises(Unreadable):
        portable.read(content)


@given(st.sampled_from(PLACES), JSON)
def test_no_value_anywhere_raises_anything_else(
    place: tuple[str | int, ...], value: object
) -> None:
    content = json.dumps(changed(*place, to=value)).encode()
    with suppress(Unreadable):
        assert isinstance(portable.read(content), Diary)
