"""How the settings look: each on a screen of its own, in the same message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from actions.consents import Consents, Consider, Withdraw
from actions.settings import DayStarts, Languages, Settings, Tips
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.screens.helplines import setting
from bot.screens.tip_topics import called
from bot.screens.travel import end_row, going_by
from bot.tap import Tap
from bot.taps import (
    AgeSettingTap,
    ChangeConsentTap,
    CheckInTimeTap,
    ConsentsTap,
    ConsiderTap,
    CountryTap,
    DayStartsTap,
    DeleteAskTap,
    DiscreetTap,
    HabitChoicesTap,
    HomeTap,
    ItemsTap,
    LanguagesTap,
    LanguageTap,
    MarksTap,
    PaceTap,
    PauseTap,
    PlaceTap,
    PlainTap,
    ProposingTap,
    SetDayStartsTap,
    SettingsTap,
    TipsTap,
    TipTimeTap,
    TopicChoicesTap,
)
from content.language import Language
from content.library import FALLBACK
from domain.consent import CURRENT, JOINING, Purpose
from domain.snippets import Pace

DAY_STARTS = tuple(time(hour) for hour in range(7))
TIP_TIMES = tuple(time(hour) for hour in (8, 10, 12, 15, 18, 20))


@render.register
def overview(view: Settings, language: Language) -> Screen:
    """What is set now, and a button for each thing."""

    def button(key: str, tap: Tap) -> Row:
        return (Button(language(f"settings.buttons.{key}"), tap),)

    wording = ("discreet_off", 0) if view.discreet else ("discreet_on", 1)
    suggest = ("suggest_off", 0) if view.proposals else ("suggest_on", 1)
    plain = ("plain_off", 0) if language.plain else ("plain_on", 1)
    spoken: tuple[Row, ...] = ()
    if len(view.languages) > 1:
        spoken = (button("language", LanguagesTap()),)
    return Screen(
        (
            Title(language("settings.title")),
            Para("\n".join(_now(view, language))),
            Quiet(language("settings.how")),
            Quiet(language("settings.discreet_limits")),
        ),
        (
            *spoken,
            button("zone", PlaceTap()),
            *((end_row(view.zone, language),) if view.reminder_zone else ()),
            (Button(language("helplines.buttons.open"), CountryTap()),),
            button("day", DayStartsTap()),
            button("check_in", CheckInTimeTap()),
            button("tips", TipsTap()),
            (Button(language("left_out.buttons.open"), MarksTap()),),
            button("pause", PauseTap()),
            button(wording[0], DiscreetTap(wording[1])),
            button(suggest[0], ProposingTap(suggest[1])),
            button(plain[0], PlainTap(plain[1])),
            button("items", ItemsTap()),
            button("habits", HabitChoicesTap(0)),
            button("consents", ConsentsTap()),
            (Button(language("age.buttons.open"), AgeSettingTap()),),
            button("menu", HomeTap()),
        ),
    )


@render.register
def languages(view: Languages, language: Language) -> Screen:
    """The languages, each by its own name."""
    choices = (
        (_chosen(known.name, known.tag == language.tag, language), LanguageTap(known.tag))
        for known in view.languages
    )
    blocks: list[Block] = [
        Title(language("settings.language.title")),
        Para(language("settings.language.text")),
    ]
    unread = [k.name for k in view.languages if not k.reviewed and k.tag != FALLBACK]
    if unread:
        blocks.append(Quiet(language("settings.language.unread", names=language.listed(unread))))
    return Screen(tuple(blocks), (*grid(_buttons(choices), 1), _back(language)))


@render.register
def day_starts(view: DayStarts, language: Language) -> Screen:
    """When the day ends, and what that means."""
    choices = (
        (_chosen(language.time(at), at == view.at, language), SetDayStartsTap(at))
        for at in DAY_STARTS
    )
    text = language("settings.day.text", time=language.time(view.at))
    blocks = (Title(language("settings.day.title")), Para(text))
    return Screen(blocks, (*grid(_buttons(choices), 2), _back(language)))


@render.register
def tips(view: Tips, language: Language) -> Screen:
    """How often tips come, and when."""
    off = view.pace is Pace.OFF
    now = language("settings.tips.off")
    if not off:
        pace = language(f"settings.pace.{view.pace}")
        now = language("settings.tips.now", pace=pace, time=language.time(view.at))
    paces = (
        (
            _chosen(language(f"settings.pace.buttons.{pace}"), pace is view.pace, language),
            PaceTap(pace),
        )
        for pace in Pace
    )
    times = (
        (_chosen(language.time(at), at == view.at and not off, language), TipTimeTap(at))
        for at in TIP_TIMES
    )
    return Screen(
        (
            Title(language("settings.tips.title")),
            Para(now),
            Para("\n".join(_chosen_by(view, language))),
            Quiet(language("settings.tips.how")),
        ),
        (
            *grid(_buttons(paces), 1),
            *grid(_buttons(times), 2),
            (
                Button(language("tip_topics.settings.choose"), TopicChoicesTap()),
                Button(
                    language(f"tip_topics.settings.fit_{'on' if view.by_logs else 'off'}"),
                    ConsiderTap(Purpose.FIT),
                ),
            ),
            _back(language),
        ),
    )


@render.register
def consents(view: Consents, language: Language) -> Screen:
    """What was agreed to, and what a tap has just changed in it."""
    lines = (
        language(f"settings.consents.{purpose}_{'yes' if given else 'no'}")
        for purpose, given in view.given.items()
    )
    explained: tuple[Block, ...] = ()
    if view.changed is not None:
        now = "given" if view.given[view.changed] else "withdrawn"
        explained = (Para(language(f"settings.consents.{view.changed}_{now}")),)
    changes = (
        (
            language(f"settings.consents.buttons.{purpose}_{'take' if given else 'give'}"),
            ConsiderTap(purpose),
        )
        for purpose, given in view.given.items()
    )
    erase: tuple[Row, ...] = ()
    if view.changed is Purpose.KEEP and not view.given[Purpose.KEEP]:
        erase = ((Button(language("settings.consents.buttons.erase"), DeleteAskTap()),),)
    return Screen(
        (
            Title(language("settings.consents.title")),
            *explained,
            Para("\n".join(lines)),
            Quiet(language("settings.consents.how")),
        ),
        (*grid(_buttons(changes), 1), *erase, _back(language)),
    )


@render.register
def withdraw(view: Withdraw, language: Language) -> Screen:
    """What taking a consent back means."""
    tap = ChangeConsentTap(view.purpose, CURRENT[view.purpose], 0)
    key = f"settings.withdraw.buttons.{view.purpose}"
    instead: tuple[Row, ...] = ()
    if view.purpose is Purpose.TIPS:
        instead = ((Button(language("settings.pace.buttons.off"), PaceTap(Pace.OFF)),),)
    return Screen(
        (
            Title(language("settings.withdraw.title")),
            Para(language(f"settings.withdraw.{view.purpose}")),
        ),
        (
            (Button(language(key), tap),),
            *instead,
            (Button(language("settings.withdraw.buttons.no"), ConsentsTap()),),
        ),
    )


@render.register
def consider(view: Consider, language: Language) -> Screen:
    """The words of a consent, to give it."""
    key = f"consent.{view.purpose}"
    tap = ChangeConsentTap(view.purpose, CURRENT[view.purpose], 1)
    back: Tap = ConsentsTap() if view.purpose in JOINING else SettingsTap()
    if view.purpose is Purpose.FIT:
        back = TipsTap()
    return Screen(
        (Title(language(f"{key}.title")), Para(language(f"{key}.text"))),
        (
            (Button(language(f"{key}.buttons.yes"), tap),),
            (Button(language(f"{key}.buttons.no"), back),),
        ),
    )


def _chosen_by(view: Tips, language: Language) -> list[str]:
    topics = language("tip_topics.settings.all")
    if view.topics is not None:
        named = language.listed([called(topic, language) for topic in view.topics])
        topics = language("tip_topics.settings.some", topics=named)
        topics = topics if view.topics else language("tip_topics.none")
    return [topics, language(f"tip_topics.settings.fit_{'yes' if view.by_logs else 'no'}")]


def _now(view: Settings, language: Language) -> list[str]:
    check_in = language("settings.now.no_check_in")
    if view.check_in_at is not None:
        check_in = language("settings.now.check_in", time=language.time(view.check_in_at))
    tips = language("settings.now.no_tips")
    if view.tips_at is not None:
        pace = language(f"settings.pace.{view.tip_pace}")
        tips = language("settings.now.tips", pace=pace, time=language.time(view.tips_at))
    return [
        language("settings.now.language", name=language.name),
        language("settings.now.zone", city=language.city(view.zone)),
        *([going_by(view.reminder_zone, language)] if view.reminder_zone else []),
        setting(view.help, language),
        language("settings.now.day", time=language.time(view.day_starts_at)),
        check_in,
        tips,
        language(f"settings.now.{'discreet' if view.discreet else 'open'}"),
        language(f"settings.now.{'suggests' if view.proposals else 'suggests_not'}"),
        language(f"settings.now.{'plain' if language.plain else 'plain_not'}"),
    ]


def _chosen(choice: str, is_chosen: bool, language: Language) -> str:
    return language("settings.buttons.chosen", choice=choice) if is_chosen else choice


def _buttons(choices: Iterable[tuple[str, Tap]]) -> list[Button]:
    return [Button(label, tap) for label, tap in choices]


def _back(language: Language) -> Row:
    return (Button(language("settings.buttons.back"), SettingsTap()),)
