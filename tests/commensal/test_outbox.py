"""commensal outbox: what is due and did not go out, told without a word of anybody, and changed on request."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from actions import planning
from commensal.short_ids import read, short
from domain.delivery import Outcome
from storage.listening import DUE, line
from storage.tables import new_id
from tests.commensal.commands import Said, commensal
from tests.commensal.ledgers import ANNA, BERT, act, remind, send
from tests.conftest import Post

pytestmark = pytest.mark.asyncio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def outbox(folder: Path, *words: str, typed: str = "") -> Said:
    said = commensal("outbox", *words, typed=typed, DATA_DIR=str(folder))
    everything = said.out + "".join(said.faults)
    assert "Traceback" not in everything
    assert str(ANNA) not in everything
    return said


def nothing_in(folder: Path) -> bool:
    return not folder.exists()


def ids(folder: Path) -> list[str]:
    return [row["id"] for row in json.loads(outbox(folder, "list", "--rows", "--json").out)["rows"]]


@pytest.fixture
def refusing(post: Post) -> Post:
    post.answers = dict.fromkeys((ANNA, BERT), Outcome.REFUSED)
    return post


async def test_where_nothing_is_wrong_it_says_so(folder: Path) -> None:
    await remind(folder, ANNA, minutes_ago=-180)

    said = outbox(folder, "list", "--rows")

    assert (said.code, said.faults) == (0, [])
    assert said.out.splitlines() == [
        "Nothing waits.",
        "Nothing failed, nothing was missed, nothing is in doubt.",
    ]
    assert "Nothing of what was asked for" in outbox(folder, "list", "--state", "sent").out


async def test_what_waits_is_counted_with_the_time_it_takes(folder: Path) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=5)

    said = outbox(folder, "list", "--rows", "1")
    backlog, _, head, due, _, columns, row, more = said.out.splitlines()

    assert backlog == "2 messages wait: about 0 s at 30 a second, after answers to people."
    assert head.split("  ")[0] == "state"
    assert due.split()[:4] == ["due", "-", "check_in", "2"]
    assert due.endswith("waits to be sent")
    assert columns.split()[0] == "id"
    assert row.split()[1] == "check_in"
    assert " 5 min " in row
    assert more == "These are the oldest 1 of 2."


async def test_what_is_about_to_fall_due_is_told_too(folder: Path) -> None:
    await remind(folder, ANNA, minutes_ago=-30)

    assert "1 more falls due within the hour" in outbox(folder, "list").out


async def test_scripts_get_the_same_as_json(folder: Path, refusing: Post) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=5)
    await send(folder, refusing)

    found = json.loads(outbox(folder, "list", "--rows", "--json", "--state", "failed").out)

    assert found["waiting"] == 0
    ((count,), rows) = found["counts"], found["rows"]
    assert (count["state"], count["reason"], count["count"]) == ("failed", "refused", 2)
    assert len(rows) == 2
    assert {row["attempts"] for row in rows} == {1}


async def test_a_retry_asks_and_a_dry_run_only_counts(folder: Path, refusing: Post) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=5)
    await send(folder, refusing)
    failed = ("retry", "--state", "failed", "--since", "2h")

    dry = outbox(folder, *failed, "--dry-run")
    no, unheard = outbox(folder, *failed, typed="n\n"), outbox(folder, *failed)

    assert (dry.code, no.code, unheard.code) == (0, 1, 1)
    assert dry.out.startswith("2 messages would come again")
    assert "Send 2 messages again? [y/N]" in no.out
    assert "--yes needs no answer" in unheard.out
    assert await act(folder, planning.unsettled) == 0
    yes = outbox(folder, *failed, typed="y\n")
    assert yes.code == 0
    assert "2 messages are due again." in yes.out
    assert await act(folder, planning.unsettled) == 2


async def test_one_message_can_be_named(folder: Path, refusing: Post) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=5)
    await send(folder, refusing)
    first, second = ids(folder)

    assert outbox(folder, "retry", first.upper(), "--yes").code == 0
    refusing.answers.clear()
    await send(folder, refusing)

    assert len(refusing.sent) == 1
    again = outbox(folder, "retry", first, second, "0000000000001", "--yes")
    assert again.code == 2
    assert again.faults == [
        "0000000000001 there is no such message",
        f"{first} was sent",
        "Nothing was changed, the others neither.",
    ]
    assert await act(folder, planning.unsettled) == 0


async def test_what_nobody_wants_any_more_is_told_and_left(folder: Path, post: Post) -> None:
    await remind(folder, ANNA, minutes_ago=5)
    post.answers[ANNA] = Outcome.GONE
    await send(folder, post)

    said = outbox(folder, "retry", "--state", "failed", "--yes")

    assert said.code == 0
    assert said.out.startswith("1 message will not come again: the person blocked the bot")


async def test_with_nothing_to_do_it_says_so_and_is_content(folder: Path) -> None:
    await remind(folder, ANNA, minutes_ago=-180)

    retry, drop = (
        outbox(folder, "retry", "--state", "expired"),
        outbox(folder, "drop", "--state", "due"),
    )

    assert (retry.code, retry.out) == (0, "There is nothing to send again.\n")
    assert (drop.code, drop.out) == (0, "There is nothing to drop.\n")


async def test_what_is_dropped_is_never_sent(folder: Path, post: Post) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=5)
    first, _ = ids(folder)

    assert "1 message would never come" in outbox(folder, "drop", first, "--dry-run").out
    assert outbox(folder, "drop", first, "--yes").out.splitlines()[-1].startswith("1 message drop")
    await send(folder, post)

    assert len(post.sent) == 1
    (skipped,) = json.loads(outbox(folder, "list", "--state", "skipped", "--json").out)["counts"]
    assert (skipped["reason"], skipped["count"]) == ("dropped", 1)
    assert outbox(folder, "drop", first).faults == [
        f"{first} was not wanted any more, and stays so"
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["retry"], "say which: some ids, or --state"),
        (["drop", "--yes"], "say which: some ids, or --state"),
        (["retry", "rubbish"], "rubbish is no id of a message"),
        (["retry", "0000000000001", "--state", "failed"], "say either ids, or --state"),
        (["retry", "--state", "sent"], "invalid choice: 'sent'"),
        (["drop", "--state", "failed"], "invalid choice: 'failed'"),
        (["list", "--since", "yesterday"], "'yesterday' is no time like 90m, 2h or 3d"),
        (["list", "--since", "-2h"], "expected one argument"),
        (["list", "--since", "0h"], "'0h' is no time at all: give one like 90m, 2h or 3d"),
        (["list", "--rows", "0"], "'0' is no number from 1 to 99999"),
        (["list", "--rows", "many"], "'many' is no number"),
        (["send"], "invalid choice: 'send'"),
        ([], "the following arguments are required"),
    ],
)
async def test_words_that_mean_nothing_are_refused_with_why(
    folder: Path, words: list[str], says: str
) -> None:
    said = outbox(folder, *words)

    assert (said.code, said.out) == (2, "")
    assert says in said.faults[-1]
    assert nothing_in(folder)


@pytest.mark.parametrize("words", [("list",), ("retry", "--state", "failed")])
async def test_where_no_bot_ever_ran_nothing_is_made(folder: Path, words: tuple[str, ...]) -> None:
    said = outbox(folder, *words)

    assert said.code == 2
    assert said.faults == [
        f"COMMENSAL_DATA_DIR: {folder / 'commensal.db'} is not there; did the bot run here?"
    ]
    assert nothing_in(folder)


async def test_a_database_that_is_not_there_is_called_by_the_setting_that_names_it(
    folder: Path,
) -> None:
    url = f"sqlite:///{folder / 'other.db'}"

    said = commensal("outbox", "list", DATA_DIR=str(folder), DATABASE_URL=url)

    assert said.faults == [
        f"COMMENSAL_DATABASE_URL: {folder / 'other.db'} is not there; did the bot run here?"
    ]


async def test_in_a_sandbox_its_own_clock_counts_however_far_ahead(folder: Path) -> None:
    ahead = 45 * 24 * 60
    await remind(folder, ANNA, minutes_ago=30 - ahead)
    saved = {"offset_seconds": ahead * 60}
    (folder / "clock.json").write_text(json.dumps(saved), encoding="utf-8")
    notice = folder / "notice.toml"
    notice.write_text('[texts]\nen = "x"', encoding="utf-8")

    listed = json.loads(outbox(folder, "list", "--json", "--since", "2h").out)
    announced = commensal("announce", str(notice), "--yes", DATA_DIR=str(folder))
    both = json.loads(outbox(folder, "list", "--json", "--since", "2h").out)

    assert [count["count"] for count in listed["counts"]] == [1]
    assert announced.code == 0
    assert announced.faults[0].startswith("This is a sandbox. Its clock counts here: it is at ")
    assert sorted(count["kind"] for count in both["counts"]) == ["check_in", "notice"]


async def test_another_key_file_is_refused(folder: Path) -> None:
    await remind(folder, ANNA, minutes_ago=5)
    (folder / "commensal.key").unlink()
    commensal("key", "new", DATA_DIR=str(folder))

    said = outbox(folder, "list")

    assert said.code == 2
    assert said.faults[0].startswith("COMMENSAL_KEY_FILE: not the key file that this database")


@pytest.mark.postgresql
async def test_on_postgresql_a_bot_hears_of_a_change_at_once(
    folder: Path, database_url: str, refusing: Post
) -> None:
    given = {"DATA_DIR": str(folder), "DATABASE_URL": database_url}
    commensal("key", "new", **given)
    await remind(folder, ANNA, BERT, minutes_ago=5, url=database_url)
    await send(folder, refusing, url=database_url)
    heard = asyncio.Event()
    async with line(database_url) as own:
        await own.hear(DUE, 0, heard.set)
        words = ("outbox", "retry", "--state", "failed", "--yes")
        said = await asyncio.to_thread(commensal, *words, **given)
        async with asyncio.timeout(20):
            await heard.wait()
    dropped = await asyncio.to_thread(
        commensal, "outbox", "drop", "--state", "due", "--yes", **given
    )
    listed = await asyncio.to_thread(commensal, "outbox", "list", "--state", "skipped", **given)

    assert (said.code, dropped.code, listed.code) == (0, 0, 0)
    assert said.out.splitlines()[-1].startswith("2 messages are due again.")
    assert dropped.out.splitlines()[-1].startswith("2 messages dropped.")
    assert listed.out.splitlines()[3].split()[:4] == ["skipped", "dropped", "check_in", "2"]


async def test_every_id_is_read_as_it_is_shown() -> None:
    for number in (0, 1, 2**63 - 1, *(new_id() for _ in range(500))):
        assert read(short(number)) == number
        assert len(short(number)) == 13
    for text in ("", "0" * 12, "0" * 14, "z" * 13, "00000000000i0", "0000000000000 1"):
        with pytest.raises(ValueError, match="no id"):
            read(text)
