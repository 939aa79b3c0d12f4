"""How the pages look that anybody may read."""

from __future__ import annotations

from actions.pages import About, Developer, Help, Privacy, Signed
from actions.retention import BETWEEN
from bot.screen import Button, Fold, Para, Quiet, Screen, Title
from bot.screens import render
from bot.screens.home import COMMANDS
from bot.tap import Tap
from bot.taps import AboutTap, HelpTap, HomeTap, PrivacyMoreTap, PrivacyTap
from content.language import Language

PARTS = (("what", "how"), ("where", "long", "rights"))
"""The parts of the privacy policy, in their order, on its two pages: one message cannot hold them all."""


@render.register
def privacy(view: Privacy, language: Language) -> Screen:
    """A page of the policy; its parts fold. Each says how to reach who runs this."""
    policy = view.policy
    values = {
        "long": {
            "blocked": policy.keep_blocked.days,
            "idle": policy.keep_idle.days,
            "between": BETWEEN.days,
            "unfinished": policy.keep_unfinished.days,
        },
        "rights": {"years": policy.min_age},
    }
    parts = [
        block
        for part in PARTS[view.rest]
        for block in (
            Title(language(f"pages.privacy.{part}_title")),
            Fold(language(f"pages.privacy.{part}", **values.get(part, {}))),
        )
    ]
    leads = () if view.rest else ("intro", "rights_short")
    contact = _contact(policy.operator_contact, language)
    other: Tap = PrivacyTap() if view.rest else PrivacyMoreTap()
    return Screen(
        (
            Title(language("pages.privacy.title")),
            *(Para(language(f"pages.privacy.{lead}")) for lead in leads),
            *parts,
            Para(language("pages.privacy.contact", contact=contact)),
        ),
        (
            (Button(language(f"pages.privacy.buttons.{'first' if view.rest else 'rest'}"), other),),
            (Button(language("home.buttons.menu"), HomeTap()),),
        ),
    )


@render.register
def developer(view: Developer, language: Language) -> Screen:
    """Who runs this, and what it is made of."""
    return Screen(
        (
            Title(language("pages.developer.title")),
            Para(language("pages.developer.what")),
            Para(language("pages.developer.contact", contact=_contact(view.contact, language))),
            Para(language("pages.developer.software", version=view.version)),
            Quiet(language("pages.developer.places")),
        ),
        (
            (Button(language("pages.help.buttons.privacy"), PrivacyTap()),),
            (Button(language("pages.about.buttons.open"), AboutTap()),),
        ),
    )


@render.register
def about(view: About, language: Language) -> Screen:
    """What this is, where its tips are from, and what nobody has checked yet."""
    reviewed = language("pages.about.languages_none", total=view.languages)
    if view.reviewed:
        names = language.listed(view.reviewed)
        reviewed = language("pages.about.languages", names=names, total=view.languages)
    return Screen(
        (
            Title(language("pages.about.title")),
            Para(language("pages.about.what")),
            Para(language("pages.about.source")),
            Title(language("pages.about.checked")),
            Para(
                "\n".join(
                    (
                        _signed("tips", view.tips, language),
                        _signed("signs", view.signs, language),
                        _signed("countries", view.countries, language),
                        reviewed,
                    )
                )
            ),
            Quiet(language("pages.developer.software", version=view.version)),
            Quiet(language("pages.developer.places")),
        ),
        (
            (Button(language("pages.help.buttons.privacy"), PrivacyTap()),),
            (Button(language("pages.about.buttons.help"), HelpTap()),),
        ),
    )


@render.register
def guide(view: Help, language: Language) -> Screen:
    """Every command in a line, and how to reach a human."""
    lines = (
        language("pages.help.command", command=name, what=language(f"home.commands.{name}"))
        for name in COMMANDS
    )
    return Screen(
        (
            Title(language("pages.help.title")),
            Para(language("pages.help.emergency")),
            Title(language("pages.help.commands")),
            Para("\n".join(lines)),
            Para(language("pages.help.human", contact=_contact(view.contact, language))),
            Quiet(language("pages.help.more")),
        ),
        (
            (
                Button(language("pages.help.buttons.privacy"), PrivacyTap()),
                Button(language("pages.help.buttons.menu"), HomeTap()),
            ),
        ),
    )


def _signed(kind: str, signed: Signed, language: Language) -> str:
    if not signed.done:
        return language(f"pages.about.{kind}_none", total=signed.of)
    return language(f"pages.about.{kind}", done=signed.done, total=signed.of)


def _contact(contact: str, language: Language) -> str:
    return contact or language("pages.no_contact")
