"""How numbers to call look wherever help is shown, the choice of a country, and the words for distress."""

from __future__ import annotations

from actions.distress import Distress, Misread
from actions.helplines import Countries, ForStranger, Help, TypeCountry, Why
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import (
    CountriesTap,
    CountryByZoneTap,
    CountryFromHelpTap,
    CountryTap,
    HelpSignsTap,
    MisreadTap,
    SetCountryTap,
    SettingsTap,
    TypeCountryTap,
)
from content.language import Language, Typed
from domain.helplines import Line
from domain.redflags import Tier


def numbers(help: Help, tier: Tier | None, language: Language) -> tuple[Block, ...]:  # noqa: A002
    """The lines to call that go with a tier's text, of None all of them; first whom to call at once.

    Where there is no emergency first the lines for advice, below the country's name.
    """
    lines = help.lines
    if lines is None or help.country is None or tier is Tier.SOON:
        return ()
    country = language.country(help.country)
    called = _either([_dialled(number, language) for number in lines.emergency], language)
    advice = [_line("advice", line, language) for line in lines.advice]
    if tier is Tier.TODAY:
        named = language(f"helplines.shown.{help.why}", country=country)
        emergency = language("helplines.shown.emergency", numbers=called)
        return (Para("\n".join([named, *advice, emergency])),)
    key = f"helplines.shown.first.{help.why}"
    shown = [language(key, country=country, numbers=called)]
    if tier in (Tier.DISTRESS, None):
        shown += [_line("crisis", line, language) for line in lines.crisis]
    return (Para("\n".join(shown if tier else [*shown, *advice])),)


def unchecked(help: Help, language: Language) -> tuple[Block, ...]:  # noqa: A002
    """That nobody has confirmed the numbers that are shown; nothing where somebody has."""
    if help.lines is None or help.lines.checked:
        return ()
    return (Quiet(language("helplines.unchecked")),)


def change(help: Help, language: Language) -> tuple[Row, ...]:  # noqa: A002
    """The button with which the country can be chosen or changed."""
    key = "change" if help.lines else "choose"
    return ((Button(language(f"helplines.buttons.{key}"), CountryFromHelpTap()),),)


def setting(help: Help, language: Language) -> str:  # noqa: A002
    """The country, as a line of the settings."""
    if help.country is None:
        return language(f"helplines.setting.{help.why}")
    country = language.country(help.country)
    return language(f"helplines.setting.{help.why}", country=country)


@render.register
def distress(view: Distress, language: Language) -> Screen:
    """The warm text, and whom to call. Never an edit, never edited."""
    kept: list[Block] = [Quiet(language("helplines.noticed.not_kept"))] if view.lost else []
    wrong: tuple[Row, ...] = ()
    if view.at is not None:
        kept = [Quiet(language(f"helplines.noticed.{'only_when' if view.lost else 'kept'}"))]
        tap = MisreadTap(int(view.at.timestamp()))
        wrong = ((Button(language("helplines.buttons.misread"), tap),),)
    return Screen(
        (
            *numbers(view.help, Tier.DISTRESS, language),
            Para(language("tiers.distress.text")),
            Para(language("helplines.noticed.words")),
            *unchecked(view.help, language),
            *kept,
        ),
        (
            (Button(language("helplines.buttons.warnings"), HelpSignsTap()),),
            *change(view.help, language),
            *wrong,
        ),
        keep=True,
    )


@render.register
def misread(_view: Misread, language: Language) -> Screen:
    """It is forgotten. In a message of its own: the one with the numbers stays."""
    return Screen((Para(language("helplines.noticed.misread")),), keep=True)


@render.register
def countries(view: Countries, language: Language) -> Screen:
    """The country and its numbers, and a button for each other."""
    chosen = view.help.country
    own = chosen if view.help.why is Why.CHOSEN else None
    rows: list[Row] = [
        (Button(_named(code, code == own, language), SetCountryTap(code)),)
        for code in dict.fromkeys(
            [*([chosen] if chosen and not view.found else []), *view.countries]
        )
    ]
    rows.append((Button(language("helplines.buttons.type"), TypeCountryTap()),))
    if view.help.why in (Why.CHOSEN, Why.NONE):
        rows.append((Button(language("helplines.buttons.by_zone"), CountryByZoneTap()),))
    if view.help.why is not Why.NONE:
        rows.append((Button(language("helplines.buttons.none"), SetCountryTap("")),))
    rows.append((Button(language("helplines.buttons.warnings"), HelpSignsTap()),))
    rows.append((Button(language("helplines.buttons.settings"), SettingsTap()),))
    now: tuple[Block, ...] = (Para(language("helplines.which")),)
    if not view.found:
        now = (*_now(view.help, language), Quiet(language("helplines.how")))
    return Screen((Title(language("helplines.title")), *now), tuple(rows), keep=view.anew)


@render.register
def for_stranger(view: ForStranger, language: Language) -> Screen:
    """A country's numbers, or the countries, two in a row. Nothing of it is kept."""
    title = Title(language("helplines.title"))
    signs: Row = (Button(language("helplines.buttons.warnings"), HelpSignsTap()),)
    if view.help.country is not None:
        other: Row = (Button(language("helplines.buttons.other"), CountriesTap(0)),)
        return Screen((title, *_now(view.help, language)), (other, signs))
    named = [Button(language.country(code), SetCountryTap(code)) for code in view.countries]
    pairs = tuple(tuple(named[n : n + 2]) for n in range(0, len(named), 2))
    more: Row = (Button(language("helplines.buttons.more"), CountriesTap(view.following)),)
    return Screen(
        (title, Para(language("helplines.for_stranger"))), (*pairs, more, signs), keep=view.anew
    )


@render.register
def type_country(_view: TypeCountry, language: Language) -> Screen:
    """Ask for a country's name."""
    blocks = (Title(language("helplines.title")), Para(language("helplines.type")))
    return Screen(blocks, ((Button(language("common.buttons.back"), CountryTap()),),))


def _now(help: Help, language: Language) -> tuple[Block, ...]:  # noqa: A002
    if help.country is None:
        return (Para(language(f"helplines.{help.why}")),)
    if help.lines is None:
        country = language.country(help.country)
        return (Para(language("helplines.no_numbers", country=country)),)
    return (*numbers(help, None, language), *unchecked(help, language))


def _line(kind: str, line: Line, language: Language) -> str:
    number = _dialled(line.number, language)
    return language(f"helplines.shown.{kind}", name=Typed(line.name), number=number)


def _dialled(number: str, language: Language) -> str:
    """A number with spaces would be read from its other end among words that run from right to left."""
    return Typed(number) if language.right_to_left else number


def _either(dialled: list[str], language: Language) -> str:
    first, *others = dialled
    if not others:
        return first
    rest = _either(others, language)
    return language("helplines.shown.either", first=first, second=rest)


def _named(code: str, chosen: bool, language: Language) -> str:
    country = language.country(code)
    return language("helplines.buttons.chosen", country=country) if chosen else country
