"""Logs: set up once, as text or JSON on standard error, with what must not be seen taken out.

Three nets, because each alone has let something through. Other libraries are heard from WARNING
on, whatever the level is, since below it they log message texts, SQL parameters and addresses;
of our own records only plain values are written, never an object; and every finished line, with
its traceback, loses whatever looks like a bot's token or is one of the configured secrets.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

OURS = ("commensal", "domain", "content", "storage", "actions", "bot", "jobs", "web", "sandbox")
"""The rooms whose records follow the level."""

SILENT = ("aiosqlite", "sqlalchemy")
"""They log what they store; what goes wrong in them is raised anyway."""

TOKEN = re.compile(r"\d+(?::|%3[Aa])[\w-]{30,}")
RAW_UPDATE = re.compile(r"received data|invalid JSON data|data received", re.IGNORECASE)
"""What python-telegram-bot says when it prints an update, or an answer, that it could not read."""

PLAIN = (str, int, float, bool, type(None), date, timedelta, PurePath, Enum)
HIDDEN = "***"

SHORTEST = 6
"""Secrets with fewer characters are not looked for: they would be found in every line."""


class _Heard(logging.Filter):
    """Which records are written: ours at the level, others from WARNING on, some never."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        room = record.name.partition(".")[0]
        if room in OURS:
            return record.levelno >= self._level
        if room in SILENT or record.levelno < max(self._level, logging.WARNING):
            return False
        if room == "asyncio":  # its further lines are reprs of tasks and their errors
            record.msg = str(record.msg).partition("\n")[0]
        return not (room == "telegram" and RAW_UPDATE.search(str(record.msg)))


class _Redacted(structlog.stdlib.ProcessorFormatter):
    """Takes secrets out of the finished line: the only place where all of it is together."""

    secrets: re.Pattern[str] = TOKEN

    def format(self, record: logging.LogRecord) -> str:
        return self.secrets.sub(HIDDEN, super().format(record))

    def redact(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        """Take them out of each value first, before it is spelled another way."""
        return {
            key: self.secrets.sub(HIDDEN, value) if isinstance(value, str) else value
            for key, value in event.items()
        }


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what standard error is now; a record that cannot be written is not printed raw."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        sys.stderr.write(f"a record of {record.name}:{record.lineno} could not be written\n")


def configure(level: str, form: str, secrets: Iterable[str] = ()) -> None:
    """Set up logging for the whole process; a second call replaces the first.

    level: debug, info, warning or error. form: text or json. secrets: texts that no line may hold.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            _only_plain,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = _Redacted(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_traceback),
        ],
    )
    formatter.secrets = _pattern(secrets)
    formatter.processors = (*formatter.processors, formatter.redact, _renderer(form))
    handler = _Stderr()
    handler.addFilter(_Heard(least))
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, _Stderr)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(max(least, logging.WARNING))
    for room in OURS:
        logging.getLogger(room).setLevel(least)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught


def _renderer(form: str) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )


def _pattern(secrets: Iterable[str]) -> re.Pattern[str]:
    """Match the shape of a token and each secret, also as JSON, repr or an address would spell it."""
    spelled = set()
    for secret in (s for s in secrets if len(s) >= SHORTEST):
        spelled |= {secret, quote(secret, safe=""), quote(secret), repr(secret)[1:-1]}
        spelled |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    exact = [re.escape(text) for text in sorted(spelled, key=len, reverse=True)]
    return re.compile("|".join([*exact, TOKEN.pattern]))


def _only_plain(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Write an object's type in place of the object: what it shows of itself may be anything."""
    return {
        key: value
        if isinstance(value, PLAIN) or key in ("exc_info", "stack_info")
        else f"<{type(value).__name__}>"
        for key, value in event.items()
    }


def _traceback(exc_info: ExcInfo) -> str:
    """Return a traceback as Python prints it: lines of code, no values of variables."""
    trace = traceback.TracebackException(*exc_info)
    _quieten(trace)
    return "".join(trace.format()).rstrip()


def _quieten(trace: traceback.TracebackException | None) -> None:
    """Take the words out of errors that repeat what they were given: int("a note"), {}["a note"]."""
    if trace is None:
        return
    if issubclass(trace.exc_type or BaseException, (ValueError, LookupError)):
        trace._str = HIDDEN  # type: ignore[attr-defined]  # there is no public way
    for one in (trace.__cause__, trace.__context__, *(trace.exceptions or ())):
        _quieten(one)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write what ends the process through the same nets."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("commensal").critical("uncaught", exc_info=(kind, error, trace))
