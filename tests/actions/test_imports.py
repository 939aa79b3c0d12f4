"""/import adds what is new, never touches what is here, and can be taken back to the row."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import erase, export, imports, tip_opinions, typed
from actions.erase import Ask
from actions.export import Files
from actions.imports import Added, AskFile, Dropped, Found, TakenBack
from actions.work import Runner, Work
from bot.screen import plain
from bot.screens import render
from domain.checkin import Answer, Source
from domain.consent import Purpose
from domain.errors import Refused
from domain.merging import MOST_A_DAY
from storage import people
from storage.tables import AnswerRow, Awaiting, ImportBatch
from tests.actions.diaries import (
    ANNA,
    BEN,
    LABEL,
    add_day,
    add_entry,
    add_own,
    counts,
    join,
    plant,
)
from tests.actions.members import decide, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

Change = Callable[[dict[str, Any]], object]


async def exported(run: Runner, who: int = ANNA) -> dict[str, Any]:
    view = (await run(export.export, who, "en")).views[-1]
    assert isinstance(view, Files)
    found: dict[str, Any] = json.loads(view.json)
    return found


async def look(run: Runner, file: dict[str, Any], who: int = BEN) -> Found:
    await run(imports.ask, who)
    view = (await run(imports.look, who, json.dumps(file).encode())).views[-1]
    assert isinstance(view, Found)
    return view


async def bring_in(run: Runner, file: dict[str, Any], who: int = BEN) -> Added:
    found = await look(run, file, who)
    assert found.batch_id is not None
    view = (await run(imports.confirm, who, found.batch_id)).views[-1]
    assert isinstance(view, Added)
    return view


@pytest_asyncio.fixture
async def file(run: Runner) -> dict[str, Any]:
    """Anna's diary of three days; Ben, who joined afterwards, has none."""
    await run(plant, ANNA)
    found = await exported(run)
    await run(join, BEN)
    return found


def comparable(diary: dict[str, Any]) -> dict[str, Any]:
    """A diary without what must differ: where a row came from, and when an own item was made here."""
    names = ("check_ins", "entries", "warnings", "own_items", "tip_opinions")
    kept = {name: diary[name] for name in names}
    text = json.loads(json.dumps(kept))
    for rows in text.values():
        for row in rows:
            row.pop("imported")
            row.pop("created_at", None)
            if "helpful" in row:
                row.pop("at")
            for answer in row.get("answers", []):
                answer.pop("source")
    return text  # type: ignore[no-any-return]


async def test_a_diary_survives_deleting_and_joining_again(run: Runner, clock: Clock) -> None:
    await run(plant, ANNA, 12)
    before = await exported(run)
    ask = (await run(erase.ask, ANNA, "en")).views[-1]
    assert isinstance(ask, Ask)
    await run(erase.confirm, ANNA, "en", ask.asked, messages=False)
    clock.advance(days=40)
    await run(join, ANNA)

    await bring_in(run, before, ANNA)

    after = await exported(run)
    assert comparable(after) == comparable(before)
    sources = {(a["question"], a["source"]) for day in after["check_ins"] for a in day["answers"]}
    assert ("ache", "imported") in sources
    assert ("glow", "preset") in sources  # left open by a calm day: still nobody's answer


async def test_it_is_shown_first_and_nothing_is_added_yet(
    run: Runner, file: dict[str, Any]
) -> None:
    before = await run(counts)

    found = await look(run, file)

    assert (found.days, found.entries, found.warnings, found.own_items) == (3, 2, 1, 1)
    assert await run(counts) == before


async def test_the_same_file_twice_changes_nothing(run: Runner, file: dict[str, Any]) -> None:
    await bring_in(run, file)
    before = await run(counts)

    again = await look(run, file)

    assert (again.batch_id, again.kept_days, again.kept_entries) == (None, 3, 2)
    assert await run(counts) == before


async def test_a_second_tap_on_add_changes_nothing(run: Runner, file: dict[str, Any]) -> None:
    added = await bring_in(run, file)
    before = await run(counts)

    view = (await run(imports.confirm, BEN, added.batch_id)).views[-1]

    assert view == added
    assert await run(counts) == before


async def test_a_day_that_is_here_stays_as_it_is(run: Runner, file: dict[str, Any]) -> None:
    async def own_day(work: Work) -> None:
        person = await people.find(work.session, work.keys, BEN)
        assert person is not None
        await add_day(work, person, work.now.date(), ache="9")

    await run(own_day)
    found = await look(run, file)
    assert found.batch_id is not None
    await run(imports.confirm, BEN, found.batch_id)

    days = {day["day"]: day for day in (await exported(run, BEN))["check_ins"]}
    assert (found.days, found.kept_days) == (2, 1)
    ache = next(a for a in days["2025-03-03"]["answers"] if a["question"] == "ache")
    assert (ache["code"], ache["source"]) == ("9", "tapped")


async def test_an_own_item_is_known_again_by_its_words(run: Runner, file: dict[str, Any]) -> None:
    async def knees(work: Work) -> None:
        person = await people.find(work.session, work.keys, BEN)
        assert person is not None
        await add_own(work, person, 1, "Something else")
        await add_own(work, person, 2, LABEL.upper() + " ")

    await run(knees)
    await bring_in(run, file)

    diary = await exported(run, BEN)
    answered = {a["question"] for day in diary["check_ins"] for a in day["answers"]}
    assert {q for q in answered if q.startswith("own")} == {"own2"}
    assert [own["label"] for own in diary["own_items"]] == ["Something else", LABEL.upper() + " "]


async def test_a_new_own_item_takes_a_number_that_nobody_had(
    run: Runner, file: dict[str, Any]
) -> None:
    async def other(work: Work) -> None:
        person = await people.find(work.session, work.keys, BEN)
        assert person is not None
        await add_own(work, person, 1, "Something else")

    await run(other)
    file["own_items"].append({"question": "own2", "label": "Something else", "removed_at": None})
    await bring_in(run, file)

    diary = await exported(run, BEN)
    assert {o["question"]: o["label"] for o in diary["own_items"]} == {
        "own1": "Something else",
        "own2": LABEL,
    }
    own = {a["question"] for day in diary["check_ins"] for a in day["answers"]}
    assert {q for q in own if q.startswith("own")} == {"own2"}


async def test_how_many_own_items_will_not_be_asked_is_said_before(
    run: Runner, file: dict[str, Any]
) -> None:
    file["own_items"] = [
        {"question": f"own{n}", "label": f"Item\n{n}\u200b", "removed_at": None}
        for n in range(1, 9)
    ]

    assert (await look(run, file)).hidden == 3

    await bring_in(run, file, BEN)
    labels = [own["label"] for own in (await exported(run, BEN))["own_items"]]
    assert labels == [f"Item {n}" for n in range(1, 9)]


async def test_a_day_takes_no_more_entries_than_it_can_show(
    run: Runner, file: dict[str, Any]
) -> None:
    note = next(entry for entry in file["entries"] if entry["kind"] == "note")
    file["entries"] = [{**note, "text": f"note {n}"} for n in range(MOST_A_DAY + 20)]

    found = await look(run, file)

    assert (found.entries, found.left_out) == (MOST_A_DAY, 20)


async def test_more_than_five_own_items_are_kept_but_not_asked(
    run: Runner, file: dict[str, Any]
) -> None:
    file["own_items"] = [
        {"question": f"own{n}", "label": f"Item {n}", "removed_at": None} for n in range(1, 9)
    ]
    await bring_in(run, file)

    own = (await exported(run, BEN))["own_items"]
    assert sum(o["removed_at"] is None for o in own) == 5
    assert len(own) == 8


async def test_what_nobody_asks_here_is_named_and_left_out(
    run: Runner, file: dict[str, Any]
) -> None:
    file["check_ins"][0]["answers"][0]["question"] = "unheard_of"
    file["check_ins"][1]["routine"] = "midnight"
    ache = next(a for a in file["check_ins"][2]["answers"] if a["question"] == "ache")
    ache["code"] = "eleven"
    file["entries"][0]["day"] = "2025-03-04"

    found = await look(run, file)

    assert found.unknown == ("midnight", "unheard_of")
    assert (found.days, found.left_out) == (2, 2)


async def test_taking_it_back_removes_exactly_what_it_added(
    run: Runner, file: dict[str, Any]
) -> None:
    async def own_rows(work: Work) -> None:
        person = await people.find(work.session, work.keys, BEN)
        assert person is not None
        await add_own(work, person, 1, "Mine")
        await add_day(work, person, work.now.date(), ache="9")
        await add_entry(work, person, "mine")

    await run(own_rows)
    before, rows = await exported(run, BEN), await run(counts)
    added = await bring_in(run, file)

    views = [(await run(imports.take_back, BEN, added.batch_id)).views[-1] for _ in range(2)]

    assert views == [TakenBack(), TakenBack()]
    after = await exported(run, BEN)
    assert comparable(after) == comparable(before)
    assert await run(counts) == rows


async def test_an_answer_put_right_since_stays_when_the_rest_is_taken_back(
    run: Runner, file: dict[str, Any]
) -> None:
    added = await bring_in(run, file)

    async def put_right(work: Work) -> None:
        person = await people.find(work.session, work.keys, BEN)
        assert person is not None
        query = select(AnswerRow).where(AnswerRow.person_id == person.id)
        row = (await work.session.scalars(query.where(AnswerRow.question_id == "own1"))).first()
        assert row is not None
        answer = Answer("8", Source.LATE)
        said = {"code": answer.code, "source": answer.source.value}
        row.sealed = person.seal("answer", "sealed", row.id, said)
        row.import_id = None

    await run(put_right)
    await run(imports.take_back, BEN, added.batch_id)

    diary = await exported(run, BEN)
    assert [len(day["answers"]) for day in diary["check_ins"]] == [1]
    assert diary["check_ins"][0]["answers"][0]["code"] == "8"
    assert diary["own_items"][0]["label"] == LABEL
    assert diary["entries"] == diary["warnings"] == []


async def test_after_taking_it_back_the_same_file_can_come_in_again(
    run: Runner, file: dict[str, Any]
) -> None:
    added = await bring_in(run, file)
    await run(imports.take_back, BEN, added.batch_id)

    again = await bring_in(run, file)

    assert (again.days, again.entries, again.own_items) == (3, 2, 1)


async def test_leaving_it_forgets_the_file(run: Runner, file: dict[str, Any]) -> None:
    before = await run(counts)
    found = await look(run, file)
    assert found.batch_id is not None

    view = (await run(imports.drop, BEN, found.batch_id)).views[-1]

    assert view == Dropped()
    assert await run(counts) == before
    with pytest.raises(Refused, match="stale"):
        await run(imports.confirm, BEN, found.batch_id)


async def test_a_file_that_waited_a_day_is_not_added(
    run: Runner, file: dict[str, Any], clock: Clock
) -> None:
    found = await look(run, file)
    assert found.batch_id is not None
    clock.advance(hours=25)

    with pytest.raises(Refused, match="stale"):
        await run(imports.confirm, BEN, found.batch_id)


async def test_a_second_file_takes_the_place_of_one_that_waits(
    run: Runner, file: dict[str, Any]
) -> None:
    await look(run, file)
    await look(run, file)

    async def waiting(work: Work) -> int:
        return len((await work.session.scalars(select(ImportBatch))).all())

    assert await run(waiting) == 1


@pytest.mark.parametrize("action", [imports.confirm, imports.take_back])
async def test_nobody_can_touch_anothers_import(
    run: Runner, file: dict[str, Any], action: Callable[..., Any]
) -> None:
    found = await look(run, file)
    assert found.batch_id is not None

    with pytest.raises(Refused, match="stale"):
        await run(action, ANNA, found.batch_id)
    await run(imports.drop, ANNA, found.batch_id)

    assert (await run(imports.confirm, BEN, found.batch_id)).views[-1].days == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\x00garbage", "import_not_json"),
        (b'{"format": "other"}', "import_not_ours"),
        (b'{"format": "commensal-diary", "version": 9}', "import_newer"),
        (b'{"format": "commensal-diary", "version": 1, "entries": 1}', "import_broken"),
    ],
)
async def test_a_wrong_file_gets_a_sentence_and_one_is_still_expected(
    run: Runner, content: bytes, key: str
) -> None:
    await run(join, BEN)
    assert (await run(imports.ask, BEN)).views == (AskFile(10),)

    with pytest.raises(Refused, match=key) as raised:
        await run(imports.look, BEN, content)
    with pytest.raises(Refused, match="import_wants_file"):
        await run(typed.take, BEN, "here you are", "en")

    assert run.library.languages["en"](f"refused.{key}", **raised.value.values)
    assert await run(expected) == ["import"]


async def test_a_file_that_is_too_big_is_not_even_fetched(run: Runner) -> None:
    await run(join, BEN)
    await run(imports.ask, BEN)

    with pytest.raises(Refused, match="import_too_big"):
        await run(imports.expect_file, BEN, 10 * 1024 * 1024 + 1)
    await run(imports.expect_file, BEN, 10 * 1024 * 1024)


@pytest.mark.parametrize("who", [ANNA, BEN])
async def test_a_file_nobody_asked_for_is_not_fetched(run: Runner, who: int) -> None:
    await run(join, BEN)

    with pytest.raises(Refused, match="import_first"):
        await run(imports.expect_file, who, 10)


async def test_a_zone_that_is_not_known_here_becomes_the_persons(
    run: Runner, file: dict[str, Any]
) -> None:
    for day, zone in zip(file["check_ins"], ("Europe", "Mars/Olympus", "Asia/Tokyo"), strict=True):
        day["zone"] = zone
    await bring_in(run, file)

    zones = [day["zone"] for day in (await exported(run, BEN))["check_ins"]]
    assert zones == ["Europe/Berlin", "Europe/Berlin", "Asia/Tokyo"]


async def test_entries_come_back_with_their_zone_and_without_one_from_an_older_file(
    run: Runner, file: dict[str, Any]
) -> None:
    zones = ("Asia/Tokyo", "Mars/Olympus", *[None] * (len(file["entries"]) - 2))
    for entry, zone in zip(file["entries"], zones, strict=True):
        entry["zone"] = zone
    await bring_in(run, file)
    for entry in file["entries"]:
        del entry["zone"]

    assert [e["zone"] for e in (await exported(run, BEN))["entries"]][:2] == ["Asia/Tokyo", None]
    assert not (await look(run, file)).entries  # the same again, by a file that knows no zones


@pytest.mark.postgresql
async def test_an_import_comes_in_and_goes_on_postgresql_too(run: Runner) -> None:
    await run(plant, ANNA)
    file = await exported(run)
    await run(join, BEN)
    before = await run(counts)

    added = await bring_in(run, file)
    assert comparable(await exported(run, BEN)) == comparable(file)
    await run(imports.take_back, BEN, added.batch_id)

    assert await run(counts) == before


async def expected(work: Work) -> list[str]:
    return [row.kind for row in await work.session.scalars(select(Awaiting))]


async def test_what_was_made_of_tips_comes_in_and_goes_again(
    run: Runner, file: dict[str, Any]
) -> None:
    assert (await look(run, file)).opinions == 1
    added = await bring_in(run, file)
    assert added.opinions == 1
    (row,) = (await exported(run, BEN))["tip_opinions"]
    assert (row["snippet_id"], row["helpful"], row["imported"]) == ("calm", False, True)

    await run(imports.take_back, BEN, added.batch_id)

    assert (await exported(run, BEN))["tip_opinions"] == []


async def test_what_was_said_of_a_tip_here_stays(run: Runner, file: dict[str, Any]) -> None:
    await run(tip_opinions.helpful, BEN, "calm", True)

    assert (await bring_in(run, file)).opinions == 0

    (row,) = (await exported(run, BEN))["tip_opinions"]
    assert (row["helpful"], row["saved"]) == (True, None)


async def test_what_is_changed_after_an_import_is_the_persons_own(
    run: Runner, file: dict[str, Any]
) -> None:
    added = await bring_in(run, file)
    await run(tip_opinions.save, BEN, "calm", False)

    await run(imports.take_back, BEN, added.batch_id)

    (row,) = (await exported(run, BEN))["tip_opinions"]
    assert (row["saved"], row["helpful"], row["imported"]) == (None, False, False)


async def test_that_marks_are_not_brought_in_is_said_with_a_button_to_set_them(
    run: Runner, file: dict[str, Any]
) -> None:
    file["person"]["left_out"] = [{"mark": "feather", "label": "A mark"}]

    await run(imports.ask, BEN)
    here = await run(imports.look, BEN, json.dumps(file).encode())
    found = here.views[-1]
    assert isinstance(found, Found)
    assert found.batch_id is not None
    done = await run(imports.confirm, BEN, found.batch_id)

    for shown in (here, done):
        screen = render(shown.views[-1], shown.language)
        assert "no tip is left out because of it" in plain(screen)
        assert "Tips to leave out" in [b.label for row in screen.rows for b in row]
    again = await look(run, file)
    assert (again.batch_id, again.marks) == (None, True)
    profile = (await run(member, BEN)).profile
    assert "marks" not in profile


async def test_a_file_without_marks_or_with_nonsense_there_says_nothing_of_them(
    run: Runner, file: dict[str, Any]
) -> None:
    nonsense: tuple[object, ...] = ({"left_out": []}, {}, None, 7, ["left_out"])
    for person in nonsense:
        assert not (await look(run, {**file, "person": person})).marks


async def test_opinions_stay_out_without_consent_to_tips(run: Runner, file: dict[str, Any]) -> None:
    await run(decide, BEN, Purpose.TIPS, given=False)

    assert (await bring_in(run, file)).opinions == 0


async def test_a_tip_that_is_not_here_is_named_and_left_out(
    run: Runner, file: dict[str, Any]
) -> None:
    file["tip_opinions"][0]["snippet_id"] = "elsewhere"

    found = await look(run, file)

    assert found.opinions == 0
    assert "elsewhere" in found.unknown


@pytest.mark.parametrize("change", [{"helpful": "yes"}, {"tried": 3}, {"snippet_id": "A b"}])
async def test_opinions_that_are_not_in_order_are_refused(
    run: Runner, file: dict[str, Any], change: dict[str, Any]
) -> None:
    file["tip_opinions"][0].update(change)
    await run(imports.ask, BEN)

    with pytest.raises(Refused, match="import_broken"):
        await run(imports.look, BEN, json.dumps(file).encode())
