"""The practice's name, time zone, color and logo."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from practice.actors import Actor
from practice.models import Practice
from practice.setup import colors, services
from practice.setup.errors import SetupRefusedError
from tests.matrix.worlds.setup import LOGO
from tests.people import Cast, signed_in

FACTS: dict[str, Any] = {
    "name": "Fernhollow",
    "time_zone": "America/Chicago",
    "accent": "#1B5F5B",
    "remove_logo": False,
}


def test_the_time_zone_and_the_name_are_the_practice_s(here: dict[str, Any], alice: Actor, people: Cast) -> None:
    row = services.save_look(actor=alice, logo=None, **FACTS)
    practice = Practice.objects.get(pk=people.fernhollow.pk)
    assert (practice.name, practice.time_zone, row.accent) == ("Fernhollow", "America/Chicago", "#1b5f5b")


def test_an_unknown_time_zone_is_refused(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="no such time zone"):
        services.save_look(actor=alice, logo=None, **(FACTS | {"time_zone": "Mars/Olympus"}))


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7 nothing", b"hello"])
def test_only_pictures_are_a_logo(here: dict[str, Any], alice: Actor, content: bytes) -> None:
    with pytest.raises(SetupRefusedError, match="PNG, JPEG or WebP"):
        services.save_look(actor=alice, logo=("logo.png", content), **FACTS)


def test_a_logo_has_at_most_one_megabyte(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="at most 1 MB"):
        services.save_look(actor=alice, logo=("logo.png", LOGO + bytes(1024 * 1024)), **FACTS)


def test_the_logo_is_shown_in_the_shell_and_served_as_a_picture(people: Cast) -> None:
    client = signed_in(people.alice)
    assert b"/p/fernhollow/logo/" not in client.get("/p/fernhollow/settings/").content
    logo = SimpleUploadedFile("logo.png", LOGO, content_type="text/html")
    sent = {"name": "Fernhollow", "time_zone": "America/New_York", "logo": logo}
    assert client.post("/p/fernhollow/settings/look/", sent).status_code == 302
    assert b"/p/fernhollow/logo/?v=" in client.get("/p/fernhollow/settings/").content
    answer = client.get("/p/fernhollow/logo/")
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (LOGO, "image/png", "nosniff")
    client.post("/p/fernhollow/settings/look/", {"name": "F", "time_zone": "America/New_York", "remove_logo": "on"})
    assert client.get("/p/fernhollow/logo/").status_code == 404


@pytest.mark.parametrize(("color", "words"), [("#1b5f5b", "enough to read"), ("#ffe000", "are dark instead")])
def test_the_contrast_is_said_in_words(color: str, words: str) -> None:
    assert words in colors.verdict(color)


def test_black_on_white_is_the_most_there_is() -> None:
    assert round(colors.contrast("#000000", "#ffffff"), 6) == 21
    assert colors.contrast("#777777", "#777777") == 1
