"""The command line as operators meet it: a process of its own, its exit code and what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """How a command ended. faults: the lines of its standard error."""

    code: int
    out: str
    faults: list[str]


def environ_of(settings: dict[str, str]) -> dict[str, str]:
    """Return an environment with these settings (names without their prefix) and no others."""
    bare = {name: value for name, value in os.environ.items() if "COMMENSAL" not in name}
    return bare | {f"COMMENSAL_{name}": value for name, value in settings.items()}


def commensal(*words: str, cwd: str | None = None, typed: str = "", **settings: str) -> Said:
    """Run `commensal` with *words* to its end. cwd: a package in it stands in for ours. typed: what it reads."""
    done = subprocess.run(
        [sys.executable, "-m", "commensal.cli", *words],
        env=environ_of(settings), cwd=cwd, input=typed, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr.splitlines())
