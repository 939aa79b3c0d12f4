"""Whatever lies in an operator's folder: a start names the file and what is wrong, and never falls over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from content.check import faults
from content.library import Library
from tests.content.test_overlay import put

NOBODY = 65534


@pytest.fixture
def own() -> Iterator[Path]:
    """An empty folder that everybody can find."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        (path / "own").mkdir()
        yield path / "own"


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Be a user whom modes of files hold for, if this is the one whom they do not."""
    former = os.geteuid()
    if former == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(former)


@pytest.mark.parametrize("closed", ["", "snippets", "locales", "locales/de", "habits"])
@pytest.mark.usefixtures("shipped")  # read before, with all that is imported for it
def test_a_folder_that_cannot_be_looked_into_is_named(own: Path, closed: str) -> None:
    folder = own / closed
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0)
    with as_somebody_else():
        found = faults(over=own)
    folder.chmod(0o755)

    assert found == [f"{folder}: cannot be looked into (Permission denied)"]


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 3000 + "]" * 3000, f"[{'.'.join('a' * 3000)}]\nb = 1", "x = " + "[" * 3000],
    ids=["lists", "tables", "cut off"],
)
def test_what_nests_too_deeply_is_named(own: Path, text: str) -> None:
    put(own, "locales/de/common.toml", text)

    (found,) = faults(over=own)

    assert found.startswith(f"{own}/locales/de/common.toml:")
    assert found.endswith("nests too deeply")


def test_a_file_that_is_too_large_is_not_read(own: Path) -> None:
    put(own, "points.toml", "#" * 1_100_000)

    assert faults(over=own) == [f"{own}/points.toml: is too large: at most 1,000,000 characters"]


def test_a_mark_of_byte_order_does_no_harm(own: Path) -> None:
    put(own, "snippets/a_gap_in_the_day.md", f"\ufeff{ours('a_gap_in_the_day')}")
    put(own, "locales/de/common.toml", '\ufeff[buttons]\nmenu = "Menü!"\n')

    library = Library.load(over=own)

    assert library.language("de")("common.buttons.menu") == "Menü!"
    assert "a_gap_in_the_day" in library.snippets


def test_a_name_that_is_no_text_can_still_be_printed(own: Path) -> None:
    name = os.fsdecode(b"caf\xe9.toml")
    put(own, f"habits/{name}", "")

    found = faults(over=own)

    assert found
    assert all(line.encode() for line in found)
    assert all(line.startswith(f"{own}/habits/caf\\udce9.toml") for line in found)


@pytest.mark.parametrize("mark", ["\u2028", "\u0085"])
def test_only_a_line_feed_ends_a_line(own: Path, mark: str) -> None:
    whole = ours("a_gap_in_the_day")
    text = whole.replace("+++\n", f"+++\n# a {mark} comment\nwrong = 1\n", 1)
    put(own, "snippets/a_gap_in_the_day.md", text)

    found = faults(over=own)

    assert found == [f"{own}/snippets/a_gap_in_the_day.md:3: unknown key 'wrong'"]


def ours(name: str) -> str:
    return Path(f"content/snippets/{name}.md").read_text(encoding="utf-8")
