"""The sandbox payer of this installation: its folder, its two ports, which stay, and whether it is ready."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from config.local import places, web
from config.local.shell import private_folder

SCENARIO: Final = places.ROOT / "sandbox" / "scenarios" / "demo.toml"
CLEAN: Final = places.ROOT / "sandbox" / "scenarios" / "clean.toml"
FIRST_PORT: Final = 8950
NAMES: Final = ("sftp", "http")


def folder() -> Path:
    """Where it keeps its files, its key and its state."""
    return places.profile() / "sandbox"


def rehearsal_folder() -> Path:
    """Where the one of a rehearsal keeps its own."""
    return places.profile() / "sandbox-rehearsal"


def ready_file(of: Path | None = None) -> Path:
    """What it writes into its folder once it answers: its ports and its host key."""
    return (of or folder()) / "ready.json"


def ports() -> dict[str, int]:
    """Its ports, chosen once and kept; one that somebody else took meanwhile is chosen anew."""
    kept = private_folder(folder()) / "ports.json"
    chosen = _read(kept)
    if chosen is None or not all(web.is_free(port) for port in chosen.values()):
        chosen = _choose()
        kept.write_text(json.dumps(chosen), encoding="utf-8")
    return chosen


def forget_readiness() -> None:
    """Before a start: what an earlier run said of itself is over."""
    ready_file().unlink(missing_ok=True)


def is_ready(of: Path | None = None) -> bool:
    """Whether it answers."""
    return ready_file(of).exists()


def _choose() -> dict[str, int]:
    sftp = web.free_port(FIRST_PORT)
    return dict(zip(NAMES, (sftp, web.free_port(sftp + 1)), strict=True))


def _read(kept: Path) -> dict[str, int] | None:
    """The ports as they were kept; None when there are none."""
    if not kept.exists():
        return None
    said = json.loads(kept.read_text(encoding="utf-8"))
    return {name: int(said[name]) for name in NAMES}
