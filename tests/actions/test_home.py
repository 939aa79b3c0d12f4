"""Home says where a person stands; /cancel, stray words and pages work for anybody, at any time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select

from actions import awaiting, checkins, home, joining, pages, people, settings, typed, zones
from actions.home import Cancelled, Home, Standing, Stray
from actions.steps import AskConsent, Welcome
from actions.work import Here, Runner, Work
from bot.screen import Button, plain
from bot.screens import render
from bot.screens.home import commands, descriptions
from bot.taps import ConsiderTap, LogTap, NoteTap, StartCheckInTap
from content.wording import utf16_length
from domain.consent import Purpose
from domain.joining import Age
from storage.tables import Person
from tests.actions.members import decide, finish, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, STRANGER = 7, 99
Act = Callable[[Work, int, str | None], Awaitable[Here]]
PAGES = (pages.privacy, pages.privacy_rest, pages.developer, pages.guide)


def last(here: Here) -> object:
    return here.views[-1]


async def the_menu(run: Runner) -> Home:
    view = last(await run(home.menu, ANNA, "en"))
    assert isinstance(view, Home)
    return view


async def people_count(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(Person)) or 0


async def test_the_menu_says_how_today_stands(run: Runner, clock: Clock) -> None:
    await run(join, ANNA, time(20, 30))
    seen = [(await the_menu(run)).check_in]
    await run(checkins.start, ANNA)
    seen.append((await the_menu(run)).check_in)
    clock.advance(days=1)
    await run(finish, ANNA, date(2025, 3, 4))
    seen.append((await the_menu(run)).check_in)
    await run(decide, ANNA, Purpose.KEEP, given=False)
    seen.append((await the_menu(run)).check_in)

    assert seen == [Standing.NOT_YET, Standing.OPEN, Standing.FINISHED, Standing.OFF]


async def test_the_menu_says_when_we_write_next(run: Runner) -> None:
    await run(join, ANNA, time(20, 30))

    view = await the_menu(run)

    assert view.next_at == datetime(2025, 3, 3, 19, 30, tzinfo=UTC)
    assert "20:30, Berlin time" in plain(render(view, run.library.language("en")))


async def test_the_menu_says_that_reminders_are_paused(run: Runner) -> None:
    await run(join, ANNA, time(20, 30))

    async def pause(work: Work, until: date) -> None:
        (await member(work, ANNA)).row.paused_until = until

    english = run.library.language("en")
    await run(pause, date(2025, 3, 10))
    assert "paused until Mon" in plain(render(await the_menu(run), english))
    await run(pause, date.max)
    assert "/pause" in plain(render(await the_menu(run), english))


async def test_start_goes_on_with_an_unfinished_check_in_and_the_menu_stays_reachable(
    run: Runner,
) -> None:
    await run(join, ANNA, time(20, 30))
    step = last(await run(checkins.start, ANNA))

    assert last(await run(home.current, ANNA, "en")) == step
    assert isinstance(last(await run(home.menu, ANNA, "en")), Home)


@pytest.mark.parametrize("act", [home.menu, home.current])
async def test_a_stranger_is_welcomed_wherever_they_knock(run: Runner, act: Act) -> None:
    here = await run(act, STRANGER, "en")

    assert last(here) == Welcome(16)


async def test_cancel_says_what_it_cancelled(run: Runner) -> None:
    await run(join, ANNA, time(20, 30))
    await run(zones.ask, ANNA)

    first = await run(home.cancel, ANNA, "en")
    again = await run(home.cancel, ANNA, "en")

    assert (first.views, again.views) == ((Cancelled("place"),), (Cancelled(None),))
    assert isinstance(last(await run(typed.take, ANNA, "Tokyo", "en")), Stray)


async def test_cancel_leads_back_to_the_open_question_of_joining(run: Runner) -> None:
    stranger = await run(home.cancel, STRANGER, "en")
    await run(joining.tell_age, STRANGER, Age.ADULT, "en")
    beginner = await run(home.cancel, STRANGER, "en")

    assert stranger.views == (Cancelled(None), Welcome(16))
    assert beginner.views == (Cancelled(None), AskConsent(Purpose.KEEP, again=False))


async def test_who_keeps_no_diary_is_offered_it_and_nothing_that_needs_it(run: Runner) -> None:
    await run(join, ANNA, time(20, 30))
    await run(decide, ANNA, Purpose.KEEP, given=False)

    screen = render(await the_menu(run), run.library.language("en"))

    taps = [b.tap for row in screen.rows for b in row if isinstance(b, Button)]
    assert ConsiderTap(Purpose.KEEP) in taps
    assert not {StartCheckInTap, NoteTap, LogTap} & {type(tap) for tap in taps}


@pytest.mark.parametrize("kind", sorted(typed.ANSWERS))
async def test_whatever_can_be_typed_can_be_cancelled_by_name(run: Runner, kind: str) -> None:
    await run(join, ANNA)

    async def expect(work: Work) -> None:
        await awaiting.expect(work, await member(work, ANNA), kind)

    await run(expect)
    here = await run(home.cancel, ANNA, "en")

    english = here.language
    screen = render(last(here), english)
    assert plain(screen).startswith("Cancelled.")
    assert screen.keyboard is not None


@pytest.mark.parametrize("page", PAGES)
async def test_pages_are_for_strangers_too_and_store_nothing(run: Runner, page: Act) -> None:
    here = await run(page, STRANGER, "en")

    assert utf16_length(plain(render(last(here), here.language))) <= 4096
    assert await run(people_count) == 0


async def test_the_privacy_page_names_the_ages_the_days_and_the_contact(run: Runner) -> None:
    both = [await run(page, STRANGER, "en") for page in (pages.privacy, pages.privacy_rest)]

    text = " ".join(plain(render(last(here), here.language)) for here in both)
    for fact in ("16", "180 days", "730 days", "7 days", "/export", "/delete", "Telegram"):
        assert fact in text
    assert "{" not in text


async def test_the_help_page_names_every_command(run: Runner) -> None:
    here = await run(pages.guide, STRANGER, "en")

    text = plain(render(last(here), here.language))
    assert all(f"/{name}: " in text for name, _ in commands(here.language))


async def test_what_telegram_shows_of_the_bot_fits(run: Runner) -> None:
    english = run.library.language("en")

    long, short = descriptions(english)

    assert utf16_length(long) <= 512
    assert utf16_length(short) <= 120
    assert all(1 <= utf16_length(what) <= 256 for _, what in commands(english))


async def test_blocking_is_noted_and_coming_back_undoes_it(run: Runner) -> None:
    async def is_blocked(work: Work) -> bool:
        return (await member(work, ANNA)).row.blocked_at is not None

    await run(join, ANNA, time(20, 30))
    await run(people.blocked, ANNA)
    blocked = await run(is_blocked)

    await run(home.returned, ANNA)

    assert (blocked, await run(is_blocked)) == (True, False)
    await run(home.returned, STRANGER)
    assert await run(people_count) == 1


async def test_stray_words_are_not_kept(run: Runner) -> None:
    await run(join, ANNA)
    await run(settings.overview, ANNA)

    here = await run(typed.take, ANNA, "hello there", "en")

    assert here.views == (Stray(),)
    assert (await run(typed.take, STRANGER, "hello", "en")).views == (Stray(),)
