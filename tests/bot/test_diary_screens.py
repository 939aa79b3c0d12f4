"""The diary's screens with the content that we ship: they fit, they say states in words, and what a
person typed stays text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_type_hints

import pytest
import pytest_asyncio

from actions.cards import Step
from actions.items import Item
from actions.work import Runner
from bot import tap, taps
from bot.app import handlers
from bot.screen import MOST_TEXT, Button, Screen, html, plain
from bot.screens import render
from bot.tap import Tap
from bot.taps import AnswerTap, NoteTap, StartCheckInTap
from content.direction import RIGHT
from content.language import Typed
from content.library import Library
from content.wording import utf16_length
from domain.checkin import Answer, Question, Shape, Source, own_question
from tests.actions.members import join
from tests.bot.fingers import PRESSES, Chat
from tests.conftest import Clock

ANNA, STRANGER = 7, 99
BIGGEST = 2**63 - 1

SHIPPED = Library.load()
QUESTIONS = list(SHIPPED.questions.values())
ANSWERS = [None, Answer(None, Source.TAPPED), Answer(None, Source.PRESET)]
NASTY = '<b>&\u202e\u2067 "knee" 0123456789 0123456789 01'


def fits(screen: Screen) -> None:
    """Assert what Telegram asks of a message, and a phone of its buttons."""
    buttons = [button for row in screen.rows for button in row]
    assert plain(screen)
    assert utf16_length(plain(screen)) <= MOST_TEXT
    assert len(buttons) <= 100
    for row in screen.rows:
        assert len(row) <= 8
        assert sum(utf16_length(button.label) for button in row) <= 66
        for button in row:
            assert isinstance(button, Button)
            assert button.label.strip()
            assert len(tap.write(button.tap).encode()) <= 64
            assert tap.read(tap.write(button.tap)) == button.tap


def step_of(question: Question, answer: Answer | None, **more: object) -> Step:
    item = Item(question, True, Typed(NASTY) if question.id.startswith("own") else None)
    step = Step(BIGGEST, date(2025, 3, 3), item, 18, 18, answer, "sleep_quality", True, True, False)
    return replace(step, **more)  # type: ignore[arg-type]


def every_step() -> Iterator[Step]:
    for question in [*QUESTIONS, own_question(99)]:
        answers = [*ANSWERS, *(Answer(code, Source.TAPPED) for code in question.options)]
        for answer in answers:
            yield step_of(question, answer)
            yield step_of(question, answer, finished=True, calm=False)


@pytest.mark.parametrize("tag", sorted(SHIPPED.languages))
def test_every_question_fits_whatever_was_answered(tag: str) -> None:
    for step in every_step():
        screen = render(step, SHIPPED.language(tag))
        fits(screen)
        if step.item.question.shape is Shape.SCALE:
            grid = [b.label for row in screen.rows for b in row if isinstance(b.tap, AnswerTap)]  # type: ignore[union-attr]
            assert max(len(label.strip(RIGHT)) for label in grid) <= 4


def test_progress_and_the_answer_so_far_are_said_in_words() -> None:
    question = next(q for q in QUESTIONS if q.shape is Shape.SCALE)
    shown = plain(render(step_of(question, Answer("3", Source.TAPPED)), SHIPPED.language("en")))

    assert "18 of 18" in shown
    assert "Your answer so far: 3" in shown
    assert "0 = " in shown


def test_back_skip_and_stop_are_there_and_a_calm_day_on_the_first_question() -> None:
    language = SHIPPED.language("en")
    first = render(step_of(QUESTIONS[0], None, back_to=None), language)
    later = render(step_of(QUESTIONS[1], None, calm=False), language)

    assert [b.label for row in first.rows[-2:] for b in row] == ["A calm day", "Skip", "Stop"]
    assert [b.label for b in later.rows[-1]] == ["Back", "Skip", "Stop"]


def test_what_a_person_typed_is_text_and_cannot_turn_the_line() -> None:
    screen = render(step_of(own_question(1), None), SHIPPED.language("en"))

    assert "<b>&" not in html(screen)
    assert "&lt;b&gt;&amp;" in html(screen)
    assert not set("\u202e\u2067") & set(plain(screen))
    assert plain(screen).count("\u2068") == plain(screen).count("\u2069") == 1


def test_every_tap_of_the_diary_can_be_pressed_and_has_its_handler() -> None:
    ours = {kind for code, kind in tap.CODES.items() if code[0] in "aehi"}
    listed = {
        kind
        for kind in ours
        for handler in handlers()
        if callable(pattern := getattr(handler, "pattern", None)) and pattern(tap.write(_any(kind)))
    }

    assert ours == set(PRESSES)
    assert listed == ours


def _any(kind: type[Tap]) -> Tap:
    """A tap of *kind* with the longest values its fields take."""
    values = {
        int: BIGGEST,
        str: "x" * 12,
        date: date(2025, 3, 3),
    }
    return kind(
        **{name: values[hint] for name, hint in get_type_hints(kind).items() if name != "code"}
    )


@pytest_asyncio.fixture
async def chat(run: Runner) -> Chat:
    """Anna's chat with the bot as we ship it."""
    shipped = replace(run, library=SHIPPED)
    await shipped(join, ANNA)
    return Chat(shipped, ANNA)


EVENING = ("3", "5", "2", "Smooth and soft", "4", "7 to 8 h", "Good", "No, nothing")


@pytest.mark.asyncio
async def test_a_usual_evening_takes_eight_taps_no_typing_and_leaves_one_message(
    chat: Chat,
) -> None:
    await chat.command(StartCheckInTap())
    for label in EVENING:
        await chat.press(label)
        fits(chat.last)

    assert chat.taps <= 8
    assert len(chat.messages) == 1
    assert "That is the day done" in plain(chat.last)
    for line in ("Pain: 3", "Times on the loo: 2", "Warning list: nothing on it"):
        assert line in plain(chat.last)


@pytest.mark.asyncio
async def test_a_calm_evening_takes_three_taps(chat: Chat) -> None:
    await chat.command(StartCheckInTap())
    for label in ("A calm day", "Yes, set these", "No, nothing"):
        fits(chat.last)
        await chat.press(label)

    assert (chat.taps, len(chat.messages)) == (3, 1)
    assert "Pain: 0 (set by a calm day)" in plain(chat.last)
    language = SHIPPED.language("en")
    assert f"{language('questions.stress.short')}: not answered" in plain(chat.last)


@pytest.mark.asyncio
async def test_a_warning_sign_leaves_a_message_of_its_own_and_the_check_in_goes_on(
    chat: Chat,
) -> None:
    await chat.command(StartCheckInTap())
    for label in (*EVENING[:-1], "Show the list"):
        await chat.press(label)
    fits(chat.last)
    sign = chat.labels[0]
    await chat.press(sign)

    check_in, flag = chat.messages
    assert flag.keep
    assert [button.label for row in flag.rows for button in row] == ["Not there? Change country"]
    assert SHIPPED.language("en")("tiers.emergency.text") in plain(flag)
    assert sign in plain(check_in)
    assert "Thank you" not in plain(check_in)


@pytest.mark.asyncio
async def test_the_list_by_itself_fits_with_every_fixed_text(chat: Chat) -> None:
    for who in (ANNA, STRANGER):
        other = Chat(chat.run, who)
        await other.command(taps.AnySignsTap())
        fits(other.last)
        for tier in ("emergency", "today", "soon"):
            assert SHIPPED.language("en")(f"tiers.{tier}.text") in plain(other.last)
        await other.press(other.labels[0])
        assert other.messages[-1].keep


@pytest.mark.asyncio
async def test_the_fullest_day_still_fits(chat: Chat, clock: Clock) -> None:
    """Every item on, five own ones, logs on each, notes of the greatest length."""
    await chat.command(taps.ItemsTap())
    for question in QUESTIONS:
        if not question.on_by_default:
            await chat.tap(taps.ItemTap(question.id, 1))
    for number in range(5):
        await chat.press("Add an item of my own")
        await chat.write(NASTY[:38] + str(number))
        fits(chat.last)
    for _ in range(5):
        await chat.command(NoteTap())
        fits(chat.last)
        await chat.write("🙂" * 1000)
        clock.advance(minutes=1)
    await chat.command(taps.LogTap())
    fits(chat.last)
    for label in [b.label for row in chat.last.rows[:-1] for b in row]:
        for _ in range(3):
            await chat.command(taps.LogTap())
            await chat.press(label)
            fits(chat.last)
            await chat.press(chat.labels[0])
            fits(chat.last)
    await chat.command(StartCheckInTap())
    while any(isinstance(b.tap, AnswerTap) for row in chat.last.rows for b in row):  # type: ignore[union-attr]
        fits(chat.last)
        await chat.press(chat.labels[0])

    fits(chat.last)
    assert "more under" in plain(chat.last)
    for label in ("Fix an answer", "Back", "Notes and logs", "Show the day", "Habits"):
        await chat.press(label)
        fits(chat.last)


@pytest.mark.asyncio
async def test_answers_are_put_right_habits_answered_and_notes_taken_back_from_the_card(
    chat: Chat,
) -> None:
    await chat.command(StartCheckInTap())
    for label in EVENING:
        await chat.press(label)
    for label in ("Fix an answer", "Pain: 3", "10"):
        await chat.press(label)
    assert "Pain: 10" in plain(chat.last)

    await chat.press("Habits")
    await chat.press(next(label for label in chat.labels if label.endswith(": not chosen")))
    await chat.press("Back to the day")
    await chat.press("Habits")
    await chat.press(next(label for label in chat.labels if label.endswith(": not answered")))
    assert any(label.endswith(": yes") for label in chat.labels)
    await chat.press("Back to the day")
    assert ": yes" in plain(chat.last)

    await chat.press("Add a note")
    await chat.write("slept on the sofa")
    assert "slept on the sofa" in plain(chat.last)
    await chat.press("Notes and logs")
    await chat.press(chat.labels[0])
    await chat.press("Take it away")
    await chat.press("Show the day")
    assert "sofa" not in plain(chat.last)

    await chat.press("Done")
    assert chat.labels == ["Open again"]
    await chat.press("Open again")
    assert "Fix an answer" in chat.labels


@pytest.mark.asyncio
async def test_what_to_do_shows_the_text_of_the_most_urgent_sign(chat: Chat) -> None:
    for label in ("Losing weight without trying", "Bringing up blood"):
        await chat.command(taps.AnySignsTap())
        await chat.press(label)
    await chat.command(taps.StartCheckInTap())
    await chat.press("A calm day")
    await chat.press("Yes, set these")
    await chat.press("No, nothing")

    await chat.press("What to do")

    flags = [plain(screen) for screen in chat.messages if screen.keep]
    assert len(flags) == 3
    assert flags[-1].startswith("Bringing up blood\n")


@pytest.mark.asyncio
async def test_the_warning_list_offers_to_take_back_a_sign_tapped_by_mistake(chat: Chat) -> None:
    await chat.command(taps.AnySignsTap())
    assert "I tapped that by mistake" not in chat.labels
    await chat.press("Bringing up blood")
    fits(chat.last)
    assert "Chosen: Bringing up blood" in chat.labels

    await chat.press("I tapped that by mistake")

    fits(chat.last)
    assert "as if you had not tapped it" in plain(chat.last)
    assert "Chosen: Bringing up blood" not in chat.labels


@pytest.mark.asyncio
async def test_earlier_days_are_looked_at_and_filled_in(chat: Chat, clock: Clock) -> None:
    clock.now = datetime(2025, 3, 3, 19, 0, tzinfo=UTC)
    await chat.command(taps.HistoryTap())
    fits(chat.last)
    assert "Yesterday: no check-in" in plain(chat.last)

    await chat.press("Sun 2 Mar")
    fits(chat.last)
    await chat.press("Fill in this day")
    assert plain(chat.last).startswith("About Sun 2 Mar\n")
    for label in EVENING:
        await chat.press(label)

    assert "Pain: 3 (added later)" in plain(chat.last)
    await chat.press("Other days")
    assert "Yesterday: done" in plain(chat.last)
    fits(chat.last)


@pytest.mark.asyncio
async def test_an_own_item_is_taken_away_and_had_back(chat: Chat) -> None:
    await chat.command(taps.ItemsTap())
    fits(chat.last)
    await chat.press("Add an item of my own")
    await chat.write("Headache")
    await chat.press("Take away: \u2068Headache\u2069")
    fits(chat.last)
    await chat.press("Have it back")

    assert "\u2068Headache\u2069: on" in chat.labels


def test_a_number_that_the_database_does_not_take_is_no_tap_of_ours() -> None:
    assert tap.read(f"e3:{BIGGEST}") == taps.EntryTap(BIGGEST)
    assert tap.read(f"e3:{BIGGEST + 1}") is None
    assert tap.read("e3:" + "9" * 60) is None
