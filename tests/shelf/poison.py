"""Due work that kills whoever does it, as a leak of memory or a broken library would."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Final

from practice import due

KIND: Final = "tests.poison"
NOTE: Final = "CASELOAD_TEST_POISON"


def register() -> None:
    """Makes it known to this process."""
    due.handles(KIND)(swallow)


def swallow(practice_id: int, object_id: str) -> None:
    """Notes that it began, in the file that the environment names, and kills its own process."""
    with Path(os.environ[NOTE]).open("a", encoding="utf-8") as note:
        note.write(f"{practice_id} {object_id}\n")
    os.kill(os.getpid(), signal.SIGKILL)
