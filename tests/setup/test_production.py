"""Production's settings: nothing works by default, and nothing of the demo is allowed."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

GIVEN = {
    "SECRET_KEY": "k" * 50,
    "FIELD_KEYS": f"first:{Fernet.generate_key().decode()}",
    "ALLOWED_HOSTS": "caseload.example",
    "DATABASE_URL": "postgresql://app_web@db/caseload",
    "REDIS_URL": "redis://valkey:6379/0",
    "FILES_ROOT": "/srv/files",
}
OTHERS = ("CASELOAD_SECOND_FACTOR", "DATABASE_OWNER_URL", "DATABASE_PASSWORD", "REDIS_PASSWORD", "BEHIND_TLS_PROXY")


@pytest.fixture(autouse=True)
def _given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def _settings() -> dict[str, Any]:
    return runpy.run_module("config.settings.production")


@pytest.mark.parametrize("name", GIVEN)
def test_each_setting_is_asked_for_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=name):
        _settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too short"),
        ("SECRET_KEY", "django-insecure-" + "k" * 50),
        ("FIELD_KEYS", "first:not-a-key"),
        ("ALLOWED_HOSTS", "caseload.example,*"),
        ("CASELOAD_SECOND_FACTOR", "off"),
    ],
)
def test_what_is_unsafe_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        _settings()


def test_demo_is_off_and_the_second_factor_on() -> None:
    settings = _settings()
    assert not settings["DEBUG"]
    assert not settings["DEMO"]
    assert not settings["CLOCK_MAY_STAND"]
    assert settings["SECOND_FACTOR_REQUIRED"]


def test_cookies_belong_to_this_host_and_to_https() -> None:
    settings = _settings()
    for cookie in ("SESSION", "CSRF"):
        assert settings[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert settings[f"{cookie}_COOKIE_SECURE"]
        assert f"{cookie}_COOKIE_DOMAIN" not in settings
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["SECURE_SSL_REDIRECT"]


def test_a_proxy_is_believed_only_when_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _settings()["SECURE_PROXY_SSL_HEADER"] is None
    monkeypatch.setenv("BEHIND_TLS_PROXY", "on")
    assert _settings()["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_web_has_no_owner_connection_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(_settings()["DATABASES"]) == ["default"]
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://app_owner@db/caseload")
    assert list(_settings()["DATABASES"]) == ["default", "owner"]


def test_secrets_are_read_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    file.write_text("p@ss/word\n")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(file))
    monkeypatch.setenv("REDIS_PASSWORD_FILE", str(file))
    settings = _settings()
    assert settings["DATABASES"]["default"]["PASSWORD"] == "p@ss/word"
    assert settings["CELERY_BROKER_URL"] == "redis://:p%40ss%2Fword@valkey:6379/0"


def test_keys_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {name: Fernet.generate_key().decode() for name in ("new", "old")}
    monkeypatch.setenv("FIELD_KEYS", "\n".join(f"{name}:{key}" for name, key in keys.items()))
    assert list(_settings()["FIELD_KEYS"].items()) == list(keys.items())
