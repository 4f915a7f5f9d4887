"""A file from which nothing was brought over can be forgotten, readable or not; a damaged one is never an error."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from desk.imports.problems import FileRefusedError
from desk.imports.reading import read
from desk.models import ImportRun
from practice import files
from practice.actors import Actor
from practice.models import AuditEvent, StoredFile
from tests.desk.imports.hands import INTAKEQ, brought, sample, upload
from tests.people import Cast, signed_in

URL = "/p/fernhollow/settings/imports/"
MIXED = b"Client First Name,Client Last Name,Client Date of Birth\nAna,Vega,13/04/1990\nLuis,Roe,05/26/1985\n"
UNKNOWN = b"Given,Family\nAna,Vega\n"


def _workbook() -> bytes:
    book, kept = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for cells in (("First name", "Last name"), ("Ana", "Vega"), ("Luis", "Roe")):
        sheet.append(cells)
    book.save(kept)
    return kept.getvalue()


def _spoiled(member: str, content: bytes | None) -> bytes:
    """A workbook in which one part is something else, or is gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            told = content if name == member else good.read(name)
            if told is not None:
                bad.writestr(name, told)
    return out.getvalue()


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"junk", b"<a><b></a>", None])
def test_a_damaged_workbook_is_refused_in_words(member: str, content: bytes | None) -> None:
    with pytest.raises(FileRefusedError, match=r"damaged or has a password|has no sheet"):
        read(_spoiled(member, content))


def test_a_byte_that_changed_on_the_way_is_refused_or_read_and_never_an_error() -> None:
    good = _workbook()
    for place in range(4, len(good), 37):
        try:
            read(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        except FileRefusedError as error:
            assert str(error).endswith(".")  # noqa: PT017 - either outcome is right


def _uploaded(browser: Client, content: bytes) -> Any:
    """The answer to the upload, and of what its columns are where that is asked."""
    answer = browser.post(URL, {"file": SimpleUploadedFile("list.csv", content)})
    if content != MIXED or not answer["Location"].endswith("/columns/"):
        return answer
    said = {"column_0": "client.first_name", "column_1": "client.last_name", "column_2": "client.date_of_birth"}
    return browser.post(answer["Location"], said | {"kinds": ["clients"], "source": ""})


@pytest.mark.parametrize("content", [MIXED, UNKNOWN])
def test_a_file_that_cannot_be_brought_over_offers_to_be_forgotten(people: Cast, content: bytes) -> None:
    browser = signed_in(people.alice)
    answer = _uploaded(browser, content)
    page = browser.get(answer["Location"]).content.decode()
    assert 'data-opens="forget"' in page
    assert "/discard/" in page
    assert ("This file cannot be read as it is" in page) == (content == MIXED)


def test_forgetting_takes_the_run_its_file_and_the_bytes(
    people: Cast, inside: Any, django_capture_on_commit_callbacks: Any
) -> None:
    browser = signed_in(people.alice)
    _uploaded(browser, MIXED)
    with inside(people.fernhollow):
        run = ImportRun.objects.select_related("file").get()
    path = files._path(run.file)
    assert storages["files"].exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{URL}{run.pk}/discard/", follow=True)
    assert "The file is gone. Nothing was brought over from it." in answer.content.decode()
    assert not storages["files"].exists(path)
    with inside(people.fernhollow):
        assert not ImportRun.objects.exists()
        assert not StoredFile.objects.exists()
        said = AuditEvent.objects.get(action="import.discarded").before
        assert said
        assert said["file"] == "list.csv"
        assert said["refused"]
        assert AuditEvent.objects.filter(action="file.removed", object_id=str(run.file_id)).exists()


def test_what_was_brought_over_cannot_be_forgotten(people: Cast, alice: Actor, inside: Any) -> None:
    with inside(people.fernhollow):
        run = brought(alice, people.fernhollow, upload(alice, people.fernhollow, sample(INTAKEQ)))
    answer = signed_in(people.alice).post(f"{URL}{run.pk}/discard/", follow=True)
    assert "This file is being brought over already." in answer.content.decode()
    with inside(people.fernhollow):
        assert StoredFile.objects.filter(pk=run.file_id).exists()
