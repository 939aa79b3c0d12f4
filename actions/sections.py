"""What stands in an export, section by section, opened with the person's key.

Pure work on rows that were read before, so that it can run beside the event loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from actions.labels import Labels
from domain.checkin import Answer, Source
from domain.entries import EntryKind
from domain.joining import Age
from storage.export import Row
from storage.people import Known
from storage.reminders import weekdays

COLUMNS = (
    "day", "kind", "routine", "question", "asked", "code", "label", "scale", "source", "at",
    "zone", "text",
)  # fmt: skip
"""The head of the CSV table, one row for each answer, note, log and warning sign."""

SETTINGS = (
    "language", "zone", "day_starts_at", "tip_pace", "discreet", "paused_until", "quiet_on", "created_at",
    "joined_at", "seen_at", "blocked_at", "asked_idle", "asked_idle_at", "reminder_zone",
    "quiet_from", "quiet_until", "spread", "proposals",
)  # fmt: skip


class Sections:
    """A person's rows, as what an export shows. *words*: consent texts by id, with their language."""

    def __init__(
        self,
        person: Known,
        rows: Mapping[str, list[Row]],
        words: Mapping[int, tuple[str, str]],
        labels: Labels,
    ) -> None:
        self._person, self._rows, self._words, self._labels = person, rows, words, labels
        self._own = {
            f"own{row['number']}": self._open("own_item", row, "sealed_label")
            for row in rows["own_item"]
        }
        self._answers = self._by_check_in()

    def all(self) -> dict[str, Any]:
        """Return every section, in the order of the file."""
        return {
            "about": self._labels.language("export.about"),
            "person": self._about_person(),
            "questions": list(self._questions()),
            "check_ins": list(self._check_ins()),
            "entries": list(self._entries()),
            "warnings": list(self._warnings()),
            "own_items": list(self._own_items()),
            "switches": list(self._switches()),
            "reminders": list(self._reminders()),
            "deliveries": list(self._deliveries()),
            "tips": list(self._tips()),
            "tip_opinions": list(self._tip_opinions()),
            "consents": list(self._consents()),
            "imports": [
                _plain(row, "seen_at", "confirmed_at", "undone_at")
                for row in self._rows["import_batch"]
            ],
        }

    def table(self) -> Iterator[Sequence[str]]:
        """Yield the rows of the CSV table, its head first."""
        yield COLUMNS
        for check_in in self._check_ins():
            for answer in (a for a in check_in["answers"] if a["holds"]):
                yield self._line({**check_in, **answer, "kind": "answer"}, answer["answered_at"])
        for entry in self._entries():
            yield self._line(entry, entry["at"])
        for warning in self._warnings():
            line = {**warning, "kind": "warning", "code": warning["sign"]}
            yield self._line(line, warning["at"])

    def _line(self, values: Mapping[str, Any], at: str) -> list[str]:
        question = values.get("question") or ""
        scale = self._labels.scale(question, self._own)
        asked = self._labels.question(question, self._own)
        line = {**values, "at": at, "scale": scale, "asked": asked}
        return [str(line.get(column) or "") for column in COLUMNS]

    def _open(self, table: str, row: Row, column: str = "sealed") -> Any:  # noqa: ANN401
        return self._person.open(table, column, row["id"], row[column])

    def _by_check_in(self) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {}
        for row in sorted(self._rows["answer"], key=lambda r: (r["answered_at"], r["question_id"])):
            opened = self._open("answer", row)
            answer = {
                "question": row["question_id"],
                "version": row["question_version"],
                "code": opened["code"],
                "label": self._labels.answer(
                    row["question_id"], Answer(opened["code"], Source(opened["source"]))
                ),
                "source": opened["source"],
                "answered_at": row["answered_at"].isoformat(),
            }
            found.setdefault(row["check_in_id"], []).append(answer)
        for answers in found.values():
            said = {a["question"]: Answer(a["code"], Source(a["source"])) for a in answers}
            holding = self._labels.holding(said)
            for answer in answers:
                answer["holds"] = answer["question"] in holding
        return found

    def _about_person(self) -> dict[str, Any]:
        profile = dict(self._person.profile)
        profile.pop("switches", None)
        if "age" in profile:
            profile["age"] = Age(profile["age"]).name.lower()
        country = profile.pop("country", None)
        if country is not None:
            profile["country"] = country or "none"
        left_out = [
            {"mark": mark, "label": self._labels.mark(mark)} for mark in profile.pop("marks", ())
        ]
        told = {"profile": profile, "left_out": left_out}
        return {**_plain(self._rows["person"][0], *SETTINGS), **told}

    def _questions(self) -> Iterator[dict[str, str]]:
        answered = {a["question"] for answers in self._answers.values() for a in answers}
        logged = {row["question_id"] for row in self._said()} - {None}
        for question in sorted(answered | logged):
            asked = self._labels.question(question, self._own)
            scale = self._labels.scale(question, self._own)
            yield {"question": question, "asked": asked, "scale": scale}

    def _check_ins(self) -> Iterator[dict[str, Any]]:
        for row in self._rows["check_in"]:
            yield {
                **_plain(row, "day", "routine", "zone", "opened_at", "finished_at"),
                "imported": row["import_id"] is not None,
                "answers": self._answers.get(row["id"], []),
            }

    def _said(self) -> list[Row]:
        """Return the notes and logs, without those that the person took away."""
        return [row for row in self._rows["entry"] if row["removed_at"] is None]

    def _entries(self) -> Iterator[dict[str, Any]]:
        for row in self._said():
            content = self._open("entry", row)
            entry = _plain(row, "day", "at", "kind", "zone")
            entry["imported"] = row["import_id"] is not None
            if row["kind"] is EntryKind.LOG:
                label = self._labels.code(row["question_id"], content)
                yield {**entry, "question": row["question_id"], "code": content, "label": label}
            else:
                yield {**entry, "text": content}

    def _warnings(self) -> Iterator[dict[str, Any]]:
        for row in self._rows["warned"]:
            sign = self._open("warned", row)
            yield {
                **_plain(row, "day", "at"),
                "imported": row["import_id"] is not None,
                "sign": sign,
                "label": self._labels.sign(sign),
            }

    def _own_items(self) -> Iterator[dict[str, Any]]:
        for row in self._rows["own_item"]:
            question = f"own{row['number']}"
            yield {
                "question": question,
                "label": self._own[question],
                **_plain(row, "created_at", "removed_at"),
                "imported": row["import_id"] is not None,
            }

    def _switches(self) -> Iterator[dict[str, Any]]:
        for item_id, on in self._person.profile.get("switches", {}).items():
            yield {"item_id": item_id, "on": on}

    def _reminders(self) -> Iterator[dict[str, Any]]:
        for row in (r for r in self._rows["reminder"] if r["removed_at"] is None):
            times = [
                slot["at"]
                for slot in self._rows["reminder_slot"]
                if slot["reminder_id"] == row["id"] and slot["removed_at"] is None
            ]
            said = self._open("reminder", row) if row["sealed"] else {}
            before = self._open("reminder", row, "sealed_before") if row["sealed_before"] else None
            yield {
                **_plain(row, "kind", "routine", "silent", "nudges", "active", "draft"),
                **_plain(row, "paused_until", "proposed_at", "created_at"),
                **said,
                **_plain(row, "pattern", "number", "anchor", "moment"),
                "weekdays": sorted(weekdays(row["weekdays"])),
                "times": sorted(_text(at) for at in times),
                "before": before,
                "imported": row["import_id"] is not None,
            }

    def _deliveries(self) -> Iterator[dict[str, Any]]:
        reminders = {row["id"]: row for row in self._rows["reminder"]}
        times = {row["id"]: row["at"] for row in self._rows["reminder_slot"]}
        answered = self._first_answers()
        for row in self._rows["occurrence"]:
            reminder = reminders[row["reminder_id"]]
            yield {
                "kind": _text(reminder["kind"]),
                "planned_for": _text(times[row["slot"]]),
                **_plain(row, "local_day", "step", "due_at", "state", "reason", "attempts"),
                **_plain(row, "settled_at", "message_id", "is_nudge", "urgency"),
                "answered_at": _text(row["answered_at"])
                or answered.get((row["local_day"], reminder["routine"])),
            }

    def _first_answers(self) -> dict[tuple[date, str], str]:
        """Return when each day's check-in got its first answer."""
        return {
            (row["day"], row["routine"]): self._answers[row["id"]][0]["answered_at"]
            for row in self._rows["check_in"]
            if row["id"] in self._answers
        }

    def _tips(self) -> Iterator[dict[str, Any]]:
        for row in self._rows["snippet_shown"]:
            sent = row["occurrence_id"] is not None
            why = self._open("snippet_shown", row) if row["sealed"] else {}
            yield {**_plain(row, "snippet_id", "at"), "by_reminder": sent, "fits": why.get("fits")}

    def _tip_opinions(self) -> Iterator[dict[str, Any]]:
        for row in self._rows["snippet_opinion"]:
            imported = row["import_id"] is not None
            said = self._open("snippet_opinion", row)
            yield {**_plain(row, "snippet_id", "at"), "imported": imported, **said}

    def _consents(self) -> Iterator[dict[str, Any]]:
        for row in self._rows["consent"]:
            language, text = self._words[row["text_id"]]
            decision = _plain(row, "purpose", "given", "version", "at")
            yield {**decision, "language": language, "text": text}


def _plain(row: Row, *names: str) -> dict[str, Any]:
    """Return these columns of *row* as JSON has them."""
    return {name: _text(row[name]) for name in names}


def _text(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value
