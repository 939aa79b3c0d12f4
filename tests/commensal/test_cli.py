"""What the other commands say: versions, settings, keys, content."""

from __future__ import annotations

from pathlib import Path

import pytest

from commensal import __version__
from commensal.settings import TABLE
from content.library import PACKAGE
from storage.migrate import newest
from tests.commensal.commands import commensal
from tests.commensal.test_start import SECRET, refused


def test_content_in_order_is_counted() -> None:
    for folder in ([], [str(PACKAGE)]):
        said = commensal("content", "check", *folder)
        assert (said.code, said.faults) == (0, [])
        assert "96 snippets" in said.out


def test_migrating_says_what_it_did(tmp_path: Path) -> None:
    first, second = (commensal("migrate", DATA_DIR=str(tmp_path)) for _ in range(2))

    assert (first.code, first.out) == (0, f"schema: from nothing to {newest()}\n")
    assert (second.code, second.out) == (0, f"schema: at {newest()} already\n")
    assert (tmp_path / "commensal.db").is_file()


@pytest.mark.parametrize("words", [["migrate"], ["key", "new"]])
def test_a_setting_that_nobody_knows_is_warned_of_by_every_command(
    tmp_path: Path, words: list[str]
) -> None:
    said = commensal(*words, DATA_DIR=str(tmp_path), KEYFILE="x")

    assert said.code == 0
    assert "did you mean COMMENSAL_KEY_FILE?" in "".join(said.faults)


@pytest.mark.parametrize("words", [[], ["fly"], ["key"], ["content", "chek"], ["run", "--fast"]])
def test_words_that_are_no_command_get_the_usage(words: list[str]) -> None:
    said = commensal(*words)

    assert said.code == 2
    assert said.faults[0].startswith("usage: commensal")
    assert "Traceback" not in " ".join(said.faults)


def test_the_version_is_told() -> None:
    assert commensal("--version").out == f"commensal {__version__}\n"


def test_the_settings_are_listed_whatever_is_set() -> None:
    said = commensal("settings", MIN_AGE="9", BOT_TOKEN=SECRET)

    assert said.code == 0
    assert all(f"`{setting.variable}`" in said.out for setting in TABLE)
    assert SECRET not in said.out


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    key = tmp_path / "commensal.key"
    assert commensal("key", "new", DATA_DIR=str(tmp_path)).code == 0
    assert key.stat().st_mode & 0o777 == 0o600
    made = key.read_bytes()

    (again,) = refused(commensal("key", "new", DATA_DIR=str(tmp_path)))
    assert again.startswith(f"COMMENSAL_KEY_FILE: {key} is there already")
    assert commensal("key", "new", "--if-absent", DATA_DIR=str(tmp_path)).code == 0
    assert key.read_bytes() == made


def test_a_tip_is_shown_as_a_phone_would_show_it() -> None:
    said = commensal("content", "preview", "how_much_sleep", "--language", "en")

    title, *rest = said.out.strip().split("\n\n")
    assert title == "About seven to eight hours"
    assert rest[1].startswith("To try: ")
    assert rest[-2].startswith("From the article's section")
    assert rest[-1].startswith("General information, not medical advice.")

    (other,) = refused(commensal("content", "preview", "how_much_sleep", "--language", "xx"))
    assert other.startswith("no language is called xx: there are en")
    (fault,) = refused(commensal("content", "preview", "how_much_sleap"))
    assert fault.startswith("no snippet is called how_much_sleap: there are ")
