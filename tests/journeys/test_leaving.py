"""Leaving, and what comes along: as somebody on a phone meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from sandbox.phone import Phone, Telegram
from tests.journeys.walks import downloaded, exported, join

pytestmark = pytest.mark.asyncio


async def test_deleting_can_clear_our_messages_from_the_chat_too(
    tg: Telegram, anna: Phone, tmp_path: Path
) -> None:
    await join(anna)
    await exported(anna)
    await anna.say("/delete")
    asked = await anna.wait_for("Delete everything?")
    assert next(iter(asked.buttons)) == "Export first"

    await anna.tap("Delete, and clear the bot's messages", asked)
    await anna.wait_for("Everything is deleted")
    bubbles = await anna.settle()

    ours = [bubble.text for bubble in bubbles if bubble.from_bot]
    assert len(ours) == 1
    assert "/start begins anew" in ours[0]
    assert tables(tmp_path) == {}


async def test_a_message_that_is_too_old_to_go_keeps_no_other(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await anna.settle()
    await tg.jump(seconds=3 * 24 * 3600)  # our own note of what was sent lives on the real clock
    await anna.say("/help")
    await anna.wait_for("What there is")
    await anna.say("/delete")
    asked = await anna.wait_for("Delete everything?")

    await anna.tap("Delete, and clear the bot's messages", asked)
    goodbye = await anna.wait_for("Everything is deleted")
    bubbles = await anna.settle(quiet=1)

    ages = [goodbye.message["date"] - b.message["date"] for b in bubbles if b.from_bot]
    assert [age for age in ages if age < 47 * 3600] == [0]  # the goodbye itself
    assert {refusal["method"] for refusal in await tg.refusals()} == {"deleteMessages"}
    await tg.forget_refusals()


async def test_two_fast_taps_on_delete_leave_nothing_behind(
    tg: Telegram, anna: Phone, tmp_path: Path
) -> None:
    await join(anna)
    await anna.say("/delete")
    asked = await anna.wait_for("Delete everything?")

    for _ in range(3):
        await anna.tap("Delete everything", asked)
    await anna.settle()

    assert tables(tmp_path) == {}


async def test_keeping_everything_leaves_the_diary_as_it_is(anna: Phone) -> None:
    await join(anna)
    await anna.say("/delete")
    await anna.tap("Keep everything")

    await anna.wait_for("Nothing was deleted")
    assert (await exported(anna))["person"]["zone"] == "Europe/Berlin"


async def test_a_wrong_file_or_a_text_is_answered_and_the_right_one_still_taken(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/note")
    await anna.say("a walk by the lake")
    await anna.settle()
    content = json.dumps(await exported(anna)).encode()
    ben = await tg.person("Ben", language="en")
    await join(ben)

    await ben.send_file("document", "diary.json", content)
    await ben.wait_for("send /import first")
    await ben.say("/import")
    await ben.wait_for("Bring a diary in")
    await ben.say("here it is")
    await ben.wait_for("I am waiting for a file")
    await ben.send_file("document", "cat.json", b"not a diary")
    await ben.wait_for("I cannot read that file")
    await ben.send_file("document", "diary.json", content)
    await ben.wait_for("It would add one note or log")
    await ben.tap("Add it")
    await ben.wait_for("It is in")

    assert [e.get("text") for e in (await exported(ben))["entries"]] == ["a walk by the lake"]


async def test_the_table_opens_as_a_table(anna: Phone) -> None:
    await join(anna)
    await anna.tap("Do one now")
    await anna.wait_for("1 of")
    await anna.tap("3")
    await anna.wait_for("2 of")
    await anna.say("/export")
    file = await anna.wait_for(
        lambda b: b.message.get("document", {}).get("file_name", "").endswith(".csv")
    )

    head, row = (await downloaded(anna, file)).decode("utf-8-sig").splitlines()
    assert head.startswith("day,kind,routine,question")
    assert ",answer,evening,pain_worst," in row


def tables(folder: Path) -> dict[str, int]:
    """How many rows there are of people, in any table that is about people."""
    (path,) = folder.glob("**/*.db")
    engine = create_engine(f"sqlite:///{path}")
    about_all = {"alembic_version", "consent_text", "inbox_key", "meta"}
    try:
        with engine.connect() as connection:
            names = set(inspect(connection).get_table_names()) - about_all
            counts = {n: connection.scalar(text(f"SELECT count(*) FROM {n}")) for n in names}
    finally:
        engine.dispose()
    return {name: count for name, count in counts.items() if count}
