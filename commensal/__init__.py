"""Commensal: a Telegram bot for habit and symptom check-ins.

A diary and a companion, never a doctor. This room is the operator's front door:
settings, the composition root, the command line and the logs.
"""

__version__ = "0.3.0"
