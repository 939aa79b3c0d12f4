"""A copy of the shipped content, to be changed and given to a running bot."""

from __future__ import annotations

import shutil
from pathlib import Path

from content.library import PACKAGE


def content_in(folder: Path) -> Path:
    """Copy the content into *folder*; return the copy's root."""
    unread = shutil.ignore_patterns("*.py", "__pycache__", "places")
    return Path(shutil.copytree(PACKAGE, folder / "content", ignore=unread))
