"""Icons and glyphs: each that is named exists, and a wrong name is noticed."""

from __future__ import annotations

import re

import pytest

from billing.claims.words import CHIPS, REQUEST_CHIPS
from billing.remittances import chips as remittances
from billing.remittances.chips import DENIAL_CHIPS
from practice.templatetags import caseload
from practice.templatetags._shapes import GLYPHS, USUAL
from tests.look.hands import pages

ICON = re.compile(r'\{% icon "([^"]+)"|(?<!:)\bicon="([^"{]+)"')
GLYPH = re.compile(r'\{% glyph "([^"]+)"|(?<!:)\bglyph="([^"{]+)"')


def named(pattern: re.Pattern[str]) -> set[str]:
    found = (match for page in pages() for match in pattern.findall(page.read_text(encoding="utf-8")))
    return {name for names in found for name in names if name}


def test_every_icon_in_a_template_exists() -> None:
    names = named(ICON)
    assert {"search", "fingerprint", "dots"} <= names
    for name in names:
        assert "<path" in caseload.icon(name)


def test_every_glyph_in_a_template_exists() -> None:
    for name in named(GLYPH):
        assert caseload.glyph(name)


def test_every_chip_has_a_glyph() -> None:
    for chip in (*CHIPS.values(), *REQUEST_CHIPS.values(), *remittances.CHIPS.values(), *DENIAL_CHIPS.values()):
        assert caseload.glyph(chip.glyph or chip.kind)


def test_a_kind_has_a_usual_glyph() -> None:
    assert caseload.glyph("wait") == caseload.glyph("needs-you")
    assert set(USUAL.values()) <= set(GLYPHS)


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_name() -> None:
    assert "aria-hidden" in caseload.icon("video")
    assert 'role="img" aria-label="Telehealth"' in caseload.icon("video", label="Telehealth")


@pytest.mark.parametrize("name", ["no-such-icon", "../../package", "Search", ""])
def test_a_wrong_icon_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="icon"):
        caseload.icon(name)


def test_a_wrong_glyph_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no glyph"):
        caseload.glyph("nearly")
