"""Clients: the list, the record, coverage, diagnoses, contacts. `client` is on Charlie's caseload."""

from __future__ import annotations

from typing import Any, Final

from clients.models import Authorization, Caseload, Client, ClientDiagnosis, Contact, Coverage
from practice.models import Practice
from tests.matrix.row import Facts, Row, nothing
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

EDITORS: Final = "alice bob frank"
SEERS: Final = "alice bob charlie frank ivan"
DIAGNOSERS: Final = "alice bob charlie frank"
STRANGERS: Final = "dana grace"


def removed(kind: str) -> Facts:
    """The page of a client from whose record something was removed."""

    def ids(world: World, practice: Practice) -> dict[str, Any]:
        return {"pk": world.one(practice, "past_client").pk, kind: world.one(practice, f"removed_{kind}")}

    return ids


def sends_clinician(world: World, practice: Practice) -> dict[str, Any]:
    """Somebody who does not see the client yet."""
    return {"clinician": world.one(practice, "other_clinician").pk, "starts_on": "2026-11-17"}


def sends_coverage(**facts: str) -> Facts:
    """A plan of the payer."""

    def body(world: World, practice: Practice) -> dict[str, Any]:
        plan = {"rank": "primary", "relationship": "18", "member_id": "NEW1", "starts_on": "2026-01-05"}
        return plan | {"payer": world.one(practice, "payer").pk} | facts

    return body


PERSON: Final = sends(first_name="Maya", last_name="Rios", status="active")
CONTACT: Final = sends(name="Luis Torres", phone="215-555-0143")
ALLOWED: Final = sends(number="A-3003", units="8", starts_on="2026-11-01", ends_on="2027-01-31")


def page(name: str, allowed: str, ids: Facts, hidden: str = "") -> Row:
    """Opening a page."""
    return Row(name, allowed, ids=ids, hidden=hidden)


def act(name: str, changes: Any, ids: Facts, body: Facts = nothing, *, diagnoses: bool = False) -> Row:
    """Sending a form."""
    allowed, hidden = (DIAGNOSERS, STRANGERS) if diagnoses else (EDITORS, "")
    return Row(name, allowed, "POST", ids=ids, body=body, changes=changes, hidden=hidden)


ROWS: Final = [
    Row("clients", f"{SEERS} {STRANGERS}"),
    Row("search_clients", f"{SEERS} {STRANGERS}", "POST", body=sends(q="Torres")),
    Row("add_client", EDITORS),
    Row("add_client", EDITORS, "POST", body=sends(first_name="June", last_name="Park"), changes=Client),
    page("client", SEERS, of("client"), STRANGERS),
    page("client_coverage", SEERS, of("client"), STRANGERS),
    page("client_diagnoses", SEERS, of("client"), STRANGERS),
    page("client_contacts", SEERS, of("client"), STRANGERS),
    page("edit_client", EDITORS, of("client")),
    act("edit_client", Client, of("client"), PERSON),
    act("change_client_status", Client, of("client"), sends(status="inactive")),
    act("assign_clinician", Caseload, of("client"), sends_clinician),
    act("end_caseload", Caseload, of("caseload")),
    act("reopen_caseload", Caseload, of("ended_caseload")),
    page("add_coverage", EDITORS, of("client")),
    act("add_coverage", Coverage, of("client"), sends_coverage(rank="secondary")),
    page("edit_coverage", EDITORS, of("coverage")),
    act("edit_coverage", Coverage, of("coverage"), sends_coverage()),
    page("end_coverage", EDITORS, of("coverage")),
    act("end_coverage", Coverage, of("coverage"), sends(ends_on="2026-11-17")),
    act("reopen_coverage", Coverage, of("ended_coverage")),
    page("add_authorization", EDITORS, of("coverage")),
    act("add_authorization", Authorization, of("coverage"), ALLOWED),
    page("edit_authorization", EDITORS, of("authorization")),
    act("edit_authorization", Authorization, of("authorization"), ALLOWED),
    act("remove_authorization", Authorization, of("authorization")),
    act("restore_authorization", Authorization, removed("authorization")),
    Row(
        "search_diagnoses",
        DIAGNOSERS,
        "POST",
        ids=of("client"),
        body=sends(q="F41", starts_on="2026-11-17"),
        hidden=STRANGERS,
    ),
    act("add_diagnosis", ClientDiagnosis, of("client"), sends(code="F32.1", starts_on="2026-11-17"), diagnoses=True),
    act("move_diagnosis", ClientDiagnosis, of("second_diagnosis"), sends(to="up"), diagnoses=True),
    act("end_diagnosis", ClientDiagnosis, of("diagnosis"), diagnoses=True),
    act("reopen_diagnosis", ClientDiagnosis, of("ended_diagnosis"), diagnoses=True),
    act("remove_diagnosis", ClientDiagnosis, of("diagnosis"), diagnoses=True),
    act("restore_diagnosis", ClientDiagnosis, removed("diagnosis"), diagnoses=True),
    page("add_contact", EDITORS, of("client")),
    act("add_contact", Contact, of("client"), CONTACT),
    page("edit_contact", EDITORS, of("contact")),
    act("edit_contact", Contact, of("contact"), CONTACT),
    act("remove_contact", Contact, of("contact")),
    act("restore_contact", Contact, removed("contact")),
]
