"""A typed line becomes the reminder that the person meant, or a question: never another one."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from content.library import Library
from domain.lines.asking import Why
from domain.lines.grammar import Sense, Words
from domain.lines.reading import MOST_CHARACTERS, Unclear, Understood, read
from domain.recurrence import AtMoment, EveryDays, OnDay, Schedule, SinceLast, Weekdays, days_from
from tests.corpus import NOW, ZONE, cases, fits, meaning

FILES = ("reminders_en.tsv", "reminders_en_made.tsv")

OTHERS = ("ar", "de", "es", "fr", "pt")
"""The languages with a grammar of their own, beside English."""

SLOW = 0.020
"""Seconds of CPU that no line takes three times in a row."""


@pytest.fixture(scope="module")
def words(library: Library) -> Words:
    return library.language("en").words


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load()


def test_the_corpus_has_a_thousand_different_lines() -> None:
    written = list(cases(FILES[0]))

    assert len({case.line for case in written}) >= 700
    assert len({case.line for case in cases(*FILES)}) >= 1000


def test_no_line_of_the_corpus_gets_a_wrong_meaning(words: Words) -> None:
    read_as = [(case, meaning(read(case.line, words, NOW, ZONE))) for case in cases(*FILES)]

    wrong = [
        f"{c.line!r}: {c.expected}, not {found}"
        for c, found in read_as
        if not fits(c.expected, found)
    ]
    assert wrong == []


@pytest.mark.parametrize("tag", OTHERS)
def test_no_line_of_another_languages_corpus_gets_a_wrong_meaning(
    shipped: Library, tag: str
) -> None:
    words, written = shipped.language(tag).words, list(cases(f"reminders_{tag}.tsv"))
    read_as = [(case, meaning(read(case.line, words, NOW, ZONE))) for case in written]

    wrong = [
        f"{c.line!r}: {c.expected}, not {was}" for c, was in read_as if not fits(c.expected, was)
    ]
    assert wrong == []
    assert len({case.line for case in written}) >= 200


@pytest.mark.parametrize("tag", OTHERS)
def test_500_lines_of_anything_are_read_or_asked_in_other_languages(
    shipped: Library, tag: str
) -> None:
    fuzz(shipped.language(tag).words, 500, seed=1)


def test_every_reason_to_ask_is_met_in_the_corpus(words: Words) -> None:
    asked = {meaning(read(case.line, words, NOW, ZONE)).partition(":")[2] for case in cases(*FILES)}

    assert {*Why} - asked == {Why.TOO_LONG}


def test_a_line_that_is_too_long_is_not_read(words: Words) -> None:
    line = "every day at 9 " + "x" * (MOST_CHARACTERS - 15)

    assert isinstance(read(line, words, NOW, ZONE), Understood)
    assert read(line + "x", words, NOW, ZONE) == Unclear(Why.TOO_LONG)


def test_a_moment_without_a_zone_is_refused(words: Words) -> None:
    with pytest.raises(ValueError, match="aware"):
        read("in 5 minutes", words, NOW.replace(tzinfo=None), ZONE)


def test_what_may_be_meant_is_offered_with_what_it_is_about(words: Words) -> None:
    found = read("at 9 stretch", words, NOW, ZONE)

    assert isinstance(found, Unclear)
    assert (found.why, found.text) == (Why.ONCE_OR_DAILY, "stretch")
    daily, once = found.choices
    assert isinstance(daily.pattern, Weekdays)
    assert once.pattern == OnDay(date(2025, 11, 27))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("monday at 9", 2),
        ("next monday at 9", 2),
        ("on the 15th at 9", 2),
        ("at midnight", 2),
        ("every day", 0),
    ],
)
def test_only_whole_meanings_are_offered(words: Words, line: str, count: int) -> None:
    found = read(line, words, NOW, ZONE)

    assert isinstance(found, Unclear)
    assert len(found.choices) == count


def test_nothing_is_offered_while_words_are_left_over(words: Words) -> None:
    assert read("at 9 take 2 pills", words, NOW, ZONE) == Unclear(Why.LEFT_OVER)


def test_the_day_is_that_of_the_persons_zone(words: Words) -> None:
    late = datetime(2025, 3, 3, 23, 30, tzinfo=UTC)
    found = read("tomorrow at 9", words, late, ZoneInfo("Asia/Tokyo"))

    assert isinstance(found, Understood)
    assert found.schedule.pattern == OnDay(date(2025, 3, 5))


def test_a_moment_is_the_same_across_a_clock_change(words: Words) -> None:
    before = datetime(2025, 3, 30, 0, 50, tzinfo=UTC)
    found = read("in 20 minutes", words, before, ZONE)

    assert isinstance(found, Understood)
    assert found.schedule.pattern == AtMoment(datetime(2025, 3, 30, 1, 10, tzinfo=UTC))


def test_a_day_that_a_zone_skips_is_asked(words: Words) -> None:
    before = datetime(2011, 12, 29, 20, 0, tzinfo=UTC)

    assert read("30 Dec at 9", words, before, ZoneInfo("Pacific/Apia")) == Unclear(Why.NO_SUCH_DAY)


def test_what_a_person_said_is_in_no_repr(words: Words) -> None:
    said = read("every day at 9 secret", words, NOW, ZONE), read("at 9 secret", words, NOW, ZONE)

    assert "secret" not in repr(said)


def test_20_000_lines_of_anything_are_read_or_asked(words: Words) -> None:
    fuzz(words, 20_000, seed=1)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(2, 12))
def test_a_million_lines_of_anything_are_read_or_asked(words: Words, seed: int) -> None:
    fuzz(words, 100_000, seed)


@pytest.mark.parametrize(
    "piece",
    ["1", "1:", "9 and ", "every ", "a.", "a. ", "mon ", "mon-", "in 1 hour ", "24 ", "/1", "-", '"', "«", "1.", "\u0301", "٩", "the ",
     "at 9, ", "24 Dec ", "1st of ", "from 9 to ", "since the last ", "if i haven't written ", "around the "],
)  # fmt: skip
def test_a_line_of_one_piece_over_and_over_is_read_quickly(words: Words, piece: str) -> None:
    examine((piece * MOST_CHARACTERS)[:MOST_CHARACTERS], words)


def fuzz(words: Words, count: int, seed: int) -> None:
    for line in islice(anything(random.Random(seed), words), count):
        examine(line, words)


def anything(rng: random.Random, words: Words) -> Iterator[str]:
    """Yield lines without end: words of the grammar, the corpus with slips, and any characters."""
    spoken = [" ".join(phrase) for phrase in words.phrases]
    signs = [
        ",",
        ".",
        ":",
        "-",
        "–",
        "/",
        "@",
        "&",
        '"',
        "“",
        "+",
        "%",
        "(",
        "\u200f",
        "\u202e",
        "\n",
        "🧘",
        "9️⃣",
        "½",
        "٩",
    ]
    known = [case.line for case in cases(*FILES)]
    while True:
        match rng.randrange(3):
            case 0:
                pieces = [piece(rng, spoken, signs) for _ in range(rng.randrange(1, 14))]
                yield rng.choice((" ", " ", "")).join(pieces)
            case 1:
                yield slipped(rng, rng.choice(known), rng.choice(known))
            case _:
                codes = (
                    rng.choice((rng.randrange(32, 127), rng.randrange(sys.maxunicode + 1)))
                    for _ in range(rng.randrange(60))
                )
                yield "".join(map(chr, codes))


def piece(rng: random.Random, spoken: list[str], signs: list[str]) -> str:
    number = rng.choice((rng.randrange(32), rng.randrange(3000), -rng.randrange(9)))
    clock = f"{rng.randrange(26)}{rng.choice(':.h')}{rng.randrange(62):02}"
    return rng.choice(
        (rng.choice(spoken), rng.choice(spoken), str(number), clock, rng.choice(signs), "tea")
    )


def slipped(rng: random.Random, line: str, other: str) -> str:
    """Return a line with up to three characters lost, doubled or moved, or cut into another one."""
    for _ in range(rng.randrange(4)):
        at = rng.randrange(len(line) + 1)
        change = rng.choice(
            (line[at : at + 1] * 2, "", " ", chr(rng.randrange(33, 0x2FFF)), other[at:])
        )
        line = line[:at] + change + line[at + 1 :]
    return line


def examine(line: str, words: Words) -> None:
    """Read a line: quickly, without an error, and to something that is still to come."""
    found = None
    took = []
    for _ in range(3):
        began = time.thread_time()
        found = read(line, words, NOW, ZONE)
        took.append(time.thread_time() - began)
        if took[-1] <= SLOW:
            break
    assert min(took) <= SLOW, f"{line!r} took {took}"
    if isinstance(found, Understood):
        assert is_to_come(found.schedule), repr(line)
        assert "\n" not in found.text
        assert len(found.text) <= len(line)
    else:
        assert all(is_to_come(choice) for choice in found.choices), repr(line)  # type: ignore[union-attr]


def is_to_come(schedule: Schedule) -> bool:
    """Say whether a schedule has a moment that is later than NOW, and no later than it could have."""
    match schedule.pattern:
        case AtMoment(due_at):
            return NOW < due_at <= NOW + timedelta(days=366)
        case SinceLast():
            return True
        case EveryDays(n, since) if not 0 <= (since - NOW.date()).days <= max(7, n):
            return False
        case days:
            near = list(islice(days_from(days, NOW.date()), 2))
            moments = [datetime.combine(day, at, ZONE) for day in near for at in schedule.times]
            return any(moment > NOW for moment in moments)


@pytest.mark.parametrize(
    "line", ["every day {} 9:00", "walk {} 9:00 every day", "every day {} 9pm walk"]
)
def test_what_is_only_near_a_time_is_never_that_time(words: Words, line: str) -> None:
    limits = (Sense.NEAR, Sense.UNTIL, Sense.FROM, Sense.IN, Sense.LIMIT)
    said = [" ".join(phrase) for phrase, (sense, _) in words.phrases.items() if sense in limits]
    taken = [
        one for one in said if isinstance(read(line.format(one), words, NOW, ZONE), Understood)
    ]

    assert len(said) > 20
    assert taken == []


@pytest.mark.parametrize("line", ["every day ca. 9:00", "every day approx. 9pm walk"])
def test_a_short_form_with_its_dot_is_near_a_time_as_well(words: Words, line: str) -> None:
    assert read(line, words, NOW, ZONE) == Unclear(Why.LEFT_OVER)
