"""commensal announce: a file becomes a message for each person, once, beside a bot that is running."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from actions import planning
from actions.work import Work
from domain.delivery import Outcome
from sandbox.phone import Phone, Telegram
from tests.actions.members import member
from tests.commensal.commands import Said, commensal
from tests.commensal.ledgers import ANNA, BERT, act, remind, send
from tests.conftest import Post
from tests.journeys.conftest import anna, tg  # noqa: F401 - fixtures
from tests.journeys.walks import join

pytestmark = pytest.mark.asyncio

WORDS = "The words on what is kept changed.\n\nSee /privacy. 1 < 2 & <b>no</b> markup."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def written(folder: Path, text: str = f'[texts]\nen = """{WORDS}"""') -> Path:
    path = folder.parent / "notice.toml"
    path.write_text(text, encoding="utf-8")
    return path


def announce(folder: Path, *words: object, typed: str = "") -> Said:
    said = commensal("announce", *map(str, words), typed=typed, DATA_DIR=str(folder))
    everything = said.out + "".join(said.faults)
    assert "Traceback" not in everything
    assert str(ANNA) not in everything
    return said


async def speak(work: Work, who: int, tag: str) -> None:
    (await member(work, who)).row.language = tag


async def block(work: Work, who: int) -> None:
    (await member(work, who)).row.blocked_at = work.now


async def test_a_dry_run_shows_it_and_counts_and_tells_nobody(folder: Path) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=-180)
    await act(folder, block, BERT)

    said = announce(folder, written(folder), "--dry-run")

    assert (said.code, said.faults) == (0, [])
    lines = said.out.splitlines()
    assert lines[0] == "1 person with the language en."
    assert lines[1].startswith("1 message in all: about 0 s at 30 a second")
    assert lines[2] == "Not reached: 1 person who blocked the bot, 0 who have not joined."
    assert "A notice from whoever runs this bot" in lines
    assert WORDS in said.out
    assert lines[-1] == "This was a dry run: nothing was changed."
    assert "Nothing was announced so far." in announce(folder, "--status").out
    assert await act(folder, planning.unsettled) == 0


async def test_it_is_sent_once_the_operator_agrees_and_never_twice(
    folder: Path, post: Post
) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=-180)
    notice = written(folder)
    assert announce(folder, notice, typed="no\n").code == 1
    assert await act(folder, planning.unsettled) == 0

    first = announce(folder, notice, typed="yes\n")
    second = announce(folder, notice, "--yes")
    await send(folder, post)

    assert (first.code, second.code) == (0, 0)
    assert "2 messages due now." in first.out
    assert "These words were announced already on" in second.out
    assert second.out.splitlines()[-1] == "Nobody is left to be told."
    assert "0 messages" not in second.out
    assert sorted(chat for chat, _ in post.sent) == [ANNA, BERT]


async def test_the_status_tells_what_became_of_each(folder: Path, post: Post) -> None:
    await remind(folder, ANNA, BERT, minutes_ago=-180)
    announce(folder, written(folder), "--yes")
    due = announce(folder, "--status").out
    post.answers[BERT] = Outcome.GONE
    await send(folder, post)

    assert due.splitlines()[0].endswith("The words on what is kept changed.")
    assert due.splitlines()[1].strip() == "2 due"
    ends = announce(folder, "--status").out.splitlines()[1].strip().split(", ")
    assert sorted(ends) == ["1 failed (blocked)", "1 sent"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[texts\n", "not valid TOML"),
        ('en = "x"', "unknown key 'en': there is only [texts]"),
        ("[texts]", "texts.en is missing"),
        ('[texts]\nen = "  "', "texts.en: is empty"),
        ('[texts]\nen = ""', "texts.en: is empty"),
        ("[texts]\nen = 5", "texts.en: must be a text"),
        ('[texts]\nen = "Dear {name}"', "texts.en: holds a brace"),
        ('[texts]\nen = "a\\u0000b"', "texts.en: holds a control character"),
        ('[texts]\nen = "x"\nxx = "y"', "texts.xx: no language is called so: there are ar, de, en"),
        (f'[texts]\nen = "{"x" * 4000}"', "characters too long for one message"),
    ],
)
async def test_a_file_with_a_fault_is_refused_with_its_name(
    folder: Path, text: str, says: str
) -> None:
    await remind(folder, ANNA, minutes_ago=-180)
    notice = written(folder, text)

    said = announce(folder, notice, "--yes")

    assert (said.code, said.out) == (2, "")
    assert all(line.startswith(f"{notice}: ") for line in said.faults)
    assert says in "".join(said.faults)
    assert await act(folder, planning.unsettled) == 0


async def test_a_text_that_just_fits_is_sent_whole_though_late(folder: Path, post: Post) -> None:
    await remind(folder, ANNA, minutes_ago=-180)
    too_long = announce(folder, written(folder, f'[texts]\nen = "{"🌿" * 2048}"'), "--dry-run")
    (fault,) = too_long.faults
    over = int(fault.split(" is ")[1].split()[0])
    fits = written(folder, f'[texts]\nen = "{"🌿" * (2048 - -(-over // 2))}"')

    assert announce(folder, fits, "--yes").code == 0
    await send(folder, post, hours_later=1)

    ((_, screen),) = post.sent
    assert screen.blocks[-1].text.startswith("🌿")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "give a file, or --status"),
        (("notice.toml", "--status"), "give a file, or --status"),
        (("one.toml", "two.toml"), "unrecognized arguments: two.toml"),
    ],
)
async def test_words_that_mean_nothing_are_refused(
    folder: Path, words: tuple[str, ...], says: str
) -> None:
    said = announce(folder, *words)

    assert (said.code, said.out) == (2, "")
    assert says in said.faults[-1]


async def test_a_file_that_is_not_there_is_named_before_all_else(folder: Path) -> None:
    said = announce(folder, "nowhere.toml")

    assert (said.code, said.faults) == (
        2,
        ["nowhere.toml: cannot be read (No such file or directory)"],
    )


async def test_it_goes_out_through_a_bot_that_is_running(
    tmp_path: Path,
    tg: Telegram,  # noqa: F811
    anna: Phone,  # noqa: F811
) -> None:
    await join(anna)
    folder = tmp_path / "sandbox"
    notice = written(folder)

    said = await asyncio.to_thread(announce, folder, notice, "--yes")
    listed = await asyncio.to_thread(
        commensal, "outbox", "list", "--state", "due", DATA_DIR=str(folder)
    )
    await tg.jump(seconds=1)

    assert (said.code, listed.code) == (0, 0)
    told = await anna.wait_for("A notice from whoever runs this bot")
    assert WORDS in told.text
