"""How numbers to call look wherever help is shown, the choice of a country, and the words for distress."""

from __future__ import annotations

from actions.distress import Distress, Misread
from actions.helplines import Countries, Help, TypeCountry, Why
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import (
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
    """The lines to call that go with a tier's text, below the country's name; of None all of them."""
    lines = help.lines
    if lines is None or help.country is None or tier is Tier.SOON:
        return ()
    shown = [language(f"helplines.shown.{help.why}", country=language.country(help.country))]
    if tier in (Tier.DISTRESS, None):
        shown += [_line("crisis", line, language) for line in lines.crisis]
    if tier in (Tier.TODAY, None):
        shown += [_line("advice", line, language) for line in lines.advice]
    called = _either([_dialled(number, language) for number in lines.emergency], language)
    first = language("helplines.shown.emergency", numbers=called)
    at = 1 if tier in (Tier.EMERGENCY, None) else len(shown)
    return (Para("\n".join([*shown[:at], first, *shown[at:]])),)


def change(help: Help, language: Language) -> tuple[Row, ...]:  # noqa: A002
    """The button with which the country can be changed; none for a stranger."""
    if not help.changeable:
        return ()
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
            Para(language("tiers.distress.text")),
            *numbers(view.help, Tier.DISTRESS, language),
            Para(language("helplines.noticed.words")),
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
    rows: list[Row] = [
        (Button(_named(code, code == chosen, language), SetCountryTap(code)),)
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
    unchecked = () if help.lines.checked else (Quiet(language("helplines.unchecked")),)
    return (*numbers(help, None, language), *unchecked)


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
