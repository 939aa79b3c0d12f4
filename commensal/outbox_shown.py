"""How `commensal outbox list` words and lays out what it found: as a table for people, or as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from actions.outbox import Line, Outbox
from commensal.desk import counted, drained_in, spelled
from commensal.settings import Settings
from commensal.short_ids import short
from domain.delivery import State
from storage.outbox import Heap

MEANING = {
    State.DUE: "waits to be sent",
    State.CLAIMED: "is being sent",
    State.SENT: "was sent",
    State.UNKNOWN: "nobody knows whether it came",
    State.EXPIRED: "came too late to be sent: missed",
    State.SKIPPED: "was not wanted any more",
    State.FAILED: "was refused",
}


def as_text(here: Outbox, settings: Settings, *, usual: bool) -> str:
    """Return it as lines to read. usual: nothing in particular was asked for."""
    lines = [_backlog(here, settings)]
    if not here.heaps:
        lines.append(
            "Nothing failed, nothing was missed, nothing is in doubt."
            if usual
            else "Nothing of what was asked for is there."
        )
        return "\n".join(lines)
    head = ("state", "reason", "kind", "count", "first due (UTC)", "what it means")
    lines += ["", *table([head, *map(_heap_cells, here.heaps)])]
    if here.lines:
        named = ("id", "kind", "due (UTC)", "late", "state", "reason", "attempts")
        lines += ["", *table([named, *map(_line_cells, here.lines)])]
        if len(here.lines) < (all_of := sum(heap.count for heap in here.heaps)):
            lines.append(f"These are the oldest {len(here.lines)} of {all_of:,}.")
    return "\n".join(lines)


def _backlog(here: Outbox, settings: Settings) -> str:
    pace = f"{settings.messages_per_second} a second"
    words = "Nothing waits."
    if here.waiting:
        takes = spelled(drained_in(here.waiting, settings))
        verb = "waits" if here.waiting == 1 else "wait"
        words = f"{counted(here.waiting, 'message')} {verb}: about {takes} at {pace}, after answers to people."  # fmt: skip
    if here.coming:
        takes = spelled(drained_in(here.coming, settings))
        fall = "falls" if here.coming == 1 else "fall"
        words += f" {here.coming:,} more {fall} due within the hour: about {takes} at {pace}."
    return words


def _heap_cells(heap: Heap) -> tuple[str, ...]:
    meaning = MEANING[heap.state]
    return (
        heap.state,
        heap.reason or "-",
        heap.kind,
        f"{heap.count:,}",
        _utc(heap.oldest),
        meaning,
    )


def _line_cells(line: Line) -> tuple[str, ...]:
    late = spelled(line.late)
    end = (line.state, line.reason or "-", str(line.attempts))
    return (short(line.id), line.kind, _utc(line.due_at), late, *end)


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows of cells as lines with even columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def as_json(here: Outbox, settings: Settings) -> str:
    """Return it as one line of JSON, for scripts."""
    found = {
        "waiting": here.waiting,
        "waiting_seconds": round(drained_in(here.waiting, settings).total_seconds(), 1),
        "due_within_the_hour": here.coming,
        "messages_per_second": settings.messages_per_second,
        "counts": [
            {"state": h.state, "reason": h.reason, "kind": h.kind, "count": h.count,
             "first_due_at": h.oldest.isoformat()}
            for h in here.heaps
        ],
        "rows": [
            {"id": short(r.id), "kind": r.kind, "due_at": r.due_at.isoformat(),
             "late_seconds": round(r.late.total_seconds(), 1), "state": r.state,
             "reason": r.reason, "attempts": r.attempts}
            for r in here.lines
        ],
    }  # fmt: skip
    return json.dumps(found)
