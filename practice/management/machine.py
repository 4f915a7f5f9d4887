"""What the machine itself must have. Standard library only: the set-up reads it before anything is installed."""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import shutil
from pathlib import Path

PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
BROWSER_PACKAGES = ("chromium",)
PDF_LIBRARIES = ("gobject-2.0.so.0", "pango-1.0.so.0", "pangoft2-1.0.so.0", "harfbuzz-subset.so.0", "fontconfig.so.1")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def has_pdf_libraries() -> bool:
    """True when WeasyPrint will find what it draws PDF documents with."""
    if platform.system() != "Linux":
        return ctypes.util.find_library("pango-1.0") is not None
    return all(_loads(f"lib{name}") for name in PDF_LIBRARIES) and any(Path("/usr/share/fonts").rglob("*.ttf"))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def browser() -> str | None:
    """The path of a Chromium for the browser tests."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def is_debian() -> bool:
    """True where packages are installed by apt-get."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def missing_packages(*, with_browser: bool) -> list[str]:
    """Debian's names for what this machine lacks."""
    missing: list[str] = []
    if not has_pdf_libraries():
        missing += PDF_PACKAGES
    if with_browser and browser() is None:
        missing += BROWSER_PACKAGES
    return missing


def install_line(packages: list[str]) -> str:
    """The one command that installs these packages on a machine like this one."""
    if platform.system() == "Darwin":
        formulas = {"chromium" if name in BROWSER_PACKAGES else "pango" for name in packages}
        return f"brew install {' '.join(sorted(formulas))}"
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
