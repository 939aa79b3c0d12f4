"""Every tap there is, in one list, so that no code is given twice. What a tap is: bot/tap.py.

Long for that reason, and only that: each is a few lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.tap import Tap, tap
from domain.consent import Purpose
from domain.joining import Age
from domain.recurrence import PatternKind
from domain.reminders import Snooze
from domain.snippets import Pace


@tap("m1")
@dataclass(frozen=True, slots=True)
class HomeTap(Tap):
    """Show where the person stands, with the menu."""


# Reminders and pausing: r*


@tap("r1")
@dataclass(frozen=True, slots=True)
class SnoozeTap(Tap):
    """Ask again later; by says how much."""

    occurrence_id: int
    by: Snooze


@tap("r2")
@dataclass(frozen=True, slots=True)
class SkipDayTap(Tap):
    """Leave today out."""

    occurrence_id: int


@tap("r3")
@dataclass(frozen=True, slots=True)
class AskNowTap(Tap):
    """Take a snooze or a left-out day back, and ask now."""

    occurrence_id: int


@tap("r4")
@dataclass(frozen=True, slots=True)
class PauseTap(Tap):
    """Show whether we are silent, and offer silence."""


@tap("r5")
@dataclass(frozen=True, slots=True)
class PauseDaysTap(Tap):
    """Be silent for some days."""

    days: int


@tap("r6")
@dataclass(frozen=True, slots=True)
class PauseTypedTap(Tap):
    """Be silent until a day that the person types next."""


@tap("r7")
@dataclass(frozen=True, slots=True)
class PauseOpenTap(Tap):
    """Be silent until the person says otherwise."""


@tap("r8")
@dataclass(frozen=True, slots=True)
class ResumeTap(Tap):
    """Write again."""


@tap("r9")
@dataclass(frozen=True, slots=True)
class DoneTap(Tap):
    """What was reminded of is done."""

    occurrence_id: int


@tap("r10")
@dataclass(frozen=True, slots=True)
class LaterTap(Tap):
    """Ask how much later; the person types it, or takes a button."""

    occurrence_id: int


@tap("r11")
@dataclass(frozen=True, slots=True)
class LaterMinutesTap(Tap):
    """Ask again in so many minutes."""

    occurrence_id: int
    minutes: int


@tap("r12")
@dataclass(frozen=True, slots=True)
class HabitDoneTap(Tap):
    """The habit that was reminded of went so (a habit's code)."""

    occurrence_id: int
    said: str


# Tips: t*


@tap("t1")
@dataclass(frozen=True, slots=True)
class LearnTap(Tap):
    """Show the topics there are tips on."""


@tap("t2")
@dataclass(frozen=True, slots=True)
class TopicTap(Tap):
    """Show a tip on a topic."""

    topic: str


@tap("t3")
@dataclass(frozen=True, slots=True)
class TipTap(Tap):
    """Show this tip (again)."""

    snippet_id: str


@tap("t4")
@dataclass(frozen=True, slots=True)
class NextTipTap(Tap):
    """Show another tip on the topic of this one."""

    snippet_id: str


@tap("t5")
@dataclass(frozen=True, slots=True)
class CautionsTap(Tap):
    """Show the whole text of a tip's disclaimers."""

    snippet_id: str


@tap("t6")
@dataclass(frozen=True, slots=True)
class SourcesTap(Tap):
    """Show what a tip rests on."""

    snippet_id: str


@tap("t7")
@dataclass(frozen=True, slots=True)
class WhyTap(Tap):
    """Say how a tip was chosen."""

    snippet_id: str


@tap("t30")
@dataclass(frozen=True, slots=True)
class TopicChoicesTap(Tap):
    """Show which topics tips may come on."""


@tap("t31")
@dataclass(frozen=True, slots=True)
class ChooseTopicTap(Tap):
    """Get tips on this topic (1), or none (0)."""

    topic: str
    wanted: int


@tap("t8")
@dataclass(frozen=True, slots=True)
class SaveTipTap(Tap):
    """Save a tip (1), or no longer (0)."""

    snippet_id: str
    on: int


@tap("t9")
@dataclass(frozen=True, slots=True)
class HelpfulTipTap(Tap):
    """A tip is helpful (1), or that is taken back (0)."""

    snippet_id: str
    on: int


@tap("t10")
@dataclass(frozen=True, slots=True)
class NotForMeTap(Tap):
    """A tip is not for me (1), or that is taken back (0)."""

    snippet_id: str
    on: int


@tap("t11")
@dataclass(frozen=True, slots=True)
class TriedTipTap(Tap):
    """A tip was tried today (1), or was not after all (0)."""

    snippet_id: str
    on: int


@tap("t12")
@dataclass(frozen=True, slots=True)
class TipMoreTap(Tap):
    """Show what else there is about a tip."""

    snippet_id: str


@tap("t13")
@dataclass(frozen=True, slots=True)
class FollowTipTap(Tap):
    """Keep an eye on the habit that goes with a tip (1), or no longer (0)."""

    snippet_id: str
    on: int


@tap("t14")
@dataclass(frozen=True, slots=True)
class TipHabitDoneTap(Tap):
    """The habit that goes with a tip is done today (1), or that is taken back (0)."""

    snippet_id: str
    on: int


@tap("t15")
@dataclass(frozen=True, slots=True)
class SavedTipsTap(Tap):
    """Show a page of the saved tips."""

    page: int


@tap("t16")
@dataclass(frozen=True, slots=True)
class TopicTitlesTap(Tap):
    """Show a page of the titles on a topic."""

    topic: str
    page: int


@tap("t17")
@dataclass(frozen=True, slots=True)
class SearchTipsTap(Tap):
    """Type what to search tips for."""


@tap("t18")
@dataclass(frozen=True, slots=True)
class RandomTipTap(Tap):
    """Show any tip."""


@tap("t19")
@dataclass(frozen=True, slots=True)
class UnreadTipTap(Tap):
    """Show a tip that was not shown yet."""


@tap("t20")
@dataclass(frozen=True, slots=True)
class SupplementTopicsTap(Tap):
    """Show the topics on supplements."""


# Joining: j*


@tap("j1")
@dataclass(frozen=True, slots=True)
class AgeTap(Tap):
    """Tell the age."""

    age: Age


@tap("j2")
@dataclass(frozen=True, slots=True)
class ConsentTap(Tap):
    """Agree (1) to the text of this version, or decline (0)."""

    purpose: Purpose
    version: int
    given: int


@tap("j3")
@dataclass(frozen=True, slots=True)
class PlaceTap(Tap):
    """Correct or change where the person is."""


@tap("j4")
@dataclass(frozen=True, slots=True)
class ZoneTap(Tap):
    """Live by this IANA zone."""

    zone: str


@tap("j5")
@dataclass(frozen=True, slots=True)
class TimeTap(Tap):
    """Be reminded at this time, and so end joining."""

    at: time


@tap("j6")
@dataclass(frozen=True, slots=True)
class NoTimeTap(Tap):
    """Be reminded never, and so end joining."""


@tap("j7")
@dataclass(frozen=True, slots=True)
class OtherTimeTap(Tap):
    """Type the time of the reminder."""


# Settings: s*


@tap("s1")
@dataclass(frozen=True, slots=True)
class SettingsTap(Tap):
    """Show the settings."""


@tap("s2")
@dataclass(frozen=True, slots=True)
class LanguagesTap(Tap):
    """Show the languages."""


@tap("s3")
@dataclass(frozen=True, slots=True)
class LanguageTap(Tap):
    """Speak this language."""

    tag: str


@tap("s4")
@dataclass(frozen=True, slots=True)
class DayStartsTap(Tap):
    """Show when the day ends."""


@tap("s5")
@dataclass(frozen=True, slots=True)
class SetDayStartsTap(Tap):
    """Let the day end at this time."""

    at: time


@tap("s6")
@dataclass(frozen=True, slots=True)
class CheckInTimeTap(Tap):
    """Show when the check-in's reminder comes."""


@tap("s7")
@dataclass(frozen=True, slots=True)
class SetCheckInTimeTap(Tap):
    """Be reminded at this time."""

    at: time


@tap("s8")
@dataclass(frozen=True, slots=True)
class NoCheckInTimeTap(Tap):
    """Be reminded no more."""


@tap("s9")
@dataclass(frozen=True, slots=True)
class TypeCheckInTimeTap(Tap):
    """Type the time of the check-in's reminder."""


@tap("s10")
@dataclass(frozen=True, slots=True)
class TipsTap(Tap):
    """Show how often tips come."""


@tap("s11")
@dataclass(frozen=True, slots=True)
class PaceTap(Tap):
    """Get tips this often."""

    pace: Pace


@tap("s12")
@dataclass(frozen=True, slots=True)
class TipTimeTap(Tap):
    """Get tips at this time."""

    at: time


@tap("s13")
@dataclass(frozen=True, slots=True)
class DiscreetTap(Tap):
    """Show no details on a lock screen (1), or do (0)."""

    on: int


@tap("s14")
@dataclass(frozen=True, slots=True)
class ConsentsTap(Tap):
    """Show what the person agreed to."""


@tap("s15")
@dataclass(frozen=True, slots=True)
class ConsiderTap(Tap):
    """Read a consent, to give it or to take it back."""

    purpose: Purpose


@tap("s16")
@dataclass(frozen=True, slots=True)
class ChangeConsentTap(Tap):
    """Give (1) or take back (0) a consent in the settings."""

    purpose: Purpose
    version: int
    given: int


@tap("s20")
@dataclass(frozen=True, slots=True)
class MarksTap(Tap):
    """Show which tips are left out, and why."""


@tap("s21")
@dataclass(frozen=True, slots=True)
class MarkTap(Tap):
    """Say that this mark holds (1), or not any more (0)."""

    mark: str
    on: int


@tap("s22")
@dataclass(frozen=True, slots=True)
class NoMarksTap(Tap):
    """Say that none of the marks holds."""


@tap("s25")
@dataclass(frozen=True, slots=True)
class PlainTap(Tap):
    """Write without symbols (1) or with them (0)."""

    on: int


# Travelling: z*. A zone is named, at most 30 characters long


@tap("z1")
@dataclass(frozen=True, slots=True)
class MoveTimesTap(Tap):
    """Be in this zone, and let reminders go by its clocks."""

    zone: str


@tap("z2")
@dataclass(frozen=True, slots=True)
class KeepHomeTimesTap(Tap):
    """Be in this zone, and let reminders go by the clocks that they go by."""

    zone: str


@tap("z3")
@dataclass(frozen=True, slots=True)
class StayTap(Tap):
    """Change nothing: it is only where the person is."""


@tap("z4")
@dataclass(frozen=True, slots=True)
class TravelBackTap(Tap):
    """Be in this zone as before, with reminders by the clocks of another (empty: its own)."""

    zone: str
    by: str


@tap("z5")
@dataclass(frozen=True, slots=True)
class EndHomeTimesTap(Tap):
    """Let reminders go by the clocks of where the person is again."""


@tap("s17")
@dataclass(frozen=True, slots=True)
class AgeSettingTap(Tap):
    """Show the age bracket."""


@tap("s18")
@dataclass(frozen=True, slots=True)
class SetAgeTap(Tap):
    """Put the age bracket right."""

    age: Age


# Proposals: q*


@tap("q1")
@dataclass(frozen=True, slots=True)
class ProposedTimeTap(Tap):
    """Let a reminder with one time come at this time."""

    reminder_id: int
    at: time


@tap("q2")
@dataclass(frozen=True, slots=True)
class ProposedDaysTap(Tap):
    """Let a reminder come on these days: a bit mask, 1 = Monday; 0: not at all."""

    reminder_id: int
    days: int


@tap("q3")
@dataclass(frozen=True, slots=True)
class LeaveTimeTap(Tap):
    """Leave a reminder as it is."""

    reminder_id: int


@tap("q4")
@dataclass(frozen=True, slots=True)
class ProposingTap(Tap):
    """Propose other times (1), or do not (0)."""

    on: int


# Pages: p*


@tap("p1")
@dataclass(frozen=True, slots=True)
class HelpTap(Tap):
    """Show what there is, and how to reach a human."""


@tap("p2")
@dataclass(frozen=True, slots=True)
class PrivacyTap(Tap):
    """Show the privacy policy."""


@tap("p3")
@dataclass(frozen=True, slots=True)
class PrivacyMoreTap(Tap):
    """Show the rest of the privacy policy."""


# Import: x*


@tap("x1")
@dataclass(frozen=True, slots=True)
class ConfirmImportTap(Tap):
    """Add what a file brings."""

    batch_id: int


@tap("x2")
@dataclass(frozen=True, slots=True)
class DropImportTap(Tap):
    """Forget a file."""

    batch_id: int


@tap("x3")
@dataclass(frozen=True, slots=True)
class UndoImportTap(Tap):
    """Take back what an import added."""

    batch_id: int


@tap("x4")
@dataclass(frozen=True, slots=True)
class ExportTap(Tap):
    """Get everything as files."""


# Delete: d*


@tap("d1")
@dataclass(frozen=True, slots=True)
class DeleteAskTap(Tap):
    """Ask for the erasure: what goes, what stays."""


@tap("d2")
@dataclass(frozen=True, slots=True)
class DeleteConfirmTap(Tap):
    """Erase everything. asked: when it was asked for, in seconds since 1970."""

    asked: int


@tap("d3")
@dataclass(frozen=True, slots=True)
class DeleteRemoveTap(Tap):
    """Erase everything, and remove our messages of the last 48 hours."""

    asked: int


@tap("d4")
@dataclass(frozen=True, slots=True)
class DeleteKeepTap(Tap):
    """Erase nothing."""


# The check-in: a*


@tap("a0")
@dataclass(frozen=True, slots=True)
class StartCheckInTap(Tap):
    """Open today's check-in, or go on with it; which one, where a person does several."""


@tap("a18")
@dataclass(frozen=True, slots=True)
class RoutinesTap(Tap):
    """Choose which check-in to do, of all that there are."""


@tap("a19")
@dataclass(frozen=True, slots=True)
class StartRoutineTap(Tap):
    """Open today's check-in of a routine, or go on with it."""

    routine: str


@tap("a1")
@dataclass(frozen=True, slots=True)
class AnswerTap(Tap):
    """Answer a question; value is its option's code."""

    check_in_id: int
    question_id: str
    value: str


@tap("a2")
@dataclass(frozen=True, slots=True)
class SkipTap(Tap):
    """Leave a question out."""

    check_in_id: int
    question_id: str


@tap("a3")
@dataclass(frozen=True, slots=True)
class ShowTap(Tap):
    """Show a question again: one step back, or to put its answer right."""

    check_in_id: int
    question_id: str


@tap("a4")
@dataclass(frozen=True, slots=True)
class StopTap(Tap):
    """Leave the check-in for now."""

    check_in_id: int


@tap("a5")
@dataclass(frozen=True, slots=True)
class GoOnTap(Tap):
    """Show where a check-in stands."""

    check_in_id: int


@tap("a6")
@dataclass(frozen=True, slots=True)
class CalmTap(Tap):
    """Show what a calm day would set."""

    check_in_id: int


@tap("a7")
@dataclass(frozen=True, slots=True)
class CalmConfirmTap(Tap):
    """It was a calm day."""

    check_in_id: int


@tap("a8")
@dataclass(frozen=True, slots=True)
class FixTap(Tap):
    """List a day's answers, to put one right."""

    check_in_id: int


@tap("a9")
@dataclass(frozen=True, slots=True)
class CloseTap(Tap):
    """Done with the card."""

    check_in_id: int


@tap("a10")
@dataclass(frozen=True, slots=True)
class HabitsTap(Tap):
    """Show the habits of a day."""

    check_in_id: int


@tap("a11")
@dataclass(frozen=True, slots=True)
class HabitTap(Tap):
    """Say how a habit went; value is what it becomes."""

    check_in_id: int
    habit_id: str
    value: str


@tap("a12")
@dataclass(frozen=True, slots=True)
class SignsTap(Tap):
    """Show the warning list that the check-in asks about."""

    check_in_id: int


@tap("a13")
@dataclass(frozen=True, slots=True)
class SignTap(Tap):
    """Choose a sign in the check-in."""

    check_in_id: int
    sign_id: str


@tap("a14")
@dataclass(frozen=True, slots=True)
class AnySignsTap(Tap):
    """Show the warning list by itself."""


@tap("a16")
@dataclass(frozen=True, slots=True)
class NoSignsTap(Tap):
    """There was none of the signs on the list; what was chosen about that day is taken back."""

    check_in_id: int


@tap("a17")
@dataclass(frozen=True, slots=True)
class SignBackTap(Tap):
    """Take back a sign that was chosen today by mistake; empty where only the day is kept."""

    sign_id: str


@tap("a15")
@dataclass(frozen=True, slots=True)
class AnySignTap(Tap):
    """Choose a sign outside of any check-in."""

    sign_id: str


# Earlier days: h*


@tap("h0")
@dataclass(frozen=True, slots=True)
class HistoryTap(Tap):
    """Show the last days."""


@tap("h1")
@dataclass(frozen=True, slots=True)
class HistoryPageTap(Tap):
    """Show the days up to this one."""

    last: date


@tap("h2")
@dataclass(frozen=True, slots=True)
class DayTap(Tap):
    """Show a day."""

    day: date


@tap("h3")
@dataclass(frozen=True, slots=True)
class FillInTap(Tap):
    """Open the check-in of a day."""

    day: date


@tap("h4")
@dataclass(frozen=True, slots=True)
class HistoryYearsTap(Tap):
    """Choose a month to look at: show the years first, where there are several."""


@tap("h5")
@dataclass(frozen=True, slots=True)
class HistoryYearTap(Tap):
    """Show the months of a year."""

    year: int


@tap("h6")
@dataclass(frozen=True, slots=True)
class WeekTap(Tap):
    """Show the seven days up to this one at a glance."""

    last: date


# Notes and logs: e*


@tap("e0")
@dataclass(frozen=True, slots=True)
class NoteTap(Tap):
    """Write a note of today."""


@tap("e1")
@dataclass(frozen=True, slots=True)
class NoteDayTap(Tap):
    """Write a note of a day."""

    day: date


@tap("e2")
@dataclass(frozen=True, slots=True)
class EntriesTap(Tap):
    """List the notes and logs of a day."""

    day: date


@tap("e3")
@dataclass(frozen=True, slots=True)
class EntryTap(Tap):
    """Show one note or log."""

    entry_id: int


@tap("e4")
@dataclass(frozen=True, slots=True)
class EntryRemoveTap(Tap):
    """Take a note or log away."""

    entry_id: int


@tap("e5")
@dataclass(frozen=True, slots=True)
class EntryRestoreTap(Tap):
    """Have a removed note or log back."""

    entry_id: int


@tap("e6")
@dataclass(frozen=True, slots=True)
class LogTap(Tap):
    """Choose what to log now."""


@tap("e7")
@dataclass(frozen=True, slots=True)
class LogItemTap(Tap):
    """Log this item."""

    question_id: str


@tap("e8")
@dataclass(frozen=True, slots=True)
class LogValueTap(Tap):
    """Log this value; entry_id is the id it gets, so that a second tap adds nothing."""

    entry_id: int
    question_id: str
    value: str


@tap("e9")
@dataclass(frozen=True, slots=True)
class EntriesPageTap(Tap):
    """List a page of the notes and logs of a day; 0 holds the newest."""

    day: date
    page: int


# Items and habits: i*


@tap("i0")
@dataclass(frozen=True, slots=True)
class ItemsTap(Tap):
    """Show which items are asked."""


@tap("i1")
@dataclass(frozen=True, slots=True)
class ItemTap(Tap):
    """Switch an item on (1) or off (0)."""

    item_id: str
    on: int


@tap("i2")
@dataclass(frozen=True, slots=True)
class OwnAddTap(Tap):
    """Add an item of one's own."""


@tap("i3")
@dataclass(frozen=True, slots=True)
class OwnRemoveTap(Tap):
    """Take an own item away."""

    number: int


@tap("i4")
@dataclass(frozen=True, slots=True)
class OwnRestoreTap(Tap):
    """Have a removed own item back."""

    number: int


@tap("i7")
@dataclass(frozen=True, slots=True)
class OwnRenameTap(Tap):
    """Call an own item something else."""

    number: int


@tap("i5")
@dataclass(frozen=True, slots=True)
class HabitChoicesTap(Tap):
    """Show the habits to choose from; check_in_id is where to go back to, 0 for nowhere."""

    check_in_id: int


@tap("i6")
@dataclass(frozen=True, slots=True)
class HabitChoiceTap(Tap):
    """Choose a habit (1), or no longer (0)."""

    check_in_id: int
    habit_id: str
    on: int


# Reminders of every kind, made and changed: r20 on


@tap("r20")
@dataclass(frozen=True, slots=True)
class WishesTap(Tap):
    """Show what there is to be reminded of."""


@tap("r21")
@dataclass(frozen=True, slots=True)
class WishesPageTap(Tap):
    """Show a page of it; 0 is the first."""

    page: int


@tap("r22")
@dataclass(frozen=True, slots=True)
class WishTap(Tap):
    """Show where a reminder stands."""

    reminder_id: int


@tap("r23")
@dataclass(frozen=True, slots=True)
class NewWishTap(Tap):
    """Make a new reminder."""


@tap("r24")
@dataclass(frozen=True, slots=True)
class WishKindTap(Tap):
    """It is for this: own, medicine, habit or summary; 0 for a new one."""

    reminder_id: int
    kind: str


@tap("r25")
@dataclass(frozen=True, slots=True)
class WishRoutineTap(Tap):
    """It is for a check-in; 0 for a new one."""

    reminder_id: int
    routine: str


@tap("r26")
@dataclass(frozen=True, slots=True)
class WishHabitTap(Tap):
    """It is for a habit; 0 for a new one."""

    reminder_id: int
    habit_id: str


@tap("r27")
@dataclass(frozen=True, slots=True)
class WishTimesTap(Tap):
    """Choose its times."""

    reminder_id: int


@tap("r28")
@dataclass(frozen=True, slots=True)
class WishTimeTap(Tap):
    """Have a time of day (1), or no longer (0)."""

    reminder_id: int
    at: time
    on: int


@tap("r29")
@dataclass(frozen=True, slots=True)
class WishDaysTap(Tap):
    """Choose its days."""

    reminder_id: int


@tap("r30")
@dataclass(frozen=True, slots=True)
class WishDayTap(Tap):
    """Have a day of the week (1), or no longer (0)."""

    reminder_id: int
    day: int
    on: int


@tap("r31")
@dataclass(frozen=True, slots=True)
class WishDaySetTap(Tap):
    """Have the days of the week that go by one name."""

    reminder_id: int
    name: str


@tap("r32")
@dataclass(frozen=True, slots=True)
class WishNumbersTap(Tap):
    """Choose a number of this kind of days."""

    reminder_id: int
    kind: PatternKind


@tap("r33")
@dataclass(frozen=True, slots=True)
class WishNumberTap(Tap):
    """Have this number of that kind of days."""

    reminder_id: int
    kind: PatternKind
    number: int


@tap("r34")
@dataclass(frozen=True, slots=True)
class WishOnDayTap(Tap):
    """Have it once, on a day."""

    reminder_id: int
    day: date


@tap("r35")
@dataclass(frozen=True, slots=True)
class TypeWishDaysTap(Tap):
    """Type its days."""

    reminder_id: int


@tap("r36")
@dataclass(frozen=True, slots=True)
class WishWordsTap(Tap):
    """Change what it says."""

    reminder_id: int


@tap("r37")
@dataclass(frozen=True, slots=True)
class WishSoundTap(Tap):
    """Choose how it is sent."""

    reminder_id: int


@tap("r38")
@dataclass(frozen=True, slots=True)
class WishSilentTap(Tap):
    """Without a sound (1), or with one (0)."""

    reminder_id: int
    on: int


@tap("r39")
@dataclass(frozen=True, slots=True)
class WishNudgesTap(Tap):
    """Ask again so many times."""

    reminder_id: int
    count: int


@tap("r40")
@dataclass(frozen=True, slots=True)
class WishOnTap(Tap):
    """Switch it on (1) or off (0)."""

    reminder_id: int
    on: int


@tap("r41")
@dataclass(frozen=True, slots=True)
class WishPauseTap(Tap):
    """Let it rest: choose how long."""

    reminder_id: int


@tap("r42")
@dataclass(frozen=True, slots=True)
class WishPauseDaysTap(Tap):
    """Let it rest for some days."""

    reminder_id: int
    days: int


@tap("r43")
@dataclass(frozen=True, slots=True)
class WishPauseOpenTap(Tap):
    """Let it rest until the person says otherwise."""

    reminder_id: int


@tap("r44")
@dataclass(frozen=True, slots=True)
class WishPauseTypedTap(Tap):
    """Let it rest until a day that is typed next."""

    reminder_id: int


@tap("r45")
@dataclass(frozen=True, slots=True)
class WishResumeTap(Tap):
    """End its rest."""

    reminder_id: int


@tap("r46")
@dataclass(frozen=True, slots=True)
class WishSkipTap(Tap):
    """Leave today out."""

    reminder_id: int


@tap("r47")
@dataclass(frozen=True, slots=True)
class WishDoneTap(Tap):
    """It is done for today."""

    reminder_id: int


@tap("r48")
@dataclass(frozen=True, slots=True)
class WishTodayTap(Tap):
    """Today after all."""

    reminder_id: int


@tap("r49")
@dataclass(frozen=True, slots=True)
class WishTrialTap(Tap):
    """Send it now, to try."""

    reminder_id: int


@tap("r50")
@dataclass(frozen=True, slots=True)
class WishUndoTap(Tap):
    """Take its last change back."""

    reminder_id: int


@tap("r51")
@dataclass(frozen=True, slots=True)
class WishRemoveTap(Tap):
    """Take it away."""

    reminder_id: int


@tap("r52")
@dataclass(frozen=True, slots=True)
class WishRestoreTap(Tap):
    """Have it back."""

    reminder_id: int


@tap("r53")
@dataclass(frozen=True, slots=True)
class WishSaveTap(Tap):
    """Save it."""

    reminder_id: int


@tap("r60")
@dataclass(frozen=True, slots=True)
class WishSavePausedTap(Tap):
    """End the pause of all, and save it."""

    reminder_id: int


@tap("r54")
@dataclass(frozen=True, slots=True)
class WishDropTap(Tap):
    """Throw it away, unsaved."""

    reminder_id: int


@tap("r55")
@dataclass(frozen=True, slots=True)
class WishChoiceTap(Tap):
    """The line meant this one."""

    reminder_id: int
    number: int


@tap("r56")
@dataclass(frozen=True, slots=True)
class QuietHoursTap(Tap):
    """Show the quiet hours."""


@tap("r57")
@dataclass(frozen=True, slots=True)
class SetQuietHoursTap(Tap):
    """Let nothing ring between two times; the same twice: never."""

    first: time
    last: time


@tap("r58")
@dataclass(frozen=True, slots=True)
class TypeQuietHoursTap(Tap):
    """Type the quiet hours."""


@tap("r59")
@dataclass(frozen=True, slots=True)
class SpreadTap(Tap):
    """Messages may be late by so many minutes at rush hours."""

    minutes: int


# Words of warning, numbers to call, and what this bot is: w*


@tap("w1")
@dataclass(frozen=True, slots=True)
class CountryTap(Tap):
    """Show whose country's numbers to call are shown."""


@tap("w2")
@dataclass(frozen=True, slots=True)
class CountryFromHelpTap(Tap):
    """Show the same in a message of its own."""


@tap("w3")
@dataclass(frozen=True, slots=True)
class SetCountryTap(Tap):
    """Show the numbers of a country, by its code; an empty one for no number."""

    country: str


@tap("w4")
@dataclass(frozen=True, slots=True)
class CountryByZoneTap(Tap):
    """Go by the time zone."""


@tap("w5")
@dataclass(frozen=True, slots=True)
class TypeCountryTap(Tap):
    """Type a country's name."""


@tap("w6")
@dataclass(frozen=True, slots=True)
class HelpSignsTap(Tap):
    """Show the warning list in a message of its own: the one that shows help stays."""


@tap("w7")
@dataclass(frozen=True, slots=True)
class AboutTap(Tap):
    """Show what this bot is, and what nobody has checked yet."""


@tap("w8")
@dataclass(frozen=True, slots=True)
class MisreadTap(Tap):
    """Say that words were no words of distress. at: the second of the epoch at which they were said."""

    at: int


@tap("w9")
@dataclass(frozen=True, slots=True)
class CountriesTap(Tap):
    """Show a page of the countries, to somebody of whom no country is kept."""

    page: int
