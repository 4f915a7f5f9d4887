"""The container image, as far as it can be tried without Docker."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from config.local import places
from config.local.shell import run
from practice.management import machine

DOCKERFILE = (places.ROOT / "Dockerfile").read_text(encoding="utf-8")
LEFT_OUT = (places.ROOT / ".dockerignore").read_text(encoding="utf-8").split()
SCRIPTS = sorted((places.ROOT / "docker").glob("*.sh"))


def test_image_installs_the_runtime_lock_alone() -> None:
    assert "COPY requirements.lock ./" in DOCKERFILE
    assert "--require-hashes --no-deps -r requirements.lock" in DOCKERFILE
    assert "requirements-dev" not in DOCKERFILE


def test_image_has_what_pdf_documents_need() -> None:
    assert all(package in DOCKERFILE for package in machine.PDF_PACKAGES)


def test_image_does_not_run_as_root() -> None:
    lines = [line.split()[0] for line in DOCKERFILE.splitlines() if line and not line.startswith((" ", "#"))]
    assert lines.index("USER") > max(index for index, word in enumerate(lines) if word == "RUN")


def test_packages_run_no_scripts_while_the_image_is_built() -> None:
    assert "npm ci --ignore-scripts" in DOCKERFILE


@pytest.mark.parametrize("name", ["secrets", "tests", "config/local", "config/settings/dev.py", "node_modules", ".*"])
def test_image_leaves_out(name: str) -> None:
    assert name in LEFT_OUT


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_valid_and_can_be_run(script: Path) -> None:
    run(["sh", "-n", script])
    assert script.stat().st_mode & stat.S_IXUSR


def test_made_secrets_are_kept_and_ignored_by_git(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    script = shutil.copy(places.ROOT / "docker" / "make-secrets.sh", tmp_path / "docker")
    run(["sh", script])
    secrets = tmp_path / "secrets"
    made = {file.name: file.read_text() for file in secrets.iterdir()}
    run(["sh", script])
    assert {file.name: file.read_text() for file in secrets.iterdir()} == made
    assert made.pop(".gitignore") == "*\n"
    assert len(set(made.values())) == len(made) == 6
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert len(made["secret_key"]) > 50


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image's files without what .dockerignore leaves out, and its packages: the runtime lock's alone."""
    folder = tmp_path_factory.mktemp("image") / "app"
    left_out = {places.ROOT / name for name in LEFT_OUT}
    shutil.copytree(
        places.ROOT,
        folder,
        ignore=lambda at, names: [
            name for name in names if name.startswith(".") or name == "__pycache__" or Path(at) / name in left_out
        ],
    )
    (folder / "node_modules").symlink_to(places.ROOT / "node_modules")
    uv = places.VENV / "bin" / "uv"
    run([uv, "venv", "--quiet", "--python", sys.executable, folder / ".venv"])
    python = folder / ".venv" / "bin" / "python"
    run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, folder / "requirements.lock"])
    return folder


@pytest.mark.long
def test_image_gathers_the_browser_files_with_production_settings_and_runtime_packages(image: Path) -> None:
    environment = {"PATH": f"{image / '.venv' / 'bin'}:{os.environ['PATH']}", "FILES_ROOT": str(image / "files")}
    run(["sh", "docker/collectstatic.sh"], cwd=image, env=environment)
    gathered = image / "staticfiles"
    assert list(gathered.glob("vendor/tabler/css/tabler.min.*.css.gz"))
    assert (gathered / "staticfiles.json").is_file()
