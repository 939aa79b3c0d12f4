"""What lies in a folder of content, also where it may not be looked into: then that is a fault.

Never reads a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.loading import Faults


def within(folder: Path, called: str, faults: Faults) -> list[Path] | None:
    """Return what is in a folder, in order: nothing where it is not there, None where nobody can say."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        faults.add(called, f"cannot be looked into ({error.strerror})")
        return None


def is_folder(path: Path) -> bool:
    """Say whether it is one that can be found."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Say whether it is one. Where nobody can say it is: reading it says what is wrong."""
    try:
        return path.is_file()
    except OSError:
        return True


def files(folder: Path, suffix: str, base: str, faults: Faults) -> Iterator[tuple[Path, str]]:
    """Yield each file of *folder* with its name for faults (*base* before it); others are faults."""
    for path in within(folder, base, faults) or ():
        if path.name.startswith((".", "__")):
            continue
        file = f"{base}/{path.name}"
        if path.suffix == suffix and is_file(path):
            yield path, file
        else:
            faults.add(file, f"unexpected: only {suffix} files belong here")
