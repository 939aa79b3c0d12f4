"""A finger on the buttons: what a tap or a command of the diary runs, and the screens it leaves.

Counts taps and messages as a chat would: the last screen of a tap takes the place of the tapped
message unless it is to stay, the others are new messages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from actions import checkins, entries, habits, history, items, routines, summary, typed, warnings
from actions.work import Here, Runner
from bot import taps
from bot.screen import Button, Screen
from bot.screens import render
from bot.tap import Tap

Press = Callable[[Runner, int, object], Awaitable[Here]]


def _runs(action: Callable[..., Awaitable[Here]], *names: str) -> Press:
    async def press(run: Runner, who: int, tap: object) -> Here:
        return await run(action, who, *(getattr(tap, name) for name in names))

    return press


def _for_anybody(action: Callable[..., Awaitable[Here]], *names: str) -> Press:
    async def press(run: Runner, who: int, tap: object) -> Here:
        return await run(action, who, *(getattr(tap, name) for name in names), "en")

    return press


def _switches(action: Callable[..., Awaitable[Here]], *names: str) -> Press:
    async def press(run: Runner, who: int, tap: object) -> Here:
        on = getattr(tap, "on") == 1  # noqa: B009 - the tap's type is not known here
        return await run(action, who, *(getattr(tap, name) for name in names), on)

    return press


PRESSES: Mapping[type[Tap], Press] = {
    taps.StartCheckInTap: _runs(checkins.start),
    taps.RoutinesTap: _runs(routines.choose),
    taps.StartRoutineTap: _runs(checkins.start_routine, "routine"),
    taps.AnswerTap: _runs(checkins.answer, "check_in_id", "question_id", "value"),
    taps.SkipTap: _runs(checkins.skip, "check_in_id", "question_id"),
    taps.ShowTap: _runs(checkins.show_question, "check_in_id", "question_id"),
    taps.StopTap: _runs(checkins.stop, "check_in_id"),
    taps.GoOnTap: _runs(checkins.resume, "check_in_id"),
    taps.CalmTap: _runs(checkins.offer_calm, "check_in_id"),
    taps.CalmConfirmTap: _runs(checkins.set_calm, "check_in_id"),
    taps.FixTap: _runs(checkins.fix, "check_in_id"),
    taps.CloseTap: _runs(checkins.close, "check_in_id"),
    taps.HabitsTap: _runs(habits.show, "check_in_id"),
    taps.HabitTap: _runs(habits.answer, "check_in_id", "habit_id", "value"),
    taps.SignsTap: _runs(warnings.in_check_in, "check_in_id"),
    taps.SignTap: _runs(warnings.choose_in_check_in, "check_in_id", "sign_id"),
    taps.NoSignsTap: _runs(warnings.none_in_check_in, "check_in_id"),
    taps.SignBackTap: _for_anybody(warnings.take_back, "sign_id"),
    taps.AnySignsTap: _for_anybody(warnings.look),
    taps.AnySignTap: _for_anybody(warnings.choose, "sign_id"),
    taps.HistoryTap: _runs(history.look),
    taps.HistoryPageTap: _runs(history.look, "last"),
    taps.HistoryYearsTap: _runs(history.years),
    taps.HistoryYearTap: _runs(history.months, "year"),
    taps.DayTap: _runs(history.day, "day"),
    taps.FillInTap: _runs(checkins.fill_in, "day"),
    taps.WeekTap: _runs(summary.look, "last"),
    taps.NoteTap: _runs(entries.ask_note),
    taps.NoteDayTap: _runs(entries.ask_note, "day"),
    taps.EntriesTap: _runs(entries.of_day, "day"),
    taps.EntriesPageTap: _runs(entries.of_day, "day", "page"),
    taps.EntryTap: _runs(entries.one, "entry_id"),
    taps.EntryRemoveTap: _runs(entries.remove, "entry_id"),
    taps.EntryRestoreTap: _runs(entries.restore, "entry_id"),
    taps.LogTap: _runs(entries.log_menu),
    taps.LogItemTap: _runs(entries.log_item, "question_id"),
    taps.LogValueTap: _runs(entries.log, "entry_id", "question_id", "value"),
    taps.ItemsTap: _runs(items.look),
    taps.ItemTap: _switches(items.switch, "item_id"),
    taps.OwnAddTap: _runs(items.ask_label),
    taps.OwnRenameTap: _runs(items.ask_name, "number"),
    taps.OwnRemoveTap: _runs(items.remove, "number"),
    taps.OwnRestoreTap: _runs(items.restore, "number"),
    taps.HabitChoicesTap: _runs(items.look_habits, "check_in_id"),
    taps.HabitChoiceTap: _switches(items.choose_habit, "check_in_id", "habit_id"),
}
"""What each tap of the diary runs."""


@dataclass
class Chat:
    """Somebody's chat with the diary: its messages as screens, oldest first."""

    run: Runner
    who: int
    messages: list[Screen] = field(default_factory=list)
    taps: int = 0

    @property
    def last(self) -> Screen:
        """The message that buttons are tapped on."""
        return next(screen for screen in reversed(self.messages) if not screen.keep)

    @property
    def labels(self) -> list[str]:
        """The words on the buttons of the last message."""
        return [button.label for row in self.last.rows for button in row]

    async def command(self, tap: Tap) -> None:
        """Send the command that does what *tap* does: its screens are new messages."""
        here = await PRESSES[type(tap)](self.run, self.who, tap)
        self.messages += [render(view, here.language) for view in here.views]

    async def write(self, text: str) -> None:
        """Send a typed message; what answers it is new."""
        here = await self.run(typed.take, self.who, text, None)
        self.messages += [render(view, here.language) for view in here.views]

    async def press(self, label: str) -> None:
        """Tap the button of the last message that says *label*. Errors: KeyError."""
        buttons = {b.label: b for row in self.last.rows for b in row if isinstance(b, Button)}
        await self.tap(buttons[label].tap)

    async def tap(self, tap: Tap) -> None:
        """Tap a button of the last message."""
        here = await PRESSES[type(tap)](self.run, self.who, tap)
        screens = [render(view, here.language) for view in here.views]
        self.taps += 1
        place = self.messages.index(self.last)
        self.messages += screens[:-1]
        if screens[-1].keep:
            self.messages.append(screens[-1])
        else:
            self.messages[place] = screens[-1]
