"""Logging as a test found it, put back at the end."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from commensal import logs


@contextmanager
def logging_kept() -> Iterator[None]:
    root, hook, show = logging.getLogger(), sys.excepthook, warnings.showwarning
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for room in logs.OURS:
            logging.getLogger(room).setLevel(logging.NOTSET)
        logging.captureWarnings(False)
        warnings.showwarning, sys.excepthook = show, hook
        structlog.reset_defaults()
