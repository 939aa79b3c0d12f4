"""How the warning list looks, and the fixed text that follows a sign: a message that stays."""

from __future__ import annotations

from itertools import groupby

from actions.warnings import RedFlag, SignList
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import AnswerTap, AnySignTap, GoOnTap, HomeTap, SignTap
from content.language import Language
from domain.redflags import Sign


@render.register
def sign_list(view: SignList, language: Language) -> Screen:
    """The signs by how soon they want help, in words, with a button each."""
    in_check_in = view.check_in_id is not None
    lead = "in_check_in" if in_check_in else "kept" if view.kept else "not_kept"
    blocks: list[Block] = [
        Title(language("warnings.title")),
        Para(language(f"warnings.{lead}")),
    ]
    for tier, signs in groupby(view.signs, key=lambda sign: sign.tier):
        name = tier.name.lower()
        blocks.append(Title(language(f"warnings.tier.{name}")))
        named = [language(f"redflags.{sign.id}.label") for sign in signs]
        blocks.append(Para("\n".join(language("warnings.sign", label=label) for label in named)))
        if not in_check_in:
            blocks.append(Quiet(language(f"tiers.{name}.text")))
    blocks.append(Quiet(language("warnings.unwatched")))
    rows: list[Row] = [(_sign(view, sign, language),) for sign in view.signs]
    return Screen(tuple(blocks), (*rows, *_ways(view, language)))


@render.register
def red_flag(view: RedFlag, language: Language) -> Screen:
    """The fixed text of a tier, below the sign that was chosen. Never an edit, never edited."""
    return Screen(
        (
            Title(language(f"redflags.{view.sign_id}.label")),
            Para(language(f"tiers.{view.tier.name.lower()}.text")),
        ),
        keep=True,
    )


def _sign(view: SignList, sign: Sign, language: Language) -> Button:
    label = language(f"redflags.{sign.id}.label")
    if sign.id in view.chosen:
        label = language("warnings.chosen", label=label)
    if view.check_in_id is None:
        return Button(label, AnySignTap(sign.id))
    return Button(label, SignTap(view.check_in_id, sign.id))


def _ways(view: SignList, language: Language) -> tuple[Row, ...]:
    if view.check_in_id is None:
        return ((Button(language("home.buttons.menu"), HomeTap()),),)
    none = AnswerTap(view.check_in_id, view.question_id, "no")
    back = GoOnTap(view.check_in_id)
    return (
        (Button(language("warnings.buttons.none"), none),),
        (Button(language("common.buttons.back"), back),),
    )
