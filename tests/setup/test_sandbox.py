"""The sandbox payer beside `make run`: its ports stay, its folder is the profile's, and it is waited for."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from config.local import sandbox, steps


@pytest.fixture(autouse=True)
def own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELOAD_PROFILE", str(tmp_path))


def test_the_ports_are_two_and_stay() -> None:
    chosen = sandbox.ports()
    assert len(set(chosen.values())) == 2
    assert sandbox.ports() == chosen
    assert json.loads((sandbox.folder() / "ports.json").read_text()) == chosen


def test_a_port_that_somebody_else_took_is_chosen_anew() -> None:
    chosen = sandbox.ports()
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", chosen["sftp"]))
        busy.listen()
        assert chosen["sftp"] not in sandbox.ports().values()


def test_it_runs_on_the_kept_ports_with_the_demos_scenario() -> None:
    program, chosen = steps.sandbox_payer(), sandbox.ports()
    said = " ".join(program.command)
    assert f"--sftp-port {chosen['sftp']}" in said
    assert f"--http-port {chosen['http']}" in said
    assert said.count("demo.toml") == 1
    assert sandbox.SCENARIO.exists()


def test_what_an_earlier_run_said_is_not_taken_for_readiness() -> None:
    sandbox.ports()
    sandbox.ready_file().write_text("{}")
    assert sandbox.is_ready()
    sandbox.forget_readiness()
    assert not sandbox.is_ready()


def test_the_demo_is_connected_once_it_is_made() -> None:
    commands = [preparation.command[0] for preparation in steps.PREPARATIONS]
    assert commands.index("connect_sandbox") > commands.index("seed_demo")
