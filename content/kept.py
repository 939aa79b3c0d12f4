"""What an operator's folder may change of what keeps people safe: it adds care, and takes none away.

A sign is only made more urgent, a mark leaves out no less than ours, a tip of ours reaches nobody whom
a mark kept it from, and other words are another version, so that no language keeps the old sense unseen. Compares files as read, and takes nothing
from them: what is no valid value is told by who reads it.
"""

from __future__ import annotations

from collections.abc import Mapping

from content.language import Text
from content.loading import Faults, Table
from content.safety import TIERS
from content.wording import Origin

SAFETY = frozenset({"redflags", "tiers", "disclaimers", "marks"})
"""Kinds of things of which none can be left out, and which are reworded only as a new version."""

CAUTION = "caution_for"
_WIDER = ("leaves_out", "leaves_out_topics")


def compare(kind: str, own: Table, ours: Table) -> None:
    """Report where a thing of an operator's is less careful than the one of ours that it replaces."""
    if kind in SAFETY:
        _compare_versions(own, ours)
        _compare_tiers(own, ours)
    for key in _WIDER:
        for name in sorted(_listed(ours, key) - _listed(own, key)):
            own.fault(f"'{key}' must keep '{name}', as ours has it: it can only hold more", key)
    for name in sorted(_listed(own, CAUTION) - _listed(ours, CAUTION)):
        own.fault(f"'{CAUTION}' has no '{name}' in ours: its mark keeps this tip away", CAUTION)


def compare_texts(
    kind: str, texts: Mapping[str, Text], ours: Mapping[str, Text], origin: Origin, faults: Faults
) -> None:
    """Report words of a safety thing that differ from ours in a language, while its version is ours.

    ours: the texts of a language without those of things whose version an operator raised.
    """
    for key, text in texts.items() if kind in SAFETY else ():
        if key in ours and ours[key] != text:
            thing = f"{kind}/{key.split('.')[1]}.toml"
            what = f"'{key}' rewords ours: raise the 'version' in {thing} of your folder as well"
            origin.fault(faults, key, what)


def _compare_versions(own: Table, ours: Table) -> None:
    new, old = own.look("version"), ours.look("version")
    if not isinstance(new, int) or not isinstance(old, int):
        return
    if new < old:
        own.fault(f"'version' must be {old} or higher, as ours is {old}", "version")
    elif new == old and _words(own) != _words(ours):
        what = f"rewords ours: 'version' must be higher than {old}, and every language needs it"
        own.fault(what, "version")


def _compare_tiers(own: Table, ours: Table) -> None:
    """A sign keeps its tier, or gets one that wants help sooner. Distress is beside that order."""
    new, old = own.look("tier"), ours.look("tier")
    if new == old or not (new in TIERS and old in TIERS):
        return
    if "distress" in (new, old) or TIERS[str(new)] > TIERS[str(old)]:
        own.fault(f"'tier' is '{old}' in ours: it can only be made more urgent", "tier")


def _listed(table: Table, key: str) -> frozenset[str]:
    found = table.look(key)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _words(table: Table) -> object:
    found = table.look("text")
    if not isinstance(found, dict):
        return found
    return {key: text.strip() if isinstance(text, str) else text for key, text in found.items()}
