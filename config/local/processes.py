"""Keeps a set of programs together: all of them run, or none does."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from types import TracebackType

from config.local import places, signals
from config.local.shell import LocalError, tail
from config.local.steps import Program

PATIENCE_SECONDS = 10
DIE_WITH_PARENT = 1  # Linux: prctl(PR_SET_PDEATHSIG, …)


class Programs:
    """Programs that are stopped together, each with its children, when the block ends or one of them does."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._running: list[tuple[Program, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Programs:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self, *programs: Program) -> None:
        """Starts programs that from now on share the fate of the others."""
        for program in programs:
            self._running.append((program, _start(program, self._environment)))

    def watch(self, until: Callable[[], bool]) -> None:
        """Returns when the condition holds; raises LocalError in words when a program ends by itself."""
        while not until():
            for program, process in self._running:
                if process.poll() is not None:
                    raise LocalError(_obituary(program, process.returncode))
            time.sleep(0.2)

    def stop(self) -> None:
        """Asks every program to end, gives them time, then ends what is left of them and of their children."""
        signals.ignore()
        for _, process in self._running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for _, process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()


def _start(program: Program, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process group of its own, so that a Ctrl-C at the terminal reaches only us, who then stop it in order."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with program.log.open("wb") as log:
        return subprocess.Popen(
            program.command,
            cwd=places.ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_us if platform.system() == "Linux" else None,  # noqa: PLW1509 - no threads here
        )


def _die_with_us() -> None:
    """Has the kernel end the program when we are killed outright and cannot."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _obituary(program: Program, code: int) -> str:
    how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
    said = program.log.read_text(errors="replace").strip()
    return f"The {program.name} {how}. " + (f"Its last lines:\n{tail(said)}" if said else "It wrote nothing.")
