"""/checkin and the taps on its buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from actions import checkins, habits, routines
from bot.context import Context, command, matches, person_of, tap_of
from bot.taps import (
    AnswerTap,
    CalmConfirmTap,
    CalmTap,
    CloseTap,
    FixTap,
    GoOnTap,
    HabitsTap,
    HabitTap,
    RoutinesTap,
    ShowTap,
    SkipTap,
    StartCheckInTap,
    StartRoutineTap,
    StopTap,
)
from bot.telegram_io import show


async def start(update: Update, context: Context) -> None:
    """Open today's check-in, or resume the one left unfinished."""
    here = await context.run(checkins.start, person_of(update))
    await show(update, context, here)


async def choose(update: Update, context: Context) -> None:
    """Ask which check-in to do."""
    here = await context.run(routines.choose, person_of(update))
    await show(update, context, here)


async def start_routine(update: Update, context: Context) -> None:
    """Open today's check-in of a routine, or resume it."""
    tap = tap_of(update, StartRoutineTap)
    here = await context.run(checkins.start_routine, person_of(update), tap.routine)
    await show(update, context, here)


async def answer(update: Update, context: Context) -> None:
    """Store the tapped answer and show what comes next; a second tap changes nothing."""
    tap = tap_of(update, AnswerTap)
    here = await context.run(
        checkins.answer, person_of(update), tap.check_in_id, tap.question_id, tap.value
    )
    await show(update, context, here)


async def skip(update: Update, context: Context) -> None:
    """Leave the question out."""
    tap = tap_of(update, SkipTap)
    here = await context.run(checkins.skip, person_of(update), tap.check_in_id, tap.question_id)
    await show(update, context, here)


async def show_question(update: Update, context: Context) -> None:
    """Show a question again."""
    tap = tap_of(update, ShowTap)
    here = await context.run(
        checkins.show_question, person_of(update), tap.check_in_id, tap.question_id
    )
    await show(update, context, here)


async def stop(update: Update, context: Context) -> None:
    """Leave the check-in for now."""
    tap = tap_of(update, StopTap)
    here = await context.run(checkins.stop, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def go_on(update: Update, context: Context) -> None:
    """Show where the check-in stands."""
    tap = tap_of(update, GoOnTap)
    here = await context.run(checkins.resume, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def offer_calm(update: Update, context: Context) -> None:
    """Show what a calm day would set."""
    tap = tap_of(update, CalmTap)
    here = await context.run(checkins.offer_calm, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def set_calm(update: Update, context: Context) -> None:
    """Set it."""
    tap = tap_of(update, CalmConfirmTap)
    here = await context.run(checkins.set_calm, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def fix(update: Update, context: Context) -> None:
    """List the answers, to put one right."""
    tap = tap_of(update, FixTap)
    here = await context.run(checkins.fix, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def close(update: Update, context: Context) -> None:
    """Leave the card as it is."""
    tap = tap_of(update, CloseTap)
    here = await context.run(checkins.close, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def show_habits(update: Update, context: Context) -> None:
    """Show the habits of the day."""
    tap = tap_of(update, HabitsTap)
    here = await context.run(habits.show, person_of(update), tap.check_in_id)
    await show(update, context, here)


async def answer_habit(update: Update, context: Context) -> None:
    """Say how a habit went."""
    tap = tap_of(update, HabitTap)
    here = await context.run(
        habits.answer, person_of(update), tap.check_in_id, tap.habit_id, tap.value
    )
    await show(update, context, here)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    command("checkin", start),
    CallbackQueryHandler(start, pattern=matches(StartCheckInTap)),
    CallbackQueryHandler(choose, pattern=matches(RoutinesTap)),
    CallbackQueryHandler(start_routine, pattern=matches(StartRoutineTap)),
    CallbackQueryHandler(answer, pattern=matches(AnswerTap)),
    CallbackQueryHandler(skip, pattern=matches(SkipTap)),
    CallbackQueryHandler(show_question, pattern=matches(ShowTap)),
    CallbackQueryHandler(stop, pattern=matches(StopTap)),
    CallbackQueryHandler(go_on, pattern=matches(GoOnTap)),
    CallbackQueryHandler(offer_calm, pattern=matches(CalmTap)),
    CallbackQueryHandler(set_calm, pattern=matches(CalmConfirmTap)),
    CallbackQueryHandler(fix, pattern=matches(FixTap)),
    CallbackQueryHandler(close, pattern=matches(CloseTap)),
    CallbackQueryHandler(show_habits, pattern=matches(HabitsTap)),
    CallbackQueryHandler(answer_habit, pattern=matches(HabitTap)),
]
"""Any order will do."""
