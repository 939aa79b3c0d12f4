"""What is sealed opens with its own key at its own place, and nowhere else."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import SettingsError
from storage.crypto import Box, CannotOpen, Keys, Where, new_key_file, read_key_file

PLACE = Where("answer", "sealed", 5, 7)
BOX = Box(b"k" * 32)


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again(content: bytes) -> None:
    assert BOX.open_bytes(PLACE, BOX.seal_bytes(PLACE, content)) == content


@pytest.mark.parametrize(
    "elsewhere",
    [
        PLACE._replace(table="entry"),
        PLACE._replace(column="key"),
        PLACE._replace(row=6),
        PLACE._replace(person=8),
    ],
)
def test_a_ciphertext_copied_to_another_place_does_not_open(elsewhere: Where) -> None:
    with pytest.raises(CannotOpen):
        BOX.open(elsewhere, BOX.seal(PLACE, "3"))


def test_another_key_or_a_changed_byte_does_not_open() -> None:
    sealed = BOX.seal(PLACE, "3")
    for box, content in [(Box(b"x" * 32), sealed), (BOX, sealed[:-1] + b"?"), (BOX, b"short")]:
        with pytest.raises(CannotOpen):
            box.open(PLACE, content)


def test_the_length_does_not_tell_which_answer_was_given() -> None:
    assert (
        len({len(BOX.seal(PLACE, text)) for text in ("0", "10", "smooth", "not_applicable")}) == 1
    )


def test_a_key_file_is_readable_by_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "commensal.key"
    new_key_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        new_key_file(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"wrapping": {"1": "AA=="}, "lookup": "AA=="}',
        '{"wrapping": {}, "lookup": 3}',
    ],
)
def test_a_file_that_is_no_key_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.key"
    path.write_text(content)
    with pytest.raises(SettingsError, match=f"COMMENSAL_KEY_FILE: {path}"):
        read_key_file(path)


def test_a_key_file_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="commensal key new"):
        read_key_file(tmp_path / "none.key")


def test_a_rotated_file_still_opens_what_the_older_key_wrapped(keys: Keys) -> None:
    wrapped = keys.new_wrapped(PLACE)
    sealed = keys.unwrap(PLACE, wrapped).seal(PLACE, "3")
    rotated = Keys({**keys.wrapping, 2: b"n" * 32}, keys.lookup_key)

    assert rotated.unwrap(PLACE, wrapped).open(PLACE, sealed) == "3"
    assert rotated.new_wrapped(PLACE)[:2] == b"\x00\x02"
    with pytest.raises(CannotOpen):
        Keys({2: b"n" * 32}, keys.lookup_key).unwrap(PLACE, wrapped)


def test_keys_show_nothing_when_printed(keys: Keys) -> None:
    printed = repr(keys) + repr(BOX) + str(keys)
    assert "kkkk" not in printed
    assert keys.lookup_key.hex() not in printed
    assert json.dumps(sorted(keys.wrapping)) == "[1]"


def test_people_are_found_by_a_hash_that_needs_the_key(keys: Keys) -> None:
    other = Keys(keys.wrapping, b"o" * 32)
    assert keys.lookup(7) == keys.lookup(7)
    assert keys.lookup(7) not in (keys.lookup(8), other.lookup(7))
