"""Sessions of every kind, billed and written, for tests that read the segments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from billing.models import Claim, ClaimLine, Request
from practice import files
from practice.models import PayerRules, Service, ServiceFee
from practice.models.payer_rules import ALWAYS
from scheduling.models import Attendance, AttendanceAddOn
from tests.billing.claims.hands import Post, content
from tests.edi.oracles import pyx12_errors
from tests.scheduling.readiness import made

VISITS = ["99212", "99213", "99214"]


def rules(post: Post, starts_on: dt.date = ALWAYS, **facts: Any) -> PayerRules:
    """What Keystone Mutual wants, from a day on."""
    return PayerRules.objects.create(payer=post.made["payer"], starts_on=starts_on, **facts)


def service(code: str, *, fee: str = "120.00", **facts: Any) -> Service:
    """A service with its fee."""
    given = {"name": f"Service {code}", "kind": "individual"} | facts
    row, _ = Service.objects.get_or_create(code=code, defaults=given)
    ServiceFee.objects.get_or_create(service=row, starts_on=made.KEPT, defaults={"amount": Decimal(fee)})
    return row


def add_on(row: Attendance, code: str, *to: str, units: int = 1, fee: str = "20.00") -> AttendanceAddOn:
    """An add-on of the session."""
    extra = service(code, kind="add_on", add_on_to=list(to), fee=fee)
    return AttendanceAddOn.objects.create(attendance=row, service=extra, units=units, fee=Decimal(fee))


def lasting(minutes: int) -> dict[str, Any]:
    """The times of a session of this length."""
    return {"actual_start": made.START, "actual_stop": made.START + dt.timedelta(minutes=minutes)}


def by_telehealth(row: Attendance, place: str = "10", **facts: Any) -> Attendance:
    """The session by video, or by phone where its modifiers say so."""
    row.session.telehealth = True
    row.session.save(update_fields=["telehealth"])
    given = {"place_of_service": place, "client_state": "PA"} | facts
    Attendance.objects.filter(pk=row.pk).update(**given)
    row.refresh_from_db()
    return row


def written(post: Post) -> list[list[str]]:
    """What the waiting batch says, claim by claim: its segments as text from HL on; pyx12 accepts the file."""
    (request,) = post.leave()
    return segments_of(request)


def segments_of(request: Request) -> list[list[str]]:
    """The same of one file."""
    assert pyx12_errors(files.read(request.file)) == []
    found: list[list[str]] = []
    for transaction in content(request).transactions:
        for segment in transaction.segments:
            text = str(segment)
            if text.startswith("HL*") and "*22*" in text:
                found.append([])
            if found and not text.startswith("SE*"):
                found[-1].append(text)
    return found


def one(post: Post, row: Attendance) -> list[str]:
    """The segments of the only claim of a session."""
    post.claims(row)
    (segments,) = written(post)
    return segments


def of(segments: list[str], *tags: str) -> list[str]:
    """Those that begin like this."""
    return [text for text in segments if text.startswith(tags)]


def lines_of(claim: Claim) -> list[ClaimLine]:
    return list(ClaimLine.objects.filter(claim=claim).order_by("position"))
