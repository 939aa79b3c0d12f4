"""A copy of the shipped content, to be changed freely, or given to a running bot."""

from __future__ import annotations

import shutil
from pathlib import Path

from content.library import FALLBACK, PACKAGE


def content_in(folder: Path) -> Path:
    """Copy the content in English into *folder*; return the copy's root."""
    unread = shutil.ignore_patterns("*.py", "__pycache__", "places", "locales")
    root = Path(shutil.copytree(PACKAGE, folder / "content", ignore=unread))
    shutil.copytree(PACKAGE / "locales" / FALLBACK, root / "locales" / FALLBACK)
    return root
