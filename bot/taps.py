"""What a button carries: frozen dataclasses with a short versioned code.

A tap is at most 64 bytes, its code is never used again for something else, and nothing in
it is trusted: the action asks whether the thing is this person's. An old tap of ours that no longer
means anything reads as None and gets a friendly answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, time
from enum import Enum
from typing import Any, ClassVar, TypeVar, get_type_hints

from domain.consent import Purpose
from domain.joining import Age
from domain.reminders import Snooze
from domain.snippets import Pace

MOST_BYTES = 64
SEPARATOR = ":"


class Tap:
    """The kind of all taps. Fields may be int, str (without a colon), date, time or an enum."""

    code: ClassVar[str] = ""


T = TypeVar("T", bound=type[Tap])

CODES: dict[str, type[Tap]] = {}
"""Every code that a button of ours may carry, with what it means."""


def tap(code: str) -> Callable[[T], T]:
    """Register a frozen dataclass under *code*: a letter, then digits. Errors: ValueError if taken."""

    def register(kind: T) -> T:
        if code in CODES:
            raise ValueError(f"the tap code {code} is taken by {CODES[code].__name__}")
        kind.code = code
        CODES[code] = kind
        return kind

    return register


def write(value: Tap) -> str:
    """Return the text that a button carries. Errors: ValueError above 64 bytes or with a colon."""
    parts = [value.code, *(_write(getattr(value, f.name)) for f in fields(value))]  # type: ignore[arg-type]
    if any(SEPARATOR in part for part in parts):
        raise ValueError(f"{type(value).__name__}: a field holds the separator")
    text = SEPARATOR.join(parts)
    if len(text.encode()) > MOST_BYTES:
        raise ValueError(f"{type(value).__name__}: longer than {MOST_BYTES} bytes")
    return text


def read(data: str) -> Tap | None:
    """Return the tap that *data* carries, or None where it is none of ours or no longer one."""
    code, *parts = data.split(SEPARATOR)
    kind = CODES.get(code)
    if kind is None:
        return None
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    if len(names) != len(parts):
        return None
    try:
        return kind(**{n: _read(hints[n], p) for n, p in zip(names, parts, strict=True)})
    except ValueError:
        return None


def _write(value: Any) -> str:  # noqa: ANN401 - the field types are those of Tap's docstring
    match value:
        case Enum():
            return str(value.value)
        case date():
            return value.strftime("%Y%m%d")
        case time():
            return value.strftime("%H%M")
        case _:
            return str(value)


def _read(kind: type[Any], text: str) -> Any:  # noqa: ANN401
    if issubclass(kind, Enum):
        return kind(text)
    if kind is date:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if kind is time:
        return time.fromisoformat(f"{text[:2]}:{text[2:]}")
    if kind is int:
        if not (text.isascii() and text.isdigit() and len(text) <= 19):
            raise ValueError("not a number of ours")
        return int(text)
    return text


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


# The check-in: a*


@tap("a0")
@dataclass(frozen=True, slots=True)
class StartCheckInTap(Tap):
    """Open today's check-in, or go on with it."""


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


# Pages: p*


@tap("p1")
@dataclass(frozen=True, slots=True)
class HelpTap(Tap):
    """Show what there is, and how to reach a human."""


@tap("p2")
@dataclass(frozen=True, slots=True)
class PrivacyTap(Tap):
    """Show the privacy policy."""
