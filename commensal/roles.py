"""What a process does of the bot's work: all of it, or one part beside other processes."""

from __future__ import annotations

from enum import StrEnum

from commensal.settings import Settings
from domain.errors import SettingsError


class Role(StrEnum):
    """One process does ALL, or several share: who fetches, who answers and sends, who serves HTTP."""

    ALL = "all"
    POLL = "poll"
    WORK = "work"
    WEB = "web"

    @property
    def polls(self) -> bool:
        """Whether it fetches updates, once it is elected, where no webhook is set."""
        return self in (Role.ALL, Role.POLL)

    @property
    def works(self) -> bool:
        """Whether it gives turns, sends what is due, and tidies."""
        return self in (Role.ALL, Role.WORK)

    @property
    def serves(self) -> bool:
        """Whether Telegram may call it. Health and metrics are answered by all."""
        return self in (Role.ALL, Role.WEB)


def check(role: Role, settings: Settings) -> None:
    """Refuse what cannot work. Errors: SettingsError."""
    if role is not Role.ALL and settings.database_file is not None:
        raise SettingsError(
            [f"COMMENSAL_DATABASE_URL: --role {role} needs PostgreSQL: on SQLite one process does "
             "everything"]
        )  # fmt: skip
    if role is Role.POLL and settings.webhook_url:
        raise SettingsError(
            ["COMMENSAL_WEBHOOK_URL: with it nobody polls; run --role web in place of --role poll"]
        )
