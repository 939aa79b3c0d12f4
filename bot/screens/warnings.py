"""How the warning list looks, and the fixed text that follows a sign: a message that stays."""

from __future__ import annotations

from itertools import groupby

from actions.warnings import Keeping, RedFlag, SignList
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.screens.helplines import change, numbers, unchecked
from bot.screens.words import about
from bot.taps import AnySignTap, GoOnTap, HomeTap, NoSignsTap, SignBackTap, SignTap
from content.language import Language
from domain.redflags import Sign, Tier

KEPT = {Keeping.SIGN: "kept", Keeping.DAY: "only_day", Keeping.NOTHING: "not_kept"}
"""What the list's first lines say of what is kept."""


@render.register
def sign_list(view: SignList, language: Language) -> Screen:
    """The signs by how soon they want help, in words, with a button each."""
    in_check_in = view.check_in_id is not None
    blocks: list[Block] = []
    if view.past is not None:
        blocks += about(view.past, language, view.days)
    blocks.append(Title(language("warnings.title")))
    if view.taken_back:
        blocks.append(Para(language("warnings.taken_back")))
    lead = KEPT[view.kept]
    if in_check_in:
        stays = "in_check_in_stays" if view.stays else "in_check_in"
        lead = stays if view.days == 1 else "in_check_in_week"
    blocks += _first(view, language)
    blocks.append(Para(language(f"warnings.{lead}")))
    for tier, signs in groupby(view.signs, key=lambda sign: sign.tier):
        name = tier.name.lower()
        blocks.append(Title(language(f"warnings.tier.{name}")))
        named = [language(f"redflags.{sign.id}.label") for sign in signs]
        blocks.append(Para("\n".join(language("warnings.sign", label=label) for label in named)))
        if not in_check_in:
            blocks.append(Quiet(language(f"tiers.{name}.text")))
    blocks.append(Quiet(language("warnings.unwatched")))
    if not in_check_in:
        blocks += unchecked(view.help, language)
    rows: list[Row] = [(_sign(view, sign, language),) for sign in view.signs]
    if view.undo is not None:
        back = SignBackTap(view.undo)
        rows.insert(0, (Button(language("warnings.buttons.mistake"), back),))
    return Screen(tuple(blocks), (*rows, *_ways(view, language)), keep=view.anew)


@render.register
def red_flag(view: RedFlag, language: Language) -> Screen:
    """The fixed text of a tier, below the sign that was chosen, and whom to call: first where it
    cannot wait. Never an edit, never edited."""
    called = numbers(view.help, view.tier, language)
    at_once = view.tier in (Tier.EMERGENCY, Tier.DISTRESS)
    return Screen(
        (
            Title(language(f"redflags.{view.sign_id}.label")),
            *(called if at_once else ()),
            Para(language(f"tiers.{view.tier.name.lower()}.text")),
            *(() if at_once else called),
            *(unchecked(view.help, language) if called else ()),
        ),
        change(view.help, language) if view.tier is not Tier.SOON else (),
        keep=True,
    )


def _first(view: SignList, language: Language) -> list[Block]:
    """What nobody is to look for: whom to call, and how to take a tap back."""
    blocks: list[Block] = []
    if view.check_in_id is None:
        blocks += numbers(view.help, None, language)
    if view.undo:
        label = language(f"redflags.{view.undo}.label")
        blocks.append(Para(language("warnings.undo_which", label=label)))
    elif view.undo is not None:
        blocks.append(Para(language("warnings.undo")))
    return blocks


def _sign(view: SignList, sign: Sign, language: Language) -> Button:
    label = language(f"redflags.{sign.id}.label")
    if sign.id in view.chosen:
        label = language("warnings.chosen", label=label)
    if view.check_in_id is None:
        return Button(label, AnySignTap(sign.id))
    return Button(label, SignTap(view.check_in_id, sign.id))


def _ways(view: SignList, language: Language) -> tuple[Row, ...]:
    if view.check_in_id is None:
        menu = (Button(language("home.buttons.menu"), HomeTap()),)
        return (*change(view.help, language), menu)
    none = NoSignsTap(view.check_in_id)
    back = GoOnTap(view.check_in_id)
    return (
        (Button(language("warnings.buttons.none"), none),),
        (Button(language("common.buttons.back"), back),),
    )
