"""The embedded services: what may be said in their place, and that they outlive a kill."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.local import places, postgres, services
from config.local.shell import LocalError, run

ATTRIBUTES = """
    SELECT rolname, rolcanlogin, rolcreatedb, rolsuper, rolcreaterole, rolreplication, rolbypassrls
    FROM pg_roles WHERE rolname LIKE 'app%'
"""
INIT = places.ROOT / "docker" / "init-database.sh"


def test_half_an_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app_web@db/caseload")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(LocalError, match="Only DATABASE_URL is set"):
        services.ensure()


def test_addresses_replace_the_embedded_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "elsewhere")
    assert services.status() == {}


def test_a_process_with_the_servers_old_number_is_not_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELOAD_PROFILE", str(tmp_path))
    places.database_files().mkdir()
    (places.database_files() / "postmaster.pid").write_text(f"{os.getpid()}\n{places.database_files()}\n")
    assert not postgres.is_running()


@pytest.fixture
def _started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Services of their own, set up like those of `make run`: they lose nothing when killed."""
    monkeypatch.setenv("CASELOAD_PROFILE", str(tmp_path / "run"))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    assert services.ensure() == ["PostgreSQL", "Valkey"]
    yield
    services.stop()


def _server() -> int:
    return int((places.database_files() / "postmaster.pid").read_text().split("\n", 1)[0])


def _roles() -> dict[str, tuple[bool, ...]]:
    with psycopg.connect(places.database_url("app_owner")) as connection:
        rows = connection.execute(ATTRIBUTES).fetchall()
    return {name: tuple(rest) for name, *rest in rows}


@pytest.mark.long
@pytest.mark.usefixtures("_started")
def test_roles_can_do_no_more_than_they_must() -> None:
    assert _roles() == {
        "app_owner": (True, True, False, False, False, False),
        "app_web": (True, False, False, False, False, False),
    }
    with psycopg.connect(places.database_url("app_web")) as connection:
        assert connection.execute("SHOW lock_timeout").fetchone() == ("5s",)
        assert connection.execute("SHOW statement_timeout").fetchone() == ("1min",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")


@pytest.mark.long
@pytest.mark.usefixtures("_started")
def test_owner_may_add_the_extension_of_the_calendar() -> None:
    with psycopg.connect(places.database_url("app_owner")) as connection:
        connection.execute("CREATE EXTENSION btree_gist")


@pytest.mark.long
@pytest.mark.usefixtures("_started")
def test_sockets_are_ours_alone_and_nothing_listens_on_the_network() -> None:
    assert stat.S_IMODE(places.socket_folder().stat().st_mode) == 0o700
    with psycopg.connect(places.database_url("app_web")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.long
@pytest.mark.usefixtures("_started")
def test_killed_server_comes_back_with_its_rows_even_when_its_number_lives_on() -> None:
    with psycopg.connect(places.database_url("app_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    os.kill(_server(), signal.SIGKILL)
    pid_file = places.database_files() / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(_server()), str(os.getpid()), 1))
    assert services.ensure() == ["PostgreSQL"]
    with psycopg.connect(places.database_url("app_owner")) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)


@pytest.mark.long
@pytest.mark.usefixtures("_started")
def test_services_start_once_and_stop_once() -> None:
    assert services.ensure() == []
    assert services.stop() == ["PostgreSQL", "Valkey"]
    assert services.stop() == []
    assert not any(services.status().values())


@pytest.mark.long
@pytest.mark.usefixtures("_started")
def test_image_script_makes_the_same_roles_with_passwords(tmp_path: Path) -> None:
    for role in ("app_owner", "app_web"):
        (tmp_path / f"{role}_password").write_text(f"it's {role}'s\n")
    environment = {
        "PATH": f"{postgres.binary('psql').parent}:{os.environ['PATH']}",
        "PGHOST": str(places.socket_folder()),
        "POSTGRES_USER": "postgres",
        "ROLES_FOLDER": str(INIT.parent),
        "SECRETS": str(tmp_path),
    }
    run(["sh", INIT], env=environment)
    with psycopg.connect(f"host={places.socket_folder()} user=postgres dbname=postgres") as connection:
        stored = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'app%'").fetchall()
    assert [password[:13] for (password,) in stored] == ["SCRAM-SHA-256"] * 2
