"""Clinicians of each practice: with a license, terms of work and enrollment with both payers."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from clinicians import services
from clinicians.models import Clinician, ClinicianDocument, Engagement, Enrollment, License, Supervision
from clinicians.services import Stretch
from practice import files
from practice.actors import Actor
from practice.models import Practice, PracticeFile, PracticePayer, User
from practice.npi import npi_is_valid
from tests.matrix.world import World, builds

SINCE: Final = dt.date(2025, 1, 6)
UNTIL: Final = dt.date(2027, 6, 30)
SCAN: Final = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@builds
def clinicians(world: World, practice: Practice) -> dict[str, Any]:
    """The clinician, a colleague, a supervisor and the owner; at Fernhollow each with their own account."""
    people, at_home = world.people, practice == world.people.fernhollow
    made = {
        "clinician": _clinician("Charlie", "Nguyen", "LPC", "10000000", people.charlie if at_home else None),
        "other_clinician": _clinician("Dana", "Whitfield", "LCSW", "10000001", people.dana if at_home else None),
        "supervisor": _clinician("Grace", "Lindqvist", "LCSW", "10000002", people.grace if at_home else None),
        "owner_clinician": _clinician("Alice", "Moreau", "LCSW", "10000003", people.alice if at_home else None),
    }
    kinds = Engagement.Kind
    terms = (kinds.W2_NONEXEMPT, kinds.CONTRACTOR, kinds.W2_EXEMPT, kinds.PARTNER)
    for clinician, kind in zip(made.values(), terms, strict=True):
        _give_standing(world, practice, clinician, kind)
    associate = _clinician("Tomas", "Ibarra", "LPC-A", "10000004", None, level="associate")
    return (
        made
        | _mistakes(practice, associate)
        | {
            "associate": associate,
            "former_clinician": _former(),
            "supervision": Supervision.objects.create(
                supervisee=associate, supervisor=made["supervisor"], starts_on=SINCE, ends_on=UNTIL
            ),
            "clinician_document": _document(practice, made["clinician"]),
            "license": made["clinician"].licenses.get(),
            "engagement": made["clinician"].engagements.get(),
            "enrollment": made["clinician"].enrollments.order_by("pk").first(),
        }
    )


def _mistakes(practice: Practice, clinician: Clinician) -> dict[str, Any]:
    """A license and terms on which nothing was built, others that were removed, and a week that was changed."""
    actor = Actor.system(practice.pk)
    made: dict[str, Any] = {}
    for name, state in (("spare_license", "NJ"), ("removed_license", "NY")):
        made[name] = License.objects.create(clinician=clinician, state=state, kind="LPC", number="1", expires_on=UNTIL)
    for name, year in (("spare_engagement", 2024), ("removed_engagement", 2023)):
        span = {"starts_on": dt.date(year, 1, 1), "ends_on": dt.date(year, 12, 31)}
        made[name] = Engagement.objects.create(clinician=clinician, kind="contractor", **span)
    services.remove_license(actor=actor, license_id=made["removed_license"].pk)
    services.remove_engagement(actor=actor, engagement_id=made["removed_engagement"].pk)
    for hour in (9, 10):
        week = [Stretch(0, dt.time(hour), dt.time(12))]
        services.set_hours(actor=actor, clinician_id=clinician.pk, stretches=week)
    return made


def npi_from(first_digits: str) -> str:
    """A number with the right check digit that begins like this."""
    stem = first_digits.ljust(9, "0")
    return next(stem + last for last in "0123456789" if npi_is_valid(stem + last))


def _former() -> Clinician:
    """Somebody who left before the spring."""
    return Clinician.objects.create(
        first_name="Noor", last_name="Haddad", credentials="LMFT", starts_on=SINCE, ends_on=dt.date(2026, 3, 31)
    )


def _document(practice: Practice, clinician: Clinician) -> ClinicianDocument:
    """The liability cover, with a scan."""
    return ClinicianDocument.objects.create(
        clinician=clinician, kind=ClinicianDocument.Kind.LIABILITY, expires_on=UNTIL, document=_scan(practice)
    )


def _scan(practice: Practice) -> PracticeFile:
    return files.store_for_practice(SCAN, name="scan.pdf", actor=Actor.system(practice.pk))


def _clinician(
    first: str, last: str, letters: str, digits: str, user: User | None, *, level: str = "independent"
) -> Clinician:
    return Clinician.objects.create(
        user=user,
        first_name=first,
        last_name=last,
        credentials=letters,
        level=level,
        npi=npi_from(digits),
        taxonomy="1041C0700X" if letters == "LCSW" else "101YP2500X",
        email=user.email if user else f"{first.lower()}@elsewhere.example",
        can_supervise=first in {"Grace", "Alice"},
        starts_on=SINCE,
    )


def _give_standing(world: World, practice: Practice, clinician: Clinician, kind: str) -> None:
    License.objects.create(
        clinician=clinician,
        state="PA",
        kind=clinician.credentials,
        number=f"PA{clinician.npi[5:]}",
        expires_on=UNTIL,
        document=_scan(practice),
    )
    Engagement.objects.create(clinician=clinician, kind=kind, starts_on=SINCE, tin_type="ssn", tin="123-45-6789")
    for name, payer_name in (("payer", "Keystone Mutual"), ("other_payer", "Blue Harbor PPO")):
        Enrollment.objects.create(
            clinician=clinician,
            payer=_payer(world, practice, name, payer_name),
            status=Enrollment.Status.EFFECTIVE,
            effective_on=SINCE,
        )


def _payer(world: World, practice: Practice, name: str, payer_name: str) -> PracticePayer:
    """The payer that the set-up made, or one of our own where it made none."""
    objects = world.objects[practice.pk]
    if name not in objects:
        objects[name] = PracticePayer.objects.create(name=payer_name)
    found: PracticePayer = objects[name]
    return found
