"""Where development keeps its things."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.env import database
from config.local import places

LONGEST_SOCKET_PATH = 107
POSTGRES_SOCKET = ".s.PGSQL.5432"


@pytest.mark.parametrize("length", [10, 60, 90, 200])
def test_sockets_fit_wherever_the_checkout_lies(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "DATA", Path("/") / ("d" * length))
    assert len(str(places.socket_folder() / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH
    assert len(str(places.redis_socket())) <= LONGEST_SOCKET_PATH


def test_two_long_checkouts_do_not_share_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = set()
    for name in ("a" * 120, "b" * 120):
        monkeypatch.setattr(places, "DATA", Path("/") / name)
        folders.add(places.socket_folder())
    assert len(folders) == 2


def test_address_survives_a_folder_with_odd_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "DATA", Path("/it's a folder/50%"))
    monkeypatch.setenv("CASELOAD_PROFILE", "run")
    settings = database(places.database_url("app_web"))
    assert settings["HOST"] == "/it's a folder/50%/run/sockets"
    assert settings["USER"] == "app_web"
