"""Settings are read all at once, refused with every fault named, and never shown."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from commensal.kinds import Address
from commensal.settings import TABLE, Settings, table
from domain.errors import SettingsError

TOKEN = "123456:AAcanaryAAcanaryAAcanaryAAcanaryAA1"
PASSWORD = "canary-password"


@pytest.fixture
def good(tmp_path: Path) -> dict[str, str]:
    """The least that a real bot needs."""
    return {
        "COMMENSAL_BOT_TOKEN": TOKEN,
        "COMMENSAL_OPERATOR_CONTACT": "@anna",
        "COMMENSAL_DATA_DIR": str(tmp_path),
    }


def faults_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as stop:
        Settings.read(environ)
    return stop.value.faults


def test_every_row_of_the_table_is_an_attribute_and_the_other_way_round() -> None:
    fields = {f.name for f in dataclasses.fields(Settings)} - {"warnings"}

    assert {s.attribute for s in TABLE} == fields
    assert len({s.name for s in TABLE}) == len(TABLE)


def test_the_printed_table_has_a_row_for_each_setting() -> None:
    lines = table().splitlines()

    assert len(lines) == len(TABLE) + 2
    assert all(line.count("|") == 5 for line in lines)
    assert "| `COMMENSAL_MIN_AGE` | 13 to 21 | `16` |" in table()


def test_the_least_that_is_needed_gives_the_defaults(good: dict[str, str], tmp_path: Path) -> None:
    made = Settings.read(good)

    assert made.is_real
    assert made.listen == Address("127.0.0.1", 8080)
    assert made.database_url.reveal() == f"sqlite+aiosqlite:///{tmp_path}/commensal.db"
    assert made.database_file == tmp_path / "commensal.db"
    assert made.key_file == tmp_path / "commensal.key"
    assert (made.min_age, made.sends_at_once, made.messages_per_second) == (16, 8, 30)
    assert made.keep_blocked == timedelta(days=180)
    assert made.warnings == ()


def test_without_a_data_folder_it_is_data_beside_us(good: dict[str, str]) -> None:
    del good["COMMENSAL_DATA_DIR"]

    assert Settings.read(good).data_dir == Path("data")


def test_an_empty_variable_counts_as_not_set(good: dict[str, str]) -> None:
    good |= {"COMMENSAL_MIN_AGE": " ", "COMMENSAL_WEBHOOK_URL": "", "COMMENSAL_BOT_TOKEN_FILE": ""}

    assert Settings.read(good).min_age == 16


def test_reading_makes_no_file_and_no_folder(good: dict[str, str], tmp_path: Path) -> None:
    good["COMMENSAL_DATA_DIR"] = str(tmp_path / "a" / "b")

    Settings.read(good)

    assert list(tmp_path.iterdir()) == []


def test_a_secret_can_be_read_from_a_file(good: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    del good["COMMENSAL_BOT_TOKEN"]
    good["COMMENSAL_BOT_TOKEN_FILE"] = str(tmp_path / "token")

    made = Settings.read(good)

    assert made.bot_token is not None
    assert made.bot_token.reveal() == TOKEN


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///diary.db", "sqlite+aiosqlite:///diary.db"),
        ("sqlite:////tmp/diary.db", "sqlite+aiosqlite:////tmp/diary.db"),
        ("postgresql://a:b@host/name", "postgresql+asyncpg://a:b@host/name"),
        ("postgres://a:b@host:5433/name", "postgresql+asyncpg://a:b@host:5433/name"),
        ("postgresql+asyncpg:///name?host=/run", "postgresql+asyncpg:///name?host=/run"),
        ("postgresql://h/name?sslmode=require", "postgresql+asyncpg://h/name?ssl=require"),
    ],
)
def test_the_address_of_a_database_names_our_driver(
    good: dict[str, str], given: str, used: str
) -> None:
    good["COMMENSAL_DATABASE_URL"] = given

    made = Settings.read(good)

    assert made.database_url.reveal() == used
    assert (made.database_file is None) == used.startswith("postgresql")


@pytest.mark.parametrize(
    ("given", "host", "port"),
    [("[::1]:8080", "::1", 8080), ("localhost:0", "localhost", 0), ("0.0.0.0:80", "0.0.0.0", 80)],
)
def test_it_listens_where_it_is_told(
    good: dict[str, str], given: str, host: str, port: int
) -> None:
    assert Settings.read(good | {"COMMENSAL_LISTEN": given}).listen == (host, port)


@pytest.mark.parametrize(
    ("given", "called", "path"),
    [
        ("https://b.example", "https://b.example/telegram/webhook", "/telegram/webhook"),
        ("https://b.example:8443/", "https://b.example:8443/telegram/webhook", "/telegram/webhook"),
        ("https://b.example/own/path", "https://b.example/own/path", "/own/path"),
    ],
)
def test_a_webhook_without_a_path_gets_ours(
    good: dict[str, str], given: str, called: str, path: str
) -> None:
    good |= {"COMMENSAL_WEBHOOK_URL": given, "COMMENSAL_WEBHOOK_SECRET": "s-1"}

    made = Settings.read(good)

    assert (made.webhook_url, made.webhook_path) == (called, path)


def test_another_bot_api_may_be_plain_http_and_asks_for_less(good: dict[str, str]) -> None:
    del good["COMMENSAL_OPERATOR_CONTACT"]
    good |= {
        "COMMENSAL_TELEGRAM_API": "http://127.0.0.1:8123/",
        "COMMENSAL_BOT_TOKEN": "any-text",
        "COMMENSAL_WEBHOOK_URL": "http://127.0.0.1:8124/hook",
        "COMMENSAL_WEBHOOK_SECRET": "s",
    }

    made = Settings.read(good)

    assert not made.is_real
    assert made.telegram_api == "http://127.0.0.1:8123"
    assert made.webhook_url == "http://127.0.0.1:8124/hook"


def test_the_sandbox_needs_no_setting_at_all() -> None:
    made = Settings.read({}, for_sandbox=True)

    assert made.bot_token is None
    assert made.sandbox_port == 8081


def test_nothing_secret_is_in_a_repr(good: dict[str, str]) -> None:
    good |= {
        "COMMENSAL_DATABASE_URL": f"postgresql://anna:{PASSWORD}@host/name",
        "COMMENSAL_WEBHOOK_URL": "https://b.example",
        "COMMENSAL_WEBHOOK_SECRET": "canary-secret",
    }

    made = Settings.read(good)

    assert "canary" not in repr(made) + str(made) + f"{made.bot_token} {made.database_url}"
    assert set(made.secrets) == {
        TOKEN,
        f"postgresql+asyncpg://anna:{PASSWORD}@host/name",
        "canary-secret",
        PASSWORD,
    }


def test_an_unknown_setting_is_warned_of_with_what_was_meant(good: dict[str, str]) -> None:
    good |= {"COMMENSAL_OPERATOR_CONTCAT": "x", "COMMENSAL_ZZ": "x", "COMMENSAL_LISTEN_FILE": "x"}

    assert Settings.read(good).warnings == (
        "COMMENSAL_LISTEN_FILE is not a setting of ours; did you mean COMMENSAL_LISTEN?",
        "COMMENSAL_OPERATOR_CONTCAT is not a setting of ours; "
        "did you mean COMMENSAL_OPERATOR_CONTACT?",
        "COMMENSAL_ZZ is not a setting of ours",
    )


def test_a_webhook_secret_alone_is_warned_of(good: dict[str, str]) -> None:
    warnings = Settings.read(good | {"COMMENSAL_WEBHOOK_SECRET": "abc"}).warnings

    assert warnings == ("COMMENSAL_WEBHOOK_SECRET has no use without COMMENSAL_WEBHOOK_URL",)


BAD = [
    ("BOT_TOKEN", "canary"),
    ("BOT_TOKEN", "123456:canary"),
    ("TELEGRAM_API", "canary"),
    ("TELEGRAM_API", "ftp://canary.example"),
    ("TELEGRAM_API", "http://api.telegram.org"),
    ("TELEGRAM_API", "https://api.telegram.org:444"),
    ("TELEGRAM_API", "https://anna:canary@host"),
    ("TELEGRAM_API", f"https://host/bot{TOKEN}"),
    ("TELEGRAM_API", "http://host:99999"),
    ("TELEGRAM_API", "http://[::1"),
    ("DATABASE_URL", "canary"),
    ("DATABASE_URL", "mysql://canary/x"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "sqlite:///x.db?mode=canary"),
    ("DATABASE_URL", "postgresql://anna:canary@host"),
    ("DATABASE_URL", "postgresql://anna:canary@host:port/name"),
    ("DATABASE_URL", "postgresql://anna:ca[nary@host/name"),
    ("WEBHOOK_URL", "http://b.example"),
    ("WEBHOOK_URL", "https://b.example:8080"),
    ("WEBHOOK_URL", "b.example"),
    ("WEBHOOK_URL", "https://b.example/a b"),
    ("WEBHOOK_SECRET", "canary!"),
    ("WEBHOOK_SECRET", "a" * 257),
    ("LISTEN", "8080"),
    ("LISTEN", ":8080"),
    ("LISTEN", "::1:8080"),
    ("LISTEN", "host:65536"),
    ("LISTEN", "http://host:80"),
    ("OPERATOR_CONTACT", "two\nlines"),
    ("OPERATOR_CHAT", "@canary"),
    ("OPERATOR_CHAT", "1.5"),
    ("MIN_AGE", "12"),
    ("MIN_AGE", "22"),
    ("MIN_AGE", "canary"),
    ("MIN_AGE", "١٦"),
    ("LOG_LEVEL", "trace"),
    ("LOG_FORMAT", "xml"),
    ("SENDS_AT_ONCE", "0"),
    ("SENDS_AT_ONCE", "65"),
    ("MESSAGES_PER_SECOND", "0"),
    ("KEEP_BLOCKED_DAYS", "-1"),
    ("KEEP_IDLE_DAYS", "0"),
    ("KEEP_UNFINISHED_DAYS", "9" * 30),
    ("SANDBOX_PORT", "70000"),
]


@pytest.mark.parametrize(("name", "text"), BAD)
def test_a_wrong_value_is_refused_by_name_and_never_repeated(
    good: dict[str, str], name: str, text: str
) -> None:
    good |= {"COMMENSAL_WEBHOOK_URL": "https://b.example", "COMMENSAL_WEBHOOK_SECRET": "s"}

    [fault] = faults_of(good | {f"COMMENSAL_{name}": text})

    assert fault.startswith(f"COMMENSAL_{name} ")
    assert "canary" not in fault
    assert "\n" not in fault


def test_all_faults_come_at_once_also_between_settings(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "file").write_text("x")

    faults = faults_of(
        {
            "COMMENSAL_BOT_TOKEN_FILE": str(tmp_path / "empty"),
            "COMMENSAL_WEBHOOK_URL": "http://b.example",
            "COMMENSAL_MIN_AGE": "3",
            "COMMENSAL_DATA_DIR": str(tmp_path / "file"),
            "COMMENSAL_DATABASE_URL": "sqlite:///" + str(tmp_path / "file" / "x.db"),
            "COMMENSAL_KEY_FILE": str(tmp_path / "file" / "under" / "key"),
        }
    )

    assert [fault.split()[0] for fault in faults] == [
        "COMMENSAL_BOT_TOKEN_FILE",
        "COMMENSAL_MIN_AGE",
        "COMMENSAL_OPERATOR_CONTACT",
        "COMMENSAL_WEBHOOK_URL",
        "COMMENSAL_WEBHOOK_SECRET",
        "COMMENSAL_DATA_DIR",
        "COMMENSAL_KEY_FILE",
    ]


@pytest.mark.parametrize("name", ["BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET"])
def test_a_secret_given_twice_is_refused(good: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("canary")
    twice = {f"COMMENSAL_{name}": "canary", f"COMMENSAL_{name}_FILE": str(tmp_path / "file")}

    assert faults_of(good | twice) == [
        f"COMMENSAL_{name} is set and so is its _FILE: give one of them"
    ]


def test_a_secret_file_that_is_missing_is_refused(good: dict[str, str], tmp_path: Path) -> None:
    del good["COMMENSAL_BOT_TOKEN"]

    assert faults_of(good | {"COMMENSAL_BOT_TOKEN_FILE": str(tmp_path / "none")}) == [
        "COMMENSAL_BOT_TOKEN_FILE names a file that cannot be read"
    ]


def test_a_missing_token_names_where_to_get_one(good: dict[str, str]) -> None:
    del good["COMMENSAL_BOT_TOKEN"]

    assert faults_of(good) == [
        "COMMENSAL_BOT_TOKEN is missing: ask @BotFather for one, or try `commensal sandbox`"
    ]


def test_a_key_that_is_there_may_lie_in_a_folder_of_its_own(
    good: dict[str, str], tmp_path: Path
) -> None:
    key = tmp_path / "secret.key"
    key.write_text("k")

    assert Settings.read(good | {"COMMENSAL_KEY_FILE": str(key)}).key_file == key
