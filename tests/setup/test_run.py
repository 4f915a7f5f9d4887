"""`make run`: its port, its place, and programs that live and die together."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from config.local import places, single, steps, web
from config.local.shell import LocalError, quiet, run
from config.local.single import AlreadyRunsError

SLEEPER = """
import os, subprocess, sys, time
child = subprocess.Popen(["sleep", "60"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""
FALLER = """
import os, sys, time
while not os.path.exists(sys.argv[1]):
    time.sleep(0.05)
time.sleep(0.2)
print("no more")
sys.exit(3)
"""
TOGETHER = """
import os, sys
from config.local.processes import Programs
from config.local.shell import LocalError
from config.local.steps import Program

sleeper, faller, pids = sys.argv[1:]
programs = [Program("sleeper", (sys.executable, "-c", sleeper, pids)),
            Program("faller", (sys.executable, "-c", faller, pids))]
try:
    with Programs(os.environ) as running:
        running.start(*programs)
        running.watch(until=lambda: False)
except LocalError as error:
    print(error)
"""


@pytest.fixture
def _own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELOAD_PROFILE", str(tmp_path))


def test_busy_port_is_passed_over() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert web.free_port(taken) > taken


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_binds", lambda probe, port: False)
    with pytest.raises(LocalError, match="No port from 8000 to 8049 is free"):
        web.free_port()


def test_nobody_at_the_port_is_not_healthy() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert not web.is_healthy(bound.getsockname()[1])


def test_address_has_a_name_since_passkeys_need_one() -> None:
    assert web.address(8003) == "http://localhost:8003/"


@pytest.mark.usefixtures("_own_profile")
def test_second_run_learns_the_address_of_the_first() -> None:
    with (
        single.alone(8005),
        pytest.raises(AlreadyRunsError, match="http://localhost:8005/"),
        single.alone(8006),
    ):
        pytest.fail("two hold the place")


@pytest.mark.usefixtures("_own_profile")
def test_place_is_free_again_afterwards() -> None:
    with single.alone(8005):
        pass
    with single.nobody_runs() as ended:
        assert not ended


def test_first_to_end_takes_the_others_and_their_children_along(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    environment = {**os.environ, "CASELOAD_PROFILE": str(tmp_path)}
    command = [sys.executable, "-c", TOGETHER, SLEEPER, FALLER, str(pids)]
    said = run(command, cwd=places.ROOT, env=environment)
    assert "The faller ended with exit code 3. Its last lines:\n    no more" in said
    left = [pid for pid in pids.read_text().split() if _lives(pid)]
    assert len(pids.read_text().split()) == 2
    assert left == []


def _lives(pid: str) -> bool:
    """Whether a process still does anything; an ended one may wait a moment for whoever reaps it."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        state = quiet(["ps", "-o", "stat=", "-p", pid]).stdout
        if not state.strip() or state.startswith("Z"):
            return False
    return True


def test_migrations_run_as_the_owner() -> None:
    assert steps.PREPARATIONS[0].command[:3] == ("migrate", "--database", "owner")


def test_pages_listen_on_loopback_only() -> None:
    command = steps.programs(8000)[0].command
    assert command[command.index("--bind") + 1] == "127.0.0.1:8000"
