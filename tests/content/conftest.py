"""A copy of the shipped content, to be changed freely."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.library import PACKAGE, Library
from tests.journeys.copies import content_in

Write = Callable[[str, str], None]
"""Writes a text into a file of the copy, named as in faults."""


@pytest.fixture(scope="session")
def shipped() -> Library:
    return Library.load()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root of a copy of the shipped content, in English: what it says of a fault is of one language."""
    return content_in(tmp_path)


@pytest.fixture
def write(root: Path) -> Write:
    def into(file: str, text: str) -> None:
        path = root.parent / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return into


@pytest.fixture(scope="session")
def whole_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Path, bytes]]:
    """The root of a copy with every language, and what its files held at first."""
    unread = shutil.ignore_patterns("*.py", "__pycache__", "places")
    folder = tmp_path_factory.mktemp("whole")
    made = Path(shutil.copytree(PACKAGE, folder / "content", ignore=unread))
    return made, {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}


@pytest.fixture
def whole(whole_once: tuple[Path, dict[Path, bytes]]) -> Iterator[Path]:
    """The root of a copy with every language; whatever a test changes in it is put back after it."""
    made, at_first = whole_once
    yield made
    for path in made.rglob("*"):
        if path.is_file() and path not in at_first:
            path.unlink()
    for path, held in at_first.items():
        if not path.exists() or path.read_bytes() != held:
            path.write_bytes(held)
