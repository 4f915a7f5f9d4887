"""Icons and status glyphs as inline SVG, so that they take the color of the text around them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ICON_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PATH = re.compile(r'<path d="([^"]+)"')


@lru_cache(maxsize=1024)
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """A Tabler outline icon. Without a label it is decoration and hidden from screen readers."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else format_html("{}", _HIDDEN)
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6"'
        ' stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        f"icon {classes}".strip(),
        spoken,
        _icon_paths(name),
    )


@lru_cache(maxsize=64)
def glyph(name: str) -> SafeString:
    """A status glyph by how far the work is, or by kind, whose usual glyph it then is.

    The color comes from the element around it.
    """
    shape = GLYPHS.get(USUAL.get(name, name))
    if shape is None:
        raise ValueError(f"There is no glyph «{name}»; there are {', '.join(sorted(GLYPHS))}.")
    return format_html('<svg viewBox="0 0 14 14" {}>{}</svg>', _HIDDEN, shape)


@cache
def _icon_paths(name: str) -> SafeString:
    if not ICON_NAME.fullmatch(name):
        raise ValueError(f"«{name}» is no icon name.")
    try:
        drawing = (settings.ICONS_DIR / "outline" / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ValueError(f"There is no icon «{name}» among Tabler's outline icons.") from error
    return format_html_join("", '<path d="{}"/>', ((path,) for path in PATH.findall(drawing)))


def _ring(dashes: str = "none") -> SafeString:
    return format_html(
        '<circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="{}"/>',
        dashes,
    )


def _filled(path: str) -> SafeString:
    return format_html('{}<path d="{}" fill="currentColor"/>', _ring(), path)


def _stroke(path: str, width: str, color: str = "currentColor") -> SafeString:
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round" stroke-linejoin="round"/>',
        path,
        color,
        width,
    )


def _on_disc(path: str) -> SafeString:
    disc = format_html('<circle cx="7" cy="7" r="{}" fill="currentColor"/>', "6.4")
    return disc + _stroke(path, "1.65", INSIDE)


def _triangle() -> SafeString:
    shape = format_html(
        '<path d="{}" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>', "M7 1.2 13.4 12.4H.6Z"
    )
    return shape + _stroke("M7 5.2v3.3M7 10.5v.1", "1.5", INSIDE)


def _padlock() -> SafeString:
    body = format_html('<rect x="2.6" y="6.2" width="8.8" height="6.6" rx="{}" fill="currentColor"/>', "1.6")
    return body + _stroke("M4.6 6V4.3a2.4 2.4 0 0 1 4.8 0V6", "1.5")


_HIDDEN = format_html("aria-hidden={}", "true")
USUAL = {"wait": "needs-you", "move": "half", "stop": "stopped", "calm": "draft", "accent": "ready"}
INSIDE = "var(--k-soft, var(--surface))"
GLYPHS: dict[str, SafeString] = {
    "draft": _ring("2.1 2.3"),
    "ready": _ring(),
    "quarter": _filled("M7 7V3.4A3.6 3.6 0 0 1 10.6 7Z"),
    "half": _filled("M7 3.4a3.6 3.6 0 0 1 0 7.2Z"),
    "three-quarter": _filled("M7 7V3.4A3.6 3.6 0 1 1 3.4 7Z"),
    "partly": _filled("M3.4 7a3.6 3.6 0 0 0 7.2 0Z"),
    "done": _on_disc("m4.2 7.2 2 2 3.7-4"),
    "stopped": _on_disc("M4.2 7h5.6"),
    "needs-you": _triangle(),
    "held": _ring() + _stroke("M5.5 4.9v4.2M8.5 4.9v4.2", "1.5"),
    "locked": _padlock(),
    "over": _stroke("M3.2 7h7.6", "1.6"),
}
