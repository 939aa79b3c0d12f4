"""What an operator can set, every setting once, in one table: name, type, default and reason.

Settings come from the environment. Reading them never stops at the first fault, never
prints a value (somebody will paste the token into the wrong line), and makes no file or
folder. `commensal settings` prints the table.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from commensal import kinds
from commensal.kinds import Address, Secret
from domain.errors import SettingsError

PREFIX = "COMMENSAL_"
WEBHOOK_PORTS = {None, 443, 80, 88, 8443}
"""The ports that Telegram calls (Bot API, setWebhook); None is https's own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table. *default* is written as an operator would; None means there is none.

    *read* turns a text into the value. Errors: ValueError, whose words follow the name in a fault.
    """

    name: str
    kind: str
    default: str | None
    reason: str
    read: Callable[[str], Any]
    secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name

    @property
    def attribute(self) -> str:
        """Its name in Settings; days became a timedelta."""
        return self.name.lower().removesuffix("_days")


BIGGEST = 2**52  # Telegram's ids have at most 52 significant bits

TABLE = (
    Setting("BOT_TOKEN", "text", None, "The bot's token, from @BotFather. The sandbox needs none.", kinds.token, True),
    Setting("TELEGRAM_API", "address", kinds.TELEGRAM, "Where the Bot API is, also for files. Another server may be plain http.", kinds.api),
    Setting("DATABASE_URL", "address", None, "`sqlite:///path` or `postgresql://…`. Without it: `commensal.db` in the data folder.", kinds.database, True),
    Setting("DATA_DIR", "folder", "./data", "What the bot keeps beside the database.", Path),
    Setting("KEY_FILE", "file", None, "The keys that people's data is encrypted under; never in a backup of the database. Without it: `commensal.key` in the data folder.", Path),
    Setting("ERASED_FILE", "file", None, "Who was erased (keyed hashes), so that a restored backup is brought up to it; never in a backup of the database. Without it: `erased.txt` in the data folder.", Path),
    Setting("CONTENT_DIR", "folder", None, "Your own content, laid over ours: questions, tips, numbers to call, words. `commensal content check` checks it.", Path),
    Setting("WEBHOOK_URL", "https address", None, f"Telegram calls here in place of being polled. Without a path it gets `{kinds.WEBHOOK_PATH}`.", kinds.webhook),
    Setting("WEBHOOK_SECRET", "text", None, "Telegram shows it with every call, so that nobody else can. A-Z a-z 0-9 _ -, at most 256; needed with the webhook.", kinds.webhook_secret, True),
    Setting("LISTEN", "host:port", "127.0.0.1:8080", "Health, metrics, webhook and pages. Loopback, as a proxy in front is the usual case; port 0 takes any free one.", kinds.listen),
    Setting("OPERATOR_CONTACT", "text", None, "How people reach who runs this bot; shown to them. Required with a real token.", kinds.contact),
    Setting("OPERATOR_CHAT", "chat id", None, "A chat that is told when something is wrong.", kinds.number(-(2**60), BIGGEST)),
    Setting("HEARTBEAT_URL", "address", None, "Asked for (GET) while all is well, so that silence tells somebody. It may hold a token.", kinds.heartbeat, True),
    Setting("HEARTBEAT_SECONDS", "10 to 3600", "60", "How often the heartbeat comes.", kinds.number(10, 3600)),
    Setting("MIN_AGE", "13 to 21", "16", "Younger people are turned away kindly and nothing is kept.", kinds.number(13, 21)),
    Setting("LOG_LEVEL", "debug, info, warning, error", "info", "Of our own records; other libraries' stay at warning.", kinds.one_of("debug", "info", "warning", "error")),
    Setting("LOG_FORMAT", "text, json", "text", "json for a log collector.", kinds.one_of("text", "json")),
    Setting("SENDS_AT_ONCE", "1 to 64", "8", "Reminders in flight at once: enough for 30 a second, and the most that a kill can double.", kinds.number(1, 64)),
    Setting("MESSAGES_PER_SECOND", "1 to 1000", "30", "Telegram's limit over all chats; more needs its paid one.", kinds.number(1, 1000)),
    Setting("MESSAGES_PER_CHAT", "1 to 100", "1", "Telegram's advice for one chat, a second, beyond a short burst.", kinds.number(1, 100)),
    Setting("KEEP_BLOCKED_DAYS", "days", "180", "Somebody who blocked the bot is erased after this.", kinds.days),
    Setting("KEEP_IDLE_DAYS", "days", "730", "Somebody who went silent is asked after this, again a month later, and erased a month after that.", kinds.days),
    Setting("KEEP_UNFINISHED_DAYS", "days", "7", "A join that was never finished is erased after this.", kinds.days),
    Setting("SANDBOX_PORT", "port", "8081", "The chat page of `commensal sandbox`, on loopback; 0 takes any free one.", kinds.number(0, 65535)),
)  # fmt: skip
"""Every setting. A secret can also be read from the file that `<name>_FILE` names."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set, checked. Nothing secret is in its repr. *warnings* are lines for the log."""

    bot_token: Secret | None
    telegram_api: str
    database_url: Secret
    data_dir: Path
    key_file: Path
    erased_file: Path
    content_dir: Path | None
    webhook_url: str | None
    webhook_secret: Secret | None
    listen: Address
    operator_contact: str | None
    operator_chat: int | None
    heartbeat_url: Secret | None
    heartbeat_seconds: int
    min_age: int
    log_level: str
    log_format: str
    sends_at_once: int
    messages_per_second: int
    messages_per_chat: int
    keep_blocked: timedelta
    keep_idle: timedelta
    keep_unfinished: timedelta
    sandbox_port: int
    warnings: tuple[str, ...] = ()

    @property
    def is_real(self) -> bool:
        """Whether the Bot API is Telegram's own."""
        return self.telegram_api == kinds.TELEGRAM

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None on PostgreSQL."""
        return kinds.database_file(self.database_url)

    @property
    def webhook_path(self) -> str | None:
        return urlsplit(self.webhook_url).path if self.webhook_url else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        kept = (self.bot_token, self.database_url, self.webhook_secret, self.heartbeat_url)
        password = urlsplit(self.database_url.reveal()).password
        return tuple(s.reveal() for s in kept if s) + ((password,) if password else ())

    @classmethod
    def read(cls, environ: Mapping[str, str], *, for_sandbox: bool = False) -> Settings:
        """Read what is set; an empty variable counts as not set.

        for_sandbox: neither a token nor an operator's contact is needed. Errors: SettingsError with
        all faults at once, one line each; none holds a value.
        """
        faults: dict[str, str] = {}
        values: dict[str, Any] = {s.attribute: _value(s, environ, faults) for s in TABLE}
        if "data_dir" not in faults:
            _fill(values, faults)
        lines = [*faults.values(), *_mismatches(values, faults, for_sandbox), *_unwritable(values)]
        if lines:  # what is missing may only be misspelt
            raise SettingsError([*lines, *_unknown(environ)])
        return cls(**values, warnings=(*_unknown(environ), *_useless(values)))


def content_dir(environ: Mapping[str, str]) -> Path | None:
    """Return the folder laid over our content, for a command that needs nothing else of what is set.

    Errors: SettingsError where there is no such folder, or none that can be read.
    """
    text = environ.get(f"{PREFIX}CONTENT_DIR", "").strip()
    if text and not _readable(Path(text)):
        raise SettingsError([f"{PREFIX}CONTENT_DIR must be a folder that can be read"])
    return Path(text) if text else None


def table() -> str:
    """Return the table of all settings as Markdown."""
    lines = ["| Setting | Type | Default | Why |", "|---|---|---|---|"]
    for s in TABLE:
        name = f"`{s.variable}`" + (" (or `…_FILE`)" if s.secret else "")
        default = f"`{s.default}`" if s.default else "none"
        lines.append(f"| {name} | {s.kind} | {default} | {s.reason} |")
    return "\n".join(lines) + "\n"


def _value(setting: Setting, environ: Mapping[str, str], faults: dict[str, str]) -> Any:  # noqa: ANN401
    """Return the setting's value; a fault goes into *faults* by attribute, and gives None."""
    name = setting.variable
    text = environ.get(name, "").strip()
    path = environ.get(f"{name}_FILE", "").strip() if setting.secret else ""
    try:
        if path:
            name = name if text else f"{name}_FILE"
            text = _file(path, text)
        given = text or setting.default
        return None if given is None else setting.read(given)
    except ValueError as fault:
        faults[setting.attribute] = f"{name} {fault}"
        return None


def _file(path: str, text: str) -> str:
    """Return what the file holds. Errors: ValueError; also where *text* was given beside it."""
    if text:
        raise ValueError("is set and so is its _FILE: give one of them")
    try:
        held = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError("names a file that cannot be read") from None
    if not held:
        raise ValueError("names a file that is empty")
    return held


def _fill(values: dict[str, Any], faults: Mapping[str, str]) -> None:
    """Put the places that follow from the data folder where none was given."""
    folder = values["data_dir"]
    if values["key_file"] is None:
        values["key_file"] = folder / "commensal.key"
    if values["erased_file"] is None:
        values["erased_file"] = folder / "erased.txt"
    if values["database_url"] is None and "database_url" not in faults:
        values["database_url"] = Secret(f"sqlite+aiosqlite:///{folder / 'commensal.db'}")


def _mismatches(
    values: Mapping[str, Any], faults: Mapping[str, str], for_sandbox: bool
) -> Iterator[str]:
    """Yield what is missing, and what is wrong between settings that are each fine alone."""
    real = values["telegram_api"] == kinds.TELEGRAM and not for_sandbox

    def missing(attribute: str) -> bool:
        return values[attribute] is None and attribute not in faults

    if missing("bot_token") and not for_sandbox:
        yield f"{PREFIX}BOT_TOKEN is missing: ask @BotFather for one, or try `commensal sandbox`"
    if real and values["bot_token"] and not kinds.is_token(values["bot_token"].reveal()):
        yield f"{PREFIX}BOT_TOKEN does not look like a token of @BotFather (123456:ABC…)"
    if real and missing("operator_contact"):
        yield f"{PREFIX}OPERATOR_CONTACT is missing: people must be able to reach who runs the bot"
    if values["webhook_url"]:
        yield from _webhook_mismatches(urlsplit(values["webhook_url"]), real)
        if missing("webhook_secret"):
            yield f"{PREFIX}WEBHOOK_SECRET is missing: it is needed with {PREFIX}WEBHOOK_URL"


def _webhook_mismatches(address: SplitResult, real: bool) -> Iterator[str]:
    if real and address.scheme != "https":
        yield f"{PREFIX}WEBHOOK_URL must be https: Telegram calls nothing else"
    elif real and address.port not in WEBHOOK_PORTS:
        yield f"{PREFIX}WEBHOOK_URL must use port 443, 80, 88 or 8443: Telegram calls no other"


def _unwritable(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the folders that are missing or cannot be written to. One that is missing is judged by its parent."""
    folder, key, url = values["data_dir"], values["key_file"], values["database_url"]
    file = kinds.database_file(url) if url else None
    own = values["content_dir"]
    if own is not None and not _readable(own):
        yield f"{PREFIX}CONTENT_DIR must be a folder that can be read"
    if not _writable(folder):
        yield f"{PREFIX}DATA_DIR must be a folder that can be written to"
    # A key may lie in a folder that is only read (a mounted secret).
    if key.parent != folder and not key.is_file() and not _writable(key.parent):
        yield f"{PREFIX}KEY_FILE must be in a folder that can be written to, or be there"
    listed = values["erased_file"]
    if listed.parent != folder and not _writable(listed.parent):
        yield f"{PREFIX}ERASED_FILE must be in a folder that can be written to"
    if file and "?" in str(file):
        yield f"{PREFIX}DATA_DIR must have no question mark in its name"
    if file and file.parent != folder and not _writable(file.parent):
        yield f"{PREFIX}DATABASE_URL must name a file in a folder that can be written to"


def _readable(folder: Path) -> bool:
    try:
        return folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)
    except OSError:
        return False


def _writable(folder: Path) -> bool:
    there = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield what is set and is no setting of ours, with what may have been meant."""
    known = {s.name for s in TABLE} | {f"{s.name}_FILE" for s in TABLE if s.secret}
    given = {n.removeprefix(PREFIX) for n in environ if n.startswith(PREFIX)}
    for name in sorted(given - known):
        near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
        hint = f"; did you mean {PREFIX}{near[0]}?" if near else ""
        yield f"{PREFIX}{ascii(name)[1:-1]} is not a setting of ours{hint}"


def _useless(values: Mapping[str, Any]) -> Iterator[str]:
    if values["webhook_secret"] and not values["webhook_url"]:
        yield f"{PREFIX}WEBHOOK_SECRET has no use without {PREFIX}WEBHOOK_URL"
