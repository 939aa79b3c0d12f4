"""What the other commands say: versions, settings, keys, content."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commensal import __version__
from commensal.settings import TABLE
from content.library import PACKAGE
from storage.migrate import newest
from tests.commensal.commands import commensal, environ_of
from tests.commensal.test_start import SECRET, refused


def test_content_in_order_is_counted() -> None:
    for folder in ([], [str(PACKAGE)]):
        said = commensal("content", "check", *folder)
        assert (said.code, said.faults) == (0, [])
        assert "96 tips" in said.out
        assert "de: " in said.out
        assert "not reviewed by a clinician" in said.out


def test_every_fault_of_own_content_is_printed_at_once_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "habits").mkdir()
    for name in ("tea", "walk"):
        (tmp_path / f"habits/{name}.toml").write_text(f'id = "{name}"\nversion = 0\n')

    said = commensal("content", "check", CONTENT_DIR=str(tmp_path))

    assert (said.code, said.out) == (2, "")
    for name in ("tea", "walk"):
        assert f"{tmp_path}/habits/{name}.toml:2: 'version' must be from 1 to 9999" in said.faults
        assert f"{tmp_path}/habits/{name}.toml:1: missing 'text'" in said.faults

    (fault,) = refused(commensal("content", "check", CONTENT_DIR=str(tmp_path / "none")))
    assert fault == "COMMENSAL_CONTENT_DIR must be a folder that can be read"


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
    said = commensal("content", "preview", "how_much_sleep")

    lines = said.out.splitlines()
    assert "*About seven to eight hours*" in lines[1]
    assert {len(line) for line in lines[:-1]} == {42}
    assert "Please note" in said.out
    assert lines[-1].endswith(" of 4,096 characters")

    html = commensal("content", "preview", "how_much_sleep", "--as-html").out
    assert html.startswith("<b>About seven to eight hours</b>\n\n")


def test_arabic_is_shown_on_the_right() -> None:
    said = commensal("content", "preview", "how_much_sleep", "--language", "ar", "--plain")

    title = said.out.splitlines()[1]
    assert title.startswith("│   ")
    assert title.endswith("* │")


def test_all_tips_of_a_language_are_shown_to_a_reviewer() -> None:
    said = commensal("content", "preview", "--all", "--language", "de")

    assert said.code == 0
    shown = [line for line in said.out.splitlines() if line.startswith("── ")]
    assert len(shown) == said.out.count(" of 4,096 characters") > 90


def test_several_tips_are_shown_one_after_the_other() -> None:
    said = commensal("content", "preview", "yoga_your_way", "how_much_sleep")

    shown = [line for line in said.out.splitlines() if line.startswith("── ")]
    assert [line.split()[1] for line in shown] == ["yoga_your_way", "how_much_sleep"]


def test_who_reads_only_the_first_line_gets_no_traceback() -> None:
    words = [sys.executable, "-m", "commensal.cli", "content", "preview", "--all"]
    with subprocess.Popen(
        words, env=environ_of({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith("── ")
        running.stdout.close()
        assert running.stderr.read() == ""
        assert running.wait() == 0


def test_what_is_not_there_is_met_with_what_may_be_meant() -> None:
    (other,) = refused(commensal("content", "preview", "how_much_sleep", "--language", "xx"))
    assert other.startswith("no language is called xx: there are ar, de, en")
    (fault,) = refused(commensal("content", "preview", "how_much_sleap"))
    assert fault.startswith("no snippet is called how_much_sleap: did you mean how_much_sleep")
    (far,) = refused(commensal("content", "preview", "nonsense"))
    assert far == (
        "no snippet is called nonsense: there are 96 others, like a_careful_filter; --all shows every one"
    )
    (part,) = refused(commensal("content", "preview", "yoga"))
    assert part == "no snippet is called yoga: did you mean yoga_your_way?"
    (tag,) = refused(commensal("content", "preview", "how_much_sleep", "ar"))
    assert tag == "ar is a language: say --language ar"
    (neither,) = refused(commensal("content", "preview"))
    assert neither == "give the id of a tip, or --all"


def test_coverage_and_report_are_printed(tmp_path: Path) -> None:
    covered = commensal("content", "coverage")
    assert (covered.code, covered.faults) == (0, [])
    assert "R4 (seen)" in covered.out
    assert "not used: it is to be left out" in covered.out

    page = tmp_path / "report.md"
    assert commensal("content", "report", "--output", str(page)).out == ""
    assert page.read_text(encoding="utf-8") == commensal("content", "report").out
