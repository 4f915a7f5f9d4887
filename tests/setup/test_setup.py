"""The set-up: versions, stamps, pins."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from config.local import places, setup
from config.local.shell import LocalError, run


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_our_pythons_are_accepted(version: tuple[int, int]) -> None:
    assert setup.version_refusal(version) == ""


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14)])
def test_other_pythons_are_refused_with_a_sentence(version: tuple[int, int]) -> None:
    refusal = setup.version_refusal(version)
    assert refusal.startswith("Caseload needs Python 3.11, 3.12 or 3.13; this one is 3.")
    assert "make run" in refusal


def test_set_up_needs_nothing_installed() -> None:
    """Isolated from the virtual environment: the system's Python runs it before there is one."""
    run([sys.executable, "-S", "-c", "import config.local.setup"], cwd=places.ROOT, env={})


def test_stamp_is_current_until_the_lock_changes(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("one==1\n")
    assert not setup.is_current(stamp, setup.digest(lock))
    stamp.write_text(setup.digest(lock))
    assert setup.is_current(stamp, setup.digest(lock))
    lock.write_text("one==2\n")
    assert not setup.is_current(stamp, setup.digest(lock))


def test_pin_is_one_package_with_all_its_hashes() -> None:
    lock = (
        "uv-extra==1 \\\n    --hash=sha256:00\nuv==2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\n"
    )
    assert setup.pin_of("uv", lock) == "uv==2 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"


def test_pin_of_an_unknown_package_is_refused() -> None:
    with pytest.raises(LocalError, match="does not name uv"):
        setup.pin_of("uv", "other==1 \\\n    --hash=sha256:00\n")


def test_the_lock_pins_the_installer() -> None:
    assert setup.pin_of("uv", setup.LOCK.read_text()).startswith("uv==")


def test_what_is_current_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / ".package-lock.sha256"
    stamp.write_text(setup.digest(setup.NODE_LOCK))
    monkeypatch.setattr(setup, "NODE_MODULES", tmp_path)
    monkeypatch.setattr(setup, "_npm_install", lambda: pytest.fail("installed again"))
    setup.install_node_packages()
