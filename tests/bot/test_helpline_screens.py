"""Help on a screen: the fixed text, whom to call, in every language, whole and within a message."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from actions.distress import Distress
from actions.helplines import NOWHERE, Countries, ForStranger, Help, TypeCountry, Why
from actions.pages import About, Signed
from actions.warnings import Keeping, RedFlag, SignList
from bot.screen import MOST_TEXT, Button, Screen, plain
from bot.screens import render
from bot.tap import Tap
from bot.taps import CountriesTap, CountryFromHelpTap, SetCountryTap, SignBackTap
from content.language import Language
from content.library import Library
from domain.redflags import Tier

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TAGS = ("en", "de", "es", "fr", "pt", "ar")


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load()


def of(library: Library, country: str, why: Why = Why.BY_ZONE) -> Help:
    return Help(why, country, library.helplines.get(country))


def drawn(view: object, language: Language) -> tuple[Screen, str]:
    screen = render(view, language)
    text = plain(screen)
    assert len(text.encode("utf-16-le")) // 2 < MOST_TEXT
    assert not re.search(r"\{\w*\}", text)
    return screen, text


def taps(screen: Screen) -> list[Tap]:
    return [b.tap for row in screen.rows for b in row if isinstance(b, Button)]


@pytest.mark.parametrize("tag", TAGS)
def test_every_sign_shows_its_text_and_the_numbers_of_every_country(
    shipped: Library, tag: str
) -> None:
    language = shipped.languages[tag]
    for sign in shipped.signs.values():
        for country, lines in shipped.helplines.items():
            screen, text = drawn(RedFlag(sign.tier, sign.id, of(shipped, country)), language)
            assert screen.keep
            shown = all(number in text for number in lines.emergency)
            assert shown == (sign.tier is not Tier.SOON), (sign.id, country)


@pytest.mark.parametrize("tag", TAGS)
def test_the_list_the_distress_text_and_the_choice_fit_with_the_longest_numbers(
    shipped: Library, tag: str
) -> None:
    language = shipped.languages[tag]
    signs = tuple(shipped.signs.values())
    for country in ("CH", "BE", "SA", "UY", "DE"):
        there = of(shipped, country)
        drawn(SignList(signs, None, Keeping.SIGN, frozenset(), undo="fever", help=there), language)
        screen, _ = drawn(Distress(there, lost=True, at=NOW), language)
        assert screen.keep
        drawn(Countries(there, tuple(shipped.helplines)[:6]), language)
    drawn(TypeCountry(), language)


def test_the_country_is_named_with_how_it_is_known(shipped: Library) -> None:
    english = shipped.languages["en"]
    guessed = RedFlag(Tier.EMERGENCY, "fainting", of(shipped, "DE"))
    chosen = RedFlag(Tier.EMERGENCY, "fainting", of(shipped, "AT", Why.CHOSEN))

    assert "Germany, by your time zone: 112" in drawn(guessed, english)[1]
    assert "Austria: 144 or 112" in drawn(chosen, english)[1]


@pytest.mark.parametrize("tag", TAGS)
def test_whom_to_call_stands_before_the_fixed_text_and_at_the_top_of_the_list(
    shipped: Library, tag: str
) -> None:
    language, there = shipped.languages[tag], of(shipped, "DE")
    signs = tuple(shipped.signs.values())
    sign = next(one for one in signs if one.tier is Tier.EMERGENCY)

    urgent = drawn(RedFlag(sign.tier, sign.id, there), language)[1]
    sad = drawn(Distress(there, at=NOW), language)[1]
    listed, text = drawn(
        SignList(signs, None, Keeping.SIGN, frozenset(), undo=sign.id, help=there), language
    )

    first, fixed, _ = urgent.partition(language("tiers.emergency.text"))
    assert fixed
    assert "112" in first
    first, fixed, _ = sad.partition(language("tiers.distress.text"))
    assert fixed
    assert "112" in first
    assert "0800 111 0 111" in first
    assert "112" in text.split("\n\n")[1]
    assert "116117" in text.split("\n\n")[1]
    assert taps(listed)[0] == SignBackTap(sign.id)
    for shown in (urgent, sad, text):
        assert language("helplines.unchecked") in shown


def test_only_a_country_that_was_chosen_is_called_chosen(shipped: Library) -> None:
    english = shipped.languages["en"]

    def labels(why: Why) -> list[str]:
        view = Countries(of(shipped, "DE", why), ("DE", "AT"))
        return [button.label for row in drawn(view, english)[0].rows for button in row]

    assert "Germany (chosen)" in labels(Why.CHOSEN)
    assert "Germany" in labels(Why.BY_ZONE)


@pytest.mark.parametrize("tag", TAGS)
def test_a_stranger_chooses_among_all_countries_and_reads_the_numbers(
    shipped: Library, tag: str
) -> None:
    language = shipped.languages[tag]
    there = Help(Why.CHOSEN, "DE", shipped.helplines["DE"], kept=False)

    pages, _ = drawn(ForStranger(NOWHERE, tuple(shipped.helplines)[:20], 1, anew=True), language)
    _, text = drawn(ForStranger(there), language)

    assert taps(pages)[-2] == CountriesTap(1)
    assert pages.keep
    assert "112" in text


def test_each_tier_shows_the_lines_that_go_with_it(shipped: Library) -> None:
    english, there = shipped.languages["en"], of(shipped, "DE")
    text = {
        sign.tier: drawn(RedFlag(sign.tier, sign.id, there), english)[1]
        for sign in shipped.signs.values()
    }

    assert "0800 111 0 111" in text[Tier.DISTRESS]
    assert "0800 111 0 111" not in text[Tier.TODAY] + text[Tier.EMERGENCY]
    assert "116117" in text[Tier.TODAY]
    assert "112" not in text[Tier.SOON]


@pytest.mark.parametrize(
    "help_", [NOWHERE, Help(Why.UNKNOWN), Help(Why.NONE), Help(Why.CHOSEN, "TO")]
)
def test_without_a_country_or_its_numbers_only_the_fixed_text_is_shown(
    shipped: Library, help_: Help
) -> None:
    screen, text = drawn(RedFlag(Tier.EMERGENCY, "fainting", help_), shipped.languages["en"])

    assert not re.search(r"\d", text)
    assert taps(screen) == [CountryFromHelpTap()]


def test_a_number_with_spaces_keeps_its_order_among_arabic_words(shipped: Library) -> None:
    there = of(shipped, "DE")

    text = drawn(Distress(there), shipped.languages["ar"])[1]

    assert "\u20680800 111 0 111\u2069" in text


def test_a_country_without_numbers_says_so_and_no_number_can_be_chosen(shipped: Library) -> None:
    screen, text = drawn(Countries(Help(Why.CHOSEN, "TO"), ("US",)), shipped.languages["en"])

    assert "I know no numbers for Tonga" in text
    assert SetCountryTap("") in taps(screen)


def test_about_says_what_nobody_has_checked_and_what_somebody_has(shipped: Library) -> None:
    english = shipped.languages["en"]
    none = About("1", Signed(0, 96), Signed(0, 20), Signed(0, 80), 6, ())
    some = About("1", Signed(3, 96), Signed(20, 20), Signed(1, 80), 6, ("Deutsch",))

    unread, read = drawn(none, english)[1], drawn(some, english)[1]

    assert "96, none signed off by a clinician yet" in unread
    assert "none reviewed by a native clinician yet" in unread
    assert "signed off by a clinician: 3" in read
    assert "native clinician: Deutsch" in read
