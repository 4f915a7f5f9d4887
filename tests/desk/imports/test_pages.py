"""The pages of an import: upload, columns, preview, progress and result."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext

from clients.models import Client
from desk.imports import services
from desk.imports.running import perform
from desk.models import ImportedRow, ImportRun
from practice.actors import Actor
from practice.models import AuditEvent
from practice.tenancy.context import practice_context
from tests.desk.imports.hands import DETAILS, INTAKEQ, sample, upload
from tests.people import Cast, signed_in

URL = "/p/fernhollow/settings/imports/"


def _file(content: bytes, name: str = "file.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_the_whole_way(people: Cast, inside: Any) -> None:
    browser = signed_in(people.alice)
    answer = browser.post(URL, _file(b"Given,Family,Born on\nAna,Vega,03/04/1990\nLuis,Roe,05/06/1985\n"))
    assert answer.status_code == 302
    columns = answer["Location"]
    assert columns.endswith("/columns/")
    assert "Ana · Luis" in browser.get(columns).content.decode()
    said = {"kinds": ["clients"], "column_0": "client.first_name", "column_2": "client.date_of_birth", "source": "Old"}
    refused = browser.post(columns, said | {"column_1": ""})
    assert refused.status_code == 422
    assert "No column says the client’s name" in refused.content.decode()
    answer = browser.post(columns, said | {"column_1": "client.last_name"})
    preview = answer["Location"]
    page = browser.get(preview).content.decode()
    assert "“03/04/1990” in the column “Born on” can be read in two ways." in page
    browser.post(f"{preview}start/", {"rows": "good"})
    assert "Say first how the dates are to be read." in browser.get(preview).content.decode()
    assert browser.post(preview, {"through": "2026-10-31", "answer_0": "dmy"}).status_code == 302
    with patch.object(services, "_ring"):
        browser.post(f"{preview}start/", {"rows": "all"})
    assert "Waiting in line" in browser.get(preview).content.decode()
    assert browser.get(f"{preview}progress/").status_code == 200
    with inside(people.fernhollow):
        run = ImportRun.objects.get()
    perform(people.fernhollow.pk, str(run.pk))
    assert browser.get(f"{preview}progress/")["HX-Redirect"] == preview
    page = browser.get(preview).content.decode()
    assert "Brought over" in page
    with inside(people.fernhollow):
        assert str(Client.objects.get(first_name="Ana").date_of_birth) == "1990-04-03"
        assert AuditEvent.objects.filter(action="import.viewed").exists()
    again = browser.post(URL, _file(b"Given,Family,Born on\nEve,Ito,2001-01-01\n"))
    assert again["Location"].rstrip("/").rsplit("/", 1)[1].isdigit()
    browser.post(f"{preview}undo/")
    with inside(people.fernhollow):
        assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04broken", "damaged"),
        (
            b"Payment ID,Date Paid,Account,Payment type,Name,Amount,Payment Reference ID\n1,2,3,4,5,6,7\n",
            "nothing that",
        ),
        (b"First name,Last name\n", "no rows below them"),
    ],
)
def test_a_file_that_cannot_be_taken_is_said_with_the_form(people: Cast, content: bytes, words: str) -> None:
    answer = signed_in(people.alice).post(URL, _file(content))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(people: Cast) -> None:
    answer = signed_in(people.alice).post(URL, _file(b"a," * (11 * 1024 * 1024)))
    assert answer.status_code == 422
    assert "This file has 22 MB; the most is 20 MB." in answer.content.decode()


def test_not_more_than_sixty_files_an_hour(people: Cast) -> None:
    browser = signed_in(people.alice)
    with patch.object(services, "_AN_HOUR", 1):
        assert browser.post(URL, _file(sample(DETAILS))).status_code == 302
        answer = browser.post(URL, _file(sample(INTAKEQ)))
    assert answer.status_code == 422
    assert "uploaded within an hour" in answer.content.decode()


def test_numbers_nobody_needs_are_not_kept(people: Cast, alice: Actor, inside: Any) -> None:
    with inside(people.fernhollow):
        run = upload(alice, people.fernhollow, b"First name,Last name,SSN\nAna,Vega,123-45-6789\n")
        from practice import files

        assert b"6789" not in files.read(run.file)
        assert b"Vega" in files.read(run.file)


def test_everything_over_needs_every_row_to_be_good(people: Cast, alice: Actor, inside: Any) -> None:
    with inside(people.fernhollow):
        run = upload(alice, people.fernhollow, sample(INTAKEQ))
    browser = signed_in(people.alice)
    browser.post(f"{URL}{run.pk}/start/", {"rows": "all"})
    page = browser.get(f"{URL}{run.pk}/").content.decode()
    assert "2 of the rows cannot be brought over yet." in page
    assert "slipped into other columns" in page


def test_an_answer_nobody_offered_is_not_kept(people: Cast, alice: Actor, inside: Any) -> None:
    with inside(people.fernhollow):
        run = upload(alice, people.fernhollow, sample(INTAKEQ))
        run = services.answer(
            actor=alice, practice=people.fernhollow, run_id=run.pk, through=run.through,
            answers={"client:4": "id:999999", "client:99": "new"},
        )  # fmt: skip
        assert run.answers == {}


def test_the_list_takes_as_many_queries_for_twenty_files_as_for_two(people: Cast, alice: Actor, inside: Any) -> None:
    from django.db import connection

    browser, counts = signed_in(people.alice), []
    for wanted in (2, 18):
        for _ in range(wanted):
            with inside(people.fernhollow):
                upload(alice, people.fernhollow, b"First name,Last name\nAna,Vega\n")
        browser.get(URL)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(URL).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_what_was_kept_of_a_file_is_behind_the_wall(people: Cast, alice: Actor, inside: Any) -> None:
    with inside(people.fernhollow):
        upload(alice, people.fernhollow, sample(INTAKEQ))
        assert ImportRun.objects.exists()
    with practice_context(people.fernhollow.pk):
        assert not ImportRun.objects.exists()
        assert not ImportedRow.objects.exists()
