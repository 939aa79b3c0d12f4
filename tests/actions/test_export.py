"""/export gives a person all that we keep about them, in two files that do no harm."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Column, select

from actions import export, imports
from actions.export import Files, NothingKept
from actions.work import Runner, Work
from domain import portable
from storage import people
from storage.export import LEFT_OUT, hanging
from storage.moments import Moment
from storage.people import Known
from storage.tables import Awaiting, Base, Entry
from tests.actions.diaries import ANNA, BEN, LABEL, NOTE, add_entry, add_own, join, plant
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio


async def files(run: Runner, who: int = ANNA) -> tuple[dict[str, Any], list[dict[str, str]]]:
    here = await run(export.export, who, "en")
    view = here.views[-1]
    assert isinstance(view, Files)
    table = csv.DictReader(io.StringIO(view.csv.decode("utf-8-sig"), newline=""))
    return json.loads(view.json), list(table)


async def test_a_diary_comes_out_with_its_words(run: Runner, clock: Clock) -> None:
    await run(plant, ANNA)

    diary, _ = await files(run)

    assert (diary["format"], diary["version"]) == ("commensal-diary", 1)
    assert diary["person"]["zone"] == "Europe/Berlin"
    assert diary["person"]["profile"] == {"telegram_id": ANNA, "age": "adult"}
    assert [day["day"] for day in diary["check_ins"]] == ["2025-03-01", "2025-03-02", "2025-03-03"]
    by_question = {a["question"]: a for a in diary["check_ins"][0]["answers"]}
    assert by_question["ache"]["code"] == "3"
    assert by_question["visits"]["label"] == "Zero"
    assert by_question["habit:walk"]["label"] == "partly"
    assert by_question["shape"]["label"] == "skipped"
    assert by_question["glow"]["label"] == "not answered"
    assert {e.get("text") for e in diary["entries"]} == {NOTE, None}
    assert diary["warnings"][0]["label"] == "A red sign"
    assert diary["own_items"][0]["label"] == LABEL
    assert diary["reminders"][0]["times"] == ["20:30:00"]
    assert diary["deliveries"][0]["answered_at"] == clock.now.isoformat()
    assert diary["consents"][0]["text"].startswith("Do you agree")


async def test_another_persons_diary_stays_out(run: Runner) -> None:
    await run(plant, ANNA)
    await run(join, BEN)

    diary, table = await files(run, BEN)

    assert (diary["check_ins"], diary["entries"], diary["own_items"], table) == ([], [], [], [])


async def test_each_answer_note_log_and_sign_is_a_row_of_the_table(run: Runner) -> None:
    await run(plant, ANNA, days=2)

    _, table = await files(run)

    kinds = [row["kind"] for row in table]
    assert [kinds.count(k) for k in ("answer", "note", "log", "warning")] == [12, 1, 1, 1]


async def test_an_answer_whose_question_fell_away_is_marked_and_is_no_row(run: Runner) -> None:
    """With no visits there is no shape to tell; what was said of it before holds no more."""
    await run(plant, ANNA, days=1)

    diary, table = await files(run)

    holds = {a["question"]: a["holds"] for a in diary["check_ins"][0]["answers"]}
    assert [name for name, held in holds.items() if not held] == ["shape"]
    assert "shape" not in {row["question"] for row in table}
    assert "visits" in {row["question"] for row in table}
    own = next(row for row in table if row["question"] == "own1")
    assert (own["asked"], own["code"]) == (LABEL, "5")
    assert next(row for row in table if row["kind"] == "note")["text"] == NOTE


async def test_what_was_taken_away_is_in_neither_file(run: Runner) -> None:
    async def write(work: Work) -> None:
        person = await join(work, ANNA)
        await add_entry(work, person, NOTE)

    async def take_away(work: Work) -> None:
        for row in await work.session.scalars(select(Entry)):
            row.removed_at = work.now

    await run(write)
    assert len((await files(run))[0]["entries"]) == 1
    await run(take_away)

    diary, table = await files(run)

    assert (diary["entries"], table) == ([], [])


async def test_scales_are_called_local(run: Runner) -> None:
    await run(plant, ANNA, days=1)

    diary, table = await files(run)

    scales = {question["question"]: question["scale"] for question in diary["questions"]}
    assert {row["scale"] for row in table if row["question"] == "ache"} == {scales["ache"]}
    assert scales["shape"] == "local ordinal scale, 2 steps"
    assert scales["ache"] == "local scale, 0 to 10"
    assert "No code" in diary["about"] or "no code" in diary["about"]


@pytest.mark.parametrize("start", [*"=+-@\t\r\n", "＝"])
async def test_a_cell_that_a_spreadsheet_would_run_is_defused(run: Runner, start: str) -> None:
    async def write(work: Work) -> None:
        person = await join(work, ANNA)
        await add_entry(work, person, f'{start}1+1,"x"\r\n')
        await add_own(work, person, 1, f"{start}cmd|' /C calc'!A0")

    await run(write)
    _, table = await files(run)

    assert table[0]["text"] == f'\'{start}1+1,"x"\r\n'


async def test_a_stranger_is_told_that_nothing_is_kept(run: Runner) -> None:
    here = await run(export.export, BEN, "en")

    assert here.views == (NothingKept(),)


async def test_who_has_not_finished_joining_gets_what_there_is(run: Runner) -> None:
    async def begin(work: Work) -> None:
        await people.create(work.session, work.keys, ANNA, "en", work.now)

    await run(begin)
    diary, _ = await files(run)

    assert diary["person"]["joined_at"] is None


async def test_every_column_that_hangs_on_a_person_is_exported_or_left_out_by_name(
    run: Runner,
) -> None:
    """One row is planted in each table, a value of its own in each column: each has to come out."""
    canaries: dict[str, Any] = {}

    async def fill(work: Work) -> None:
        person = await join(work, ANNA)
        await _fill(work, person, canaries)

    await run(fill)
    here = await run(export.export, ANNA, "en")
    view = here.views[-1]
    assert isinstance(view, Files)
    text = view.json.decode()

    missing = [
        name
        for name, value in canaries.items()
        if name not in LEFT_OUT and _as_written(name, value, text) not in text
    ]
    assert missing == []
    assert set(LEFT_OUT) <= {*canaries, "awaiting", "person.lookup", "person.key"}


def _as_written(name: str, value: Any, text: str) -> str:  # noqa: ANN401
    """The value as JSON; one that others may share (true, a state) behind its column's name."""
    key = f'"{name.partition(".")[2]}": '
    written = json.dumps(value, ensure_ascii=False)
    shared = isinstance(value, bool) or not any(c.isdigit() or c == " " for c in written)
    return key + written if shared and key in text else written


async def _fill(work: Work, person: Known, canaries: dict[str, Any]) -> None:
    """Add a row to every table that hangs on *person*, and remember what has to come out."""
    ids: dict[str, int] = {"person": person.id}
    text = (await work.session.execute(select(Base.metadata.tables["consent_text"]))).first()
    assert text is not None
    ids["consent_text"] = text.id
    number = 0
    for table in hanging():
        values: dict[str, Any] = {}
        for column in table.columns:
            number += 1
            values[column.name] = _value(column, number, ids)
            if not column.foreign_keys and column.name != "id" and table.name != "person":
                canaries[f"{table.name}.{column.name}"] = _exported(
                    table.name, column.name, values[column.name]
                )
        _seal(table.name, values, person, canaries)
        if table.name == "person":
            _fill_person(person, values, canaries)
            continue
        ids[table.name] = values.get("id", 0)
        await work.session.execute(table.insert().values(**values))
    await work.session.flush()


def _value(column: Column[Any], number: int, ids: dict[str, int]) -> Any:  # noqa: ANN401
    """A value of the column's type that no other column has."""
    if column.foreign_keys:
        return ids.get(next(iter(column.foreign_keys)).column.table.name)
    if column.name == "removed_at" and column.table.name != "own_item":
        return None  # what was taken away is left out whole
    if column.name == "id":
        return 5_000_000 + number
    kind: type[Any] = datetime if isinstance(column.type, Moment) else column.type.python_type
    if issubclass(kind, Enum):
        return list(kind)[0]  # noqa: RUF015 - typed
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number, seconds=number)
    named = {"number": 7, "weekdays": 3, "item_id": f"item{number}"}
    if column.name in named:
        return named[column.name]
    made = {
        bool: True, int: 900_000 + number, str: f"text{number}", bytes: b"sealed later",
        datetime: at, date: at.date(), time: at.time().replace(microsecond=number),
    }  # fmt: skip
    return made[kind]


def _exported(table: str, column: str, value: Any) -> Any:  # noqa: ANN401
    """How a value looks in the file."""
    if (table, column) == ("own_item", "number"):
        return "own7"
    if column == "weekdays":
        return [0, 1]
    if column == "occurrence_id":
        return "by_reminder"  # whether there was one
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value


def _seal(table: str, values: dict[str, Any], person: Known, canaries: dict[str, Any]) -> None:
    for column in (c for c in values if c.startswith("sealed") and table != "person"):
        secret = f"secret of {table}"
        if table == "reminder":
            secret = f"{secret} in {column}"
        said: Any = {"code": secret, "source": "tapped"} if table == "answer" else secret
        if table == "reminder":
            said = {"text": secret}
        if table == "snippet_shown":
            said = {"fits": secret}
        if table == "snippet_opinion":
            said = {"saved": secret, "helpful": None, "tried": None}
        values[column] = person.seal(table, column, values["id"], said)
        canaries[f"{table}.{column}"] = secret


def _fill_person(person: Known, values: dict[str, Any], canaries: dict[str, Any]) -> None:
    for name, value in values.items():
        if name in ("id", "lookup", "key", "sealed_profile"):
            continue
        known = "Europe/Berlin" if name == "zone" else value
        setattr(person.row, name, known)
        # Being here is noted by asking for the export.
        if name not in ("seen_at", "blocked_at", "asked_idle"):
            canaries[f"person.{name}"] = _exported("person", name, known)
    canaries["person.sealed_profile"] = ANNA


async def test_asking_for_the_files_ends_what_was_expected(run: Runner) -> None:
    async def expect(work: Work) -> None:
        person = await join(work, ANNA)
        work.session.add(Awaiting(person_id=person.id, kind="note", subject="", since=work.now))

    async def expected(work: Work) -> int:
        return len((await work.session.scalars(select(Awaiting))).all())

    await run(expect)
    await run(export.export, ANNA, "en")

    assert await run(expected) == 0


@pytest.mark.drill
async def test_eight_years_of_days_come_out_and_back_in_within_seconds(run: Runner) -> None:
    await run(plant, ANNA, 3000)
    await run(join, BEN)
    begun = monotonic()

    view = (await run(export.export, ANNA, "en")).views[-1]
    assert isinstance(view, Files)
    await run(imports.ask, BEN)
    found = (await run(imports.look, BEN, view.json)).views[-1]
    assert isinstance(found, imports.Found)
    assert found.batch_id is not None
    await run(imports.confirm, BEN, found.batch_id)

    assert monotonic() - begun < 20
    assert found.days == 3000
    assert len(view.json) < portable.MOST_BYTES
