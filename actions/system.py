"""What the operator's door asks of the database: is it ours, is it there."""

from __future__ import annotations

from actions.work import Work
from domain.errors import SettingsError
from storage.moments import database_now
from storage.once import insert_once
from storage.tables import Meta

CHECK_VALUE = "key_check_value"
ZONES = "zones"


async def recognise_key(work: Work) -> None:
    """Keep the key file's check value at the first start; refuse another file later.

    Errors: SettingsError.
    """
    ours = work.keys.check_value()
    if await work.session.get(Meta, CHECK_VALUE) is None:  # of several first starts one is first
        await insert_once(work.session, Meta, [{"name": CHECK_VALUE, "value": ours}])
    if (await work.session.get_one(Meta, CHECK_VALUE)).value != ours:
        raise SettingsError(
            ["COMMENSAL_KEY_FILE: not the key file that this database was made with; "
             "with another one nothing in it could be read"]
        )  # fmt: skip


async def zones_changed(work: Work, version: str) -> bool:
    """Say whether what is planned rests on other time-zone data than *version*."""
    kept = await work.session.get(Meta, ZONES)
    return kept is not None and kept.value != version


async def remember_zones(work: Work, version: str) -> None:
    """Keep which time-zone data everything is planned by."""
    await insert_once(work.session, Meta, [{"name": ZONES, "value": version}])
    (await work.session.get_one(Meta, ZONES)).value = version


async def ping(work: Work) -> None:
    """Ask the database for nothing. Errors: Unavailable, from the runner."""
    await database_now(work.session)
