"""How the age bracket looks in the settings, and what is said to who is too young."""

from __future__ import annotations

from actions.age import AgeNow, SaysTooYoung
from bot.screen import Button, Para, Screen, Title
from bot.screens import render
from bot.screens.join import age_words
from bot.taps import AgeSettingTap, DeleteAskTap, SetAgeTap, SettingsTap
from content.language import Language
from domain.joining import ADULT_AT, brackets


@render.register
def age_now(view: AgeNow, language: Language) -> Screen:
    """The brackets, the one that stands marked in words."""
    rows = []
    for age in brackets(view.min_age):
        words = age_words(age, view.min_age, language)
        if age is view.age:
            words = language("settings.buttons.chosen", choice=words)
        rows.append((Button(words, SetAgeTap(age)),))
    back = Button(language("settings.buttons.back"), SettingsTap())
    return Screen(
        (Title(language("age.title")), Para(language("age.text", years=ADULT_AT))),
        (*rows, (back,)),
    )


@render.register
def says_too_young(view: SaysTooYoung, language: Language) -> Screen:
    """Offer to erase everything; nothing has been changed yet."""
    text = language("age.under_text", years=view.min_age)
    return Screen(
        (Title(language("age.under_title")), Para(text)),
        (
            (Button(language("age.buttons.erase"), DeleteAskTap()),),
            (Button(language("age.buttons.mistake"), AgeSettingTap()),),
        ),
    )
