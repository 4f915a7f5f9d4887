"""On which terms somebody works."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from clinicians import selectors, services
from clinicians.errors import TeamRefusedError
from clinicians.models import Engagement
from practice.actors import Actor
from practice.models import AuditEvent
from tests.clinicians.conftest import Hire

JUNE = dt.date(2026, 6, 1)


def test_terms_that_share_days_are_refused_naming_both(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield", engagement="contractor")
    with pytest.raises(TeamRefusedError) as refused:
        services.add_engagement(actor=alice, clinician_id=dana.pk, kind="w2_exempt", starts_on=JUNE)
    assert str(refused.value).startswith(
        "“Employee (W-2), exempt” from Jun 1 and “Contractor (1099)” from Jan 6, 2025 share days."
    )


def test_new_terms_end_the_former_the_day_before_when_asked(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield", engagement="contractor")
    services.add_engagement(actor=alice, clinician_id=dana.pk, kind="w2_exempt", starts_on=JUNE, end_former=True)
    rows = Engagement.objects.filter(clinician=dana).order_by("starts_on").values_list("kind", "ends_on")
    assert list(rows) == [("contractor", dt.date(2026, 5, 31)), ("w2_exempt", None)]


def test_terms_that_would_begin_first_end_nobody(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    with pytest.raises(TeamRefusedError, match="share days"):
        services.add_engagement(
            actor=alice, clinician_id=dana.pk, kind="partner", starts_on=dt.date(2024, 1, 1), end_former=True
        )


def test_the_number_is_encrypted_and_never_in_the_trail(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield", engagement="contractor")
    row = Engagement.objects.get(clinician=dana)
    facts = {"kind": "contractor", "starts_on": row.starts_on, "ends_on": None, "business_name": "DW Therapy"}
    services.change_engagement(actor=alice, engagement_id=row.pk, tin_type="ein", tin="12 3456789", **facts)
    row.refresh_from_db()
    assert (row.tin, row.tin_last4) == ("12-3456789", "6789")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tin FROM clinicians_engagement WHERE id = %s", [row.pk])
        assert "3456789" not in cursor.fetchone()[0]
    assert "3456789" not in str(list(AuditEvent.objects.values_list("before", "after")))
    assert AuditEvent.objects.filter(action="engagement.changed", after__tin="changed").exists()


def test_an_empty_number_keeps_the_one_on_file(hire: Hire, alice: Actor) -> None:
    dana = hire("Dana Whitfield", engagement="contractor")
    row = Engagement.objects.get(clinician=dana)
    facts = {"kind": "contractor", "starts_on": row.starts_on, "ends_on": None, "tin_type": "ssn", "business_name": ""}
    services.change_engagement(actor=alice, engagement_id=row.pk, tin="123-45-6789", **facts)
    services.change_engagement(actor=alice, engagement_id=row.pk, tin="", **facts)
    row.refresh_from_db()
    assert row.tin == "123-45-6789"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"tin": "12345"}, "An SSN has nine digits; this has 5."),
        ({"tin_type": "ein", "tin": "123456789"}, "Name the business that the EIN belongs to."),
        ({"kind": "w2_exempt", "tin_type": "ein", "tin": "123456789"}, "An employee is paid under an SSN"),
        ({"ends_on": dt.date(2026, 5, 1)}, "The last day is before the first."),
    ],
)
def test_what_does_not_fit_is_said(hire: Hire, alice: Actor, facts: dict[str, object], sentence: str) -> None:
    dana = hire("Dana Whitfield")
    values: dict[str, object] = {"kind": "contractor", "starts_on": JUNE, "end_former": True} | facts
    with pytest.raises(TeamRefusedError, match=sentence):
        services.add_engagement(actor=alice, clinician_id=dana.pk, **values)  # type: ignore[arg-type]


def test_partners_and_owners_are_in_no_file(hire: Hire) -> None:
    kinds = ("w2_exempt", "contractor", "partner", "sole_owner")
    names = ("A A", "B B", "C C", "D D")
    made = [hire(name, engagement=kind) for name, kind in zip(names, kinds, strict=True)]
    found = selectors.engagement_on(JUNE)
    assert [found[row.pk]["file"] for row in made] == ["w2", "1099", "", ""]
    assert selectors.engagement_on(dt.date(2024, 1, 1)) == {}
