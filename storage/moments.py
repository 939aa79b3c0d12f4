"""Moments in the database: aware, UTC, and by the database's own clock where processes compare.

Never stores or returns a naive value.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, DateTime, Dialect, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC. Errors: ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into what the driver stores."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must be aware")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn what the driver returns into an aware UTC moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


async def database_now(session: AsyncSession) -> datetime:
    """Return the moment by the database's clock (UTC): the one that leases and backoff go by."""
    bind = session.get_bind()
    if bind.dialect.name == "sqlite":
        text = await session.scalar(select(func.strftime("%Y-%m-%dT%H:%M:%f", "now")))
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)
    moment = await session.scalar(select(func.clock_timestamp()))
    assert isinstance(moment, datetime)  # noqa: S101 - PostgreSQL's type for it
    return moment.astimezone(UTC)


def database_clock(session: AsyncSession) -> ColumnElement[datetime]:
    """Return the same as an expression, for a statement that need not know the moment itself."""
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=Moment())
    return func.clock_timestamp(type_=Moment())
