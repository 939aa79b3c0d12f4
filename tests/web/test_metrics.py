"""What is counted shows, and nothing of a person can become a label."""

from __future__ import annotations

import aiohttp
import pytest

from tests.web.conftest import Serve
from web.app import build
from web.health import Health
from web.metrics import COUNTERS, GAUGES, MOMENTS, TIMES, Metrics


@pytest.mark.asyncio
async def test_the_page_shows_what_was_counted(
    served: Serve, client: aiohttp.ClientSession
) -> None:
    metrics = Metrics("1.2.3")
    metrics.count("updates", "stored")
    metrics.count("updates", "stored")
    metrics.show("waiting", "bulk", lambda: 7.0)
    url = await served(build(Health({}), metrics))

    async with client.get(f"{url}/metrics") as answer:
        assert answer.content_type == "text/plain"
        text = await answer.text()

    assert 'commensal_updates_total{state="stored"} 2.0' in text
    assert 'commensal_waiting{lane="bulk"} 7.0' in text
    assert 'commensal_info{version="1.2.3"} 1.0' in text


def test_every_row_of_the_tables_can_be_used() -> None:
    metrics = Metrics("1")
    for name in COUNTERS:
        metrics.count(name, "word")
    for name in GAUGES:
        metrics.show(name, "word", lambda: 1.0)
    for name in MOMENTS:
        metrics.show_moment(name, lambda: 1764000000.0)
    for name in TIMES:
        metrics.measure(name, 3.0)

    for name in (*COUNTERS, *GAUGES):
        assert f"commensal_{name}" in metrics.text()
    for name in MOMENTS:
        assert f"commensal_{name}_timestamp_seconds 1.764e+09" in metrics.text()
    for name in TIMES:
        assert f'commensal_{name}_seconds_bucket{{le="5.0"}} 1.0' in metrics.text()
        assert f'commensal_{name}_seconds_bucket{{le="1.0"}} 0.0' in metrics.text()


def test_two_processes_in_one_do_not_share_their_counts() -> None:
    first, second = Metrics("1"), Metrics("1")
    first.count("errors", "inbox")

    assert 'where="inbox"' not in second.text()


@pytest.mark.parametrize("label", ["123456789", "@anna", "Anna K", "a" * 41, ""])
def test_a_label_that_could_be_a_person_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="of our own"):
        Metrics("1").count("errors", label)


def test_an_unknown_metric_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Metrics("1").count("nonsense", "word")
    with pytest.raises(KeyError):
        Metrics("1").measure("nonsense", 1.0)
