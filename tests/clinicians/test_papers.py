"""Licenses, documents and their scans."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clinicians import selectors, services
from clinicians.errors import TeamRefusedError
from clinicians.models import License
from clinicians.selectors import file
from clinicians.services import Upload
from practice.actors import Actor
from practice.models import AuditEvent, Practice
from practice.tenancy.context import practice_context
from tests.clinicians.conftest import Hire
from tests.matrix.worlds.clinicians import SCAN
from tests.people import Cast, signed_in

PA: dict[str, Any] = {"state": "PA", "kind": "LCSW", "number": "CW1", "expires_on": dt.date(2027, 2, 28)}


def test_a_license_is_on_file_once(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    services.add_license(actor=alice, clinician_id=dana.pk, **PA)
    with pytest.raises(TeamRefusedError, match="on file already"):
        services.add_license(actor=alice, clinician_id=dana.pk, **PA)


def test_a_license_holds_from_issue_to_expiry(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    services.add_license(actor=alice, clinician_id=dana.pk, issued_on=dt.date(2025, 3, 1), **PA)
    held = [
        bool(selectors.licenses_on(day, [dana.pk]).get(dana.pk))
        for day in (dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2027, 2, 28), dt.date(2027, 3, 1))
    ]
    assert held == [False, True, True, False]


def test_an_attestation_is_good_for_120_days(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    row = services.add_document(actor=alice, clinician_id=dana.pk, kind="caqh", issued_on=dt.date(2026, 11, 1))
    assert row.expires_on == dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("kind", "field", "sentence"),
    [
        ("liability", "expires_on", r"Enter until when the cover is good\."),
        ("caqh", "issued_on", r"Enter on which day it was attested, or until when it is good\."),
    ],
)
def test_what_warns_before_it_runs_out_has_a_day(
    hire: Hire, alice: Actor, kind: str, field: str, sentence: str
) -> None:
    dana = hire("Dana Whitfield")
    with pytest.raises(TeamRefusedError, match=sentence) as refused:
        services.add_document(actor=alice, clinician_id=dana.pk, kind=kind)
    assert refused.value.field == field
    assert not dana.documents.exists()


def test_only_scans_are_kept(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    with pytest.raises(TeamRefusedError, match=r"This is not a JPEG, PDF or PNG file\."):
        services.add_license(actor=alice, clinician_id=dana.pk, upload=Upload("a.pdf", b"plain words"), **PA)


def test_a_scan_comes_back_as_a_download_and_is_written_down(people: Cast, hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    row = services.add_license(actor=alice, clinician_id=dana.pk, upload=Upload("license.pdf", SCAN), **PA)
    answer = signed_in(people.alice).get(f"/p/fernhollow/team/licenses/{row.pk}/scan/")
    assert answer.content == SCAN
    assert answer["Content-Disposition"] == 'attachment; filename="license.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert AuditEvent.objects.filter(action="clinician_file.opened").count() == 1


def test_a_scan_is_sent_with_the_form(people: Cast, hire: Hire) -> None:
    dana = hire("Dana Whitfield")
    posted = PA | {"expires_on": "2027-02-28", "upload": SimpleUploadedFile("license.pdf", SCAN)}
    answer = signed_in(people.alice).post(f"/p/fernhollow/team/{dana.pk}/licenses/add/", posted)
    assert answer.status_code == 302
    kept = License.objects.get(clinician=dana).document
    assert kept is not None
    assert kept.name == "license.pdf"


def test_a_clinician_opens_their_own_scans_and_no_others(people: Cast, hire: Hire, alice: Actor) -> None:
    dana, charlie = hire("Dana Whitfield"), hire("Charlie Nguyen")
    for clinician, user in ((dana, people.dana), (charlie, people.charlie)):
        clinician.user = user
        clinician.save(update_fields=["user"])
    row = services.add_license(actor=alice, clinician_id=dana.pk, upload=Upload("license.pdf", SCAN), **PA)
    url = f"/p/fernhollow/team/licenses/{row.pk}/scan/"
    assert signed_in(people.dana).get(url).status_code == 200
    assert signed_in(people.charlie).get(url).status_code == 404
    assert signed_in(people.erin).get(url).status_code == 403


def test_a_file_of_another_practice_is_not_there(people: Cast, hire: Hire, alice: Actor) -> None:
    row = services.add_license(actor=alice, clinician_id=hire("Dana Whitfield").pk, **PA)
    rivermark: Practice = people.rivermark
    with practice_context(rivermark.pk):
        assert not License.objects.filter(pk=row.pk).exists()
    assert signed_in(people.heidi).get(f"/p/rivermark/team/licenses/{row.pk}/").status_code == 404


def test_an_attestation_that_was_renewed_does_not_stand_in_red(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    for issued in (dt.date(2026, 4, 28), dt.date(2026, 9, 19)):
        services.add_document(actor=alice, clinician_id=dana.pk, kind="caqh", issued_on=issued)
    found = {row.row.issued_on: (row.near, row.is_replaced) for row in file.documents(dana, dt.date(2026, 11, 23))}
    assert found == {dt.date(2026, 4, 28): ("", True), dt.date(2026, 9, 19): ("", False)}
