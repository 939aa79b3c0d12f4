"""The sandbox's clock: real time plus an offset that only goes forward, kept in a file."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SandboxClock:
    """Call it for now (aware, UTC). file: where the offset is kept, None for nowhere."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.offset = timedelta()
        if file is not None and file.exists():
            saved = json.loads(file.read_text(encoding="utf-8"))
            self.offset = timedelta(seconds=max(0.0, float(saved["offset_seconds"])))

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def move_to(self, to: datetime) -> None:
        """Make *to* now. Errors: ValueError if it is naive or lies behind now."""
        if to.tzinfo is None:
            raise ValueError("a moment needs a zone")
        behind = self() - to
        if behind > timedelta(seconds=1):
            raise ValueError("the clock only goes forward")
        self.offset = max(self.offset, to - datetime.now(UTC))
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside = self.file.with_name(self.file.name + ".new")
            beside.write_text(json.dumps({"offset_seconds": self.offset.total_seconds()}))
            os.replace(beside, self.file)  # noqa: PTH105 - atomic, over an existing file
