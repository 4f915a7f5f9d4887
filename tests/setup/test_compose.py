"""The compose file: who may do what, what is kept, and that no secret stands in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from config.local import places

FILE = places.ROOT / "docker-compose.yml"
SERVING = ("web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", SERVING)
def test_serving_processes_are_app_web_and_cannot_be_the_owner(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["environment"]["DATABASE_URL"] == "postgresql://app_web@db/caseload"
    assert not [key for key in service["environment"] if "OWNER" in key]
    assert not {"app_owner_password", "postgres_password"} & set(service["secrets"])


@pytest.mark.parametrize("name", SERVING)
def test_serving_processes_wait_for_the_migration(compose: dict[str, Any], name: str) -> None:
    needs = compose["services"][name]["depends_on"]
    assert needs["migrate"]["condition"] == "service_completed_successfully"
    assert needs["db"]["condition"] == needs["valkey"]["condition"] == "service_healthy"


def test_migration_runs_once_as_the_owner(compose: dict[str, Any]) -> None:
    migrate = compose["services"]["migrate"]
    assert migrate["command"][-3:] == ["migrate", "--database", "owner"]
    assert migrate["restart"] == "no"
    assert migrate["environment"]["DATABASE_OWNER_URL"] == "postgresql://app_owner@db/caseload"


def test_database_is_18_on_its_volume_with_our_roles(compose: dict[str, Any]) -> None:
    database = compose["services"]["db"]
    assert database["image"] == "postgres:18"
    assert "db:/var/lib/postgresql" in database["volumes"]
    assert "db" in compose["volumes"]
    for volume in database["volumes"]:
        source = volume.split(":")[0]
        assert not source.startswith("./") or (places.ROOT / source).is_file()


def test_valkey_keeps_its_log_and_evicts_nothing(compose: dict[str, Any]) -> None:
    command = " ".join(compose["services"]["valkey"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_secrets_come_from_files_only(compose: dict[str, Any]) -> None:
    assert all(set(secret) == {"file"} for secret in compose["secrets"].values())
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("PASSWORD", "SECRET", "KEYS")):
                assert name.endswith("_FILE")
                assert str(value).removeprefix("/run/secrets/") in service["secrets"]
            assert not re.search(r"://[^/]*:[^/]*@", str(value))


def test_only_the_pages_are_reachable_and_from_this_host_alone(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}
    assert compose["networks"]["back"]["internal"] is True


def test_every_lasting_service_says_whether_it_is_well(compose: dict[str, Any]) -> None:
    without = [name for name, service in compose["services"].items() if "healthcheck" not in service]
    assert without == ["migrate"]
