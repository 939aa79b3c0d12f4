"""Another language, all through: in accented English every word that no library gave stands out."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot import taps
from bot.tap import Tap, read, write
from commensal.trial import trial
from content import pseudo
from content.library import Library
from domain.consent import CURRENT, JOINING, Purpose
from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tests.journeys.conftest import settings_of
from tests.journeys.copies import content_in

ROOT = Path(__file__).parents[2]

AROUND = (
    taps.LanguageTap, taps.LanguagesTap, taps.ChangeConsentTap, taps.PlaceTap,
    taps.DeleteConfirmTap, taps.DeleteRemoveTap, taps.HistoryPageTap, taps.StopTap,
)  # fmt: skip
"""Taps that the walk leaves for later: they would end it, or change its language."""

TWICE = 2
"""Times that the walk taps buttons of one kind."""

NAMES = (
    "Berlin Birmingham London Chicago Kingdom Germany Australia Canada India States United Alabama England Mon Tue Wed Thu Fri "
    "Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec csv json "
    "whoever runs this sandbox GeoNames Commensal English AL MI"
)
"""Words that no language has to say its own way: names, and Babel's."""

KEPT = re.compile(r"/\w+|https?://\S+|\u2068[^\u2069]*\u2069|\.\w+")
"""Commands, addresses, ends of file names, and what a person typed."""

PADS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
BEGUN = "|".join({pad[:n] for pad in PADS for n in range(1, len(pad) + 1)})
PADDED = re.compile(rf"(?: (?:{'|'.join(PADS)}))*(?: (?:{BEGUN}))?(?={pseudo.CLOSE})")
"""What the pseudo-language puts at a text's end, to make it longer."""

DAY = re.compile(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2}")
"""A day on a button, as Babel writes it: "Tue 24 Nov"."""

PLAIN = re.compile(r"[^\W\d_]*[aeiou][^\W\d_]*", re.IGNORECASE)
"""A word with a vowel that has no accent: nothing of the pseudo-language has one."""


def hard_coded(text: str, allowed: frozenset[str]) -> list[str]:
    """Return the words of *text* that did not come from the pseudo-language."""
    return [
        word for word in PLAIN.findall(KEPT.sub(" ", PADDED.sub("", text))) if word not in allowed
    ]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    root = content_in(tmp_path)
    pseudo.write(Library.load(root), root / "locales")
    return Library.load(root)


@pytest.fixture
def allowed(library: Library) -> frozenset[str]:
    """Names, and what is cited as it is: headings and titles of studies."""
    cited = [*library.sections.values(), *(r.title for r in library.references.values())]
    names = [sentence for text in (NAMES, *cited) for sentence in re.findall(r"[^\W\d_]+", text)]
    return frozenset(names)


@pytest_asyncio.fixture
async def tg(tmp_path: Path, library: Library) -> AsyncIterator[Telegram]:
    settings = settings_of(tmp_path)
    async with trial(settings, library) as (url, _), Telegram(url, within=45) as telegram:
        yield telegram
        assert await telegram.refusals() == []


@pytest.mark.asyncio
async def test_every_word_of_a_walk_through_the_bot_is_the_languages_own(
    tg: Telegram, library: Library, allowed: frozenset[str]
) -> None:
    anna = await tg.person("Anna", language="en-XA")
    walk = Walk(anna)
    await walk.join()
    for command in ("checkin", "menu", "note", "history", "warning", "learn", "pause", "settings",
                    "reminders", "remind", "export", "import", "delete", "privacy", "developer_info", "help",
                    "cancel", "xyz"):  # fmt: skip
        await anna.say(f"/{command}")
        await walk.on()
    for word in (
        "xyz",
        "/note",
        "xyz " * 600,
        "xyz",
        "/import",
        "xyz",
        "/remind xyz 9:00",
        "/remind every day at 9",
        "/remind every 2 minutes",
    ):
        await anna.say(word)
        await walk.on(taps_too=False)
    await anna.send("sticker", emoji="🙂")
    await tg.jump("next_due")
    await tg.jump("next_due")
    await walk.on()
    await walk.leave()

    said = [b for b in await anna.messages() if b.from_bot]
    texts = [bubble.text for bubble in said] + walk.seen
    wrong = Counter(word for text in texts for word in hard_coded(text, allowed))
    assert wrong == Counter()
    bare = {t for t in texts if re.search(r"[^\W\d_]{3}", t) and not t.startswith(pseudo.OPEN)}
    of_babel = (DAY.match, library.language("en").conventions.territories.values().__contains__)
    assert {t for t in bare if not any(is_so(t) for is_so in of_babel)} <= {"English"}
    assert len(walk.kinds) >= 40
    assert await faces(tg) == []


def test_a_hard_coded_word_is_found(allowed: frozenset[str]) -> None:
    text = pseudo.pseudo("Good evening, {name}. See /help").replace("{name}", "Anna")

    assert hard_coded(text, allowed) == ["Anna"]
    assert hard_coded("Hello there", allowed) == ["Hello", "there"]


def test_every_text_that_the_bot_names_is_there() -> None:
    english = Library.load().language("en")
    named = {key: file for file, key in literal_keys()}

    assert len(named) > 200
    assert [f"{file}: {key}" for key, file in named.items() if key not in english] == []


def test_every_sentence_of_a_refusal_is_there_and_fits_a_tap() -> None:
    library = Library.load()
    refused = {key for _, key in refusals()}

    assert len(refused) > 20
    assert {key for key in refused if f"refused.{key}" not in library.language("en")} == set()
    texts = (library.language("en").texts[f"refused.{key}"] for key in refused)
    assert [text for text in texts if len(str(text)) > 200] == []


def literal_keys() -> Iterator[tuple[str, str]]:
    """Every key that bot/ asks a language for with a text in the code."""
    for file, call in calls("bot"):
        if isinstance(call.func, ast.Name) and call.func.id == "language" and call.args:
            yield from ((file, key) for key in _texts(call.args[0]))


def refusals() -> Iterator[tuple[str, str]]:
    for file, call in (*calls("actions"), *calls("bot"), *calls("domain")):
        if isinstance(call.func, ast.Name) and call.func.id == "Refused" and call.args:
            yield from ((file, key) for key in _texts(call.args[0]))


def calls(room: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield str(path.relative_to(ROOT)), node


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


async def faces(tg: Telegram) -> list[str]:
    """What the bot set of its face that is not the language's own."""
    profile = await tg.ask("GET", "calls")
    return [] if profile["calls"].get("setMyCommands", 0) == 2 else [str(profile)]


class Walk:
    """Taps what there is to tap, and remembers all it saw. kinds: of taps, with how often."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.kinds: Counter[type[Tap]] = Counter()
        self.seen: list[str] = []
        self._done: set[str] = set()

    async def join(self) -> None:
        await self.phone.start()
        await self._tap(lambda tap: isinstance(tap, taps.AgeTap), last=True)
        for purpose in JOINING:
            yes = taps.ConsentTap(purpose, CURRENT[purpose], 1)
            await self._tap(lambda tap, yes=yes: tap == yes)  # type: ignore[misc]
        await self.phone.say("Birmingham")
        await self._tap(lambda tap: isinstance(tap, taps.ZoneTap))
        await self._tap(lambda tap: isinstance(tap, taps.TimeTap))

    async def on(self, taps_too: bool = True) -> None:
        """Tap what was not tapped yet, on the newest message, until nothing new is there."""
        for _ in range(200):
            bubble = await self._look()
            data = next(filter(self._is_new, bubble.buttons.values()), None) if bubble else None
            if bubble is None or data is None or not taps_too:
                return
            self._done.add(data)
            self.kinds[type(self._read(data))] += 1
            query = await self.phone.tap_data(data, bubble)
            self.seen.append((await self.phone.answer(query))["text"] or "")

    async def leave(self) -> None:
        """Take the consents back, meet what is refused then, and erase everything."""
        for purpose in Purpose:
            await self._say(write(taps.ConsiderTap(purpose)))
            await self._tap(lambda tap: isinstance(tap, taps.ChangeConsentTap))
        await self._say(write(taps.StartCheckInTap()))
        await self._say("m9:nonsense")
        await self._say(write(taps.LanguagesTap()))
        await self.phone.say("/delete")
        await self._tap(lambda tap: isinstance(tap, taps.DeleteConfirmTap))
        await self.phone.say("/checkin")
        await self._look()

    async def _say(self, data: str) -> None:
        await self._look()
        query = await self.phone.tap_data(data, await self.phone.last())
        self.seen.append((await self.phone.answer(query))["text"] or "")

    async def _tap(self, wanted: Callable[[Tap], bool], last: bool = False) -> None:
        """Tap a button of the kind that is *wanted*, once it is there."""

        def fitting(bubble: Bubble) -> list[str]:
            return [data for data in bubble.buttons.values() if wanted(self._read(data))]

        bubble = await self.phone.wait_for(lambda b: bool(fitting(b)), ever=True)
        await self._look()
        await self.phone.tap_data(fitting(bubble)[-1 if last else 0], bubble)

    async def _look(self) -> Bubble | None:
        """Wait until the bot is done, and keep all that is on the screen; return what has buttons."""
        shown = [b for b in await self.phone.settle(quiet=0.06) if b.from_bot]
        for bubble in shown:
            self.seen += [bubble.text, *(label for row in bubble.rows for label in row)]
        keyed = [bubble for bubble in shown if bubble.buttons]
        return max(keyed, key=lambda bubble: bubble.version, default=None)

    def _is_new(self, data: str) -> bool:
        tap = self._read(data)
        return (
            data not in self._done and not isinstance(tap, AROUND) and self.kinds[type(tap)] < TWICE
        )

    def _read(self, data: str) -> Tap:
        tap = read(data)
        assert tap is not None, data
        return tap
