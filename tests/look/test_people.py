"""Initials, tones and browsers."""

from __future__ import annotations

import pytest

from practice.templatetags import caseload

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alice Moreau", "AM"),
        ("Ivan", "I"),
        ("Mary Jane van der Berg", "MB"),
        ("Tomás Ibarra, LPC-A", "TL"),
        ("élodie «Lou» durand", "ÉD"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_initials_are_the_first_and_last_names_letters(name: str, letters: str) -> None:
    assert caseload.initials(name) == letters


def test_a_tone_is_stable_and_one_of_six() -> None:
    assert caseload.tone("Alice Moreau") == caseload.tone("Alice Moreau") == 3
    assert {caseload.tone(number) for number in range(100)} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("agent", "words"),
    [(SAFARI, "Safari on iPhone"), (EDGE, "Edge on Windows"), ("", "Unknown browser"), ("curl/8", "Unknown browser")],
)
def test_a_browser_has_a_name(agent: str, words: str) -> None:
    assert caseload.browser(agent) == words
