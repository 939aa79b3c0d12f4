"""DOOR: Telegram."""

import os

# Before telegram is imported: RetryAfter.retry_after is then a timedelta, without a warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
