"""Insurance: overlaps, subscribers, what is cleaned."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients import services
from clients.errors import ClientRefusedError
from clients.forms.coverage import CoverageForm
from clients.missing import for_claims
from clients.models import Client, Coverage
from practice.actors import Actor
from practice.models import AuditEvent, PracticePayer
from tests.clients.conftest import File

JANUARY, JULY, NEXT = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2027, 1, 1)
PARENT = {
    "relationship": "19",
    "subscriber_first_name": "Rosa",
    "subscriber_last_name": "Torres",
    "subscriber_date_of_birth": dt.date(1962, 2, 3),
}


@pytest.fixture
def client(file: File) -> Client:
    return file()


@pytest.fixture
def first(alice: Actor, client: Client, payer: PracticePayer) -> Coverage:
    return services.add_coverage(actor=alice, client_id=client.pk, payer=payer, rank="primary", starts_on=JANUARY)


@pytest.fixture
def other_payer(at_fernhollow: None) -> PracticePayer:
    return PracticePayer.objects.create(name="Blue Harbor PPO")


def add(actor: Actor, client: Client, payer: PracticePayer, **values: Any) -> Coverage:
    facts: dict[str, Any] = {"rank": "primary", "starts_on": JULY} | values
    return services.add_coverage(actor=actor, client_id=client.pk, payer=payer, **facts)


def test_shared_days_of_one_rank_are_refused_naming_the_other(
    alice: Actor, client: Client, first: Coverage, other_payer: PracticePayer
) -> None:
    said = "Keystone Mutual is the primary coverage from Jan 1. End it on the day before, or choose other dates."
    with pytest.raises(ClientRefusedError) as error:
        add(alice, client, other_payer)
    assert (str(error.value), error.value.field) == (said, "starts_on")


def test_the_former_coverage_can_end_the_day_before(
    alice: Actor, client: Client, first: Coverage, other_payer: PracticePayer
) -> None:
    add(alice, client, other_payer, end_former=True)
    first.refresh_from_db()
    assert first.ends_on == dt.date(2026, 6, 30)
    assert AuditEvent.objects.get(action="coverage.ended").client_id == client.pk


def test_primary_and_secondary_run_side_by_side(
    alice: Actor, client: Client, first: Coverage, other_payer: PracticePayer
) -> None:
    assert add(alice, client, other_payer, rank="secondary").rank == "secondary"


def test_postgresql_has_the_last_word(client: Client, first: Coverage, other_payer: PracticePayer) -> None:
    with pytest.raises(IntegrityError, match="coverage_one_of_a_rank_at_a_time"), transaction.atomic():
        Coverage.objects.create(client=client, payer=other_payer, starts_on=JULY)


def test_reopening_what_another_replaced_is_refused(
    alice: Actor, client: Client, first: Coverage, other_payer: PracticePayer
) -> None:
    add(alice, client, other_payer, end_former=True)
    with pytest.raises(ClientRefusedError, match="Blue Harbor PPO is the primary coverage from Jul 1"):
        services.reopen_coverage(actor=alice, coverage_id=first.pk)


def test_ending_and_taking_it_back(alice: Actor, first: Coverage) -> None:
    assert services.end_coverage(actor=alice, coverage_id=first.pk, ends_on=JULY).ends_on == JULY
    assert services.reopen_coverage(actor=alice, coverage_id=first.pk).ends_on is None
    with pytest.raises(ClientRefusedError, match="before the first"):
        services.end_coverage(actor=alice, coverage_id=first.pk, ends_on=dt.date(2025, 12, 31))


@pytest.mark.parametrize("missing", sorted(set(PARENT) - {"relationship"}))
def test_a_subscriber_needs_name_and_date_of_birth(
    alice: Actor, client: Client, payer: PracticePayer, missing: str
) -> None:
    facts = PARENT | {missing: None if missing.endswith("birth") else ""}
    with pytest.raises(ClientRefusedError, match="when the client is not the subscriber") as error:
        add(alice, client, payer, **facts)
    assert error.value.field == missing


def test_the_form_names_everything_that_is_missing_of_a_subscriber(payer: PracticePayer) -> None:
    form = CoverageForm(
        {"payer": payer.pk, "rank": "primary", "member_id": "W1", "starts_on": "2026-01-01", "relationship": "19"}
    )
    assert set(form.errors) == {"subscriber_first_name", "subscriber_last_name", "subscriber_date_of_birth"}


def test_nothing_of_a_subscriber_stays_when_it_is_the_client(
    alice: Actor, client: Client, payer: PracticePayer
) -> None:
    row = add(alice, client, payer, **PARENT, city="Camden")
    assert not row.is_own
    facts = PARENT | {"relationship": "18", "city": "Camden", "payer": payer, "rank": "primary", "starts_on": JULY}
    services.change_coverage(actor=alice, coverage_id=row.pk, **facts)
    row.refresh_from_db()
    assert (row.is_own, row.subscriber_first_name, row.subscriber_date_of_birth, row.city) == (True, "", None, "")


def test_a_member_id_is_cleaned(alice: Actor, client: Client, payer: PracticePayer) -> None:
    assert add(alice, client, payer, member_id=" km 44 71a ").member_id == "KM4471A"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"referring_first_name": "Fay"}, "referring_last_name"),
        ({"referring_last_name": "Fox"}, "referring_npi"),
        ({"referring_npi": "1003000126"}, "referring_last_name"),
    ],
)
def test_who_referred_is_named_whole_or_not_at_all(
    alice: Actor, client: Client, payer: PracticePayer, given: dict[str, str], field: str
) -> None:
    with pytest.raises(ClientRefusedError) as error:
        add(alice, client, payer, **given)
    assert error.value.field == field
    whole = {"referring_first_name": "Fay", "referring_last_name": "Fox", "referring_npi": "1003000126"}
    row = add(alice, client, payer, **whole)
    assert (row.referring_last_name, row.referring_npi) == ("Fox", "1003000126")


def test_the_npi_of_who_referred_has_its_check_digit(at_fernhollow: None) -> None:
    assert "referring_npi" in CoverageForm({"referring_npi": "1003000127"}).errors
    assert "referring_npi" not in CoverageForm({"referring_npi": "1003000126"}).errors


def test_why_medicare_pays_second_is_asked_where_it_does_and_refused_elsewhere(
    alice: Actor, client: Client, payer: PracticePayer
) -> None:
    medicare = PracticePayer.objects.create(name="Medicare", payer_id="12502", claim_filing_indicator="MB")
    facts: dict[str, Any] = {"payer": medicare, "rank": "secondary", "starts_on": JANUARY, "member_id": "1EG4"}
    row = services.add_coverage(actor=alice, client_id=client.pk, **facts)
    asked = [one.sentence for one in for_claims(client, [row], [])]
    assert "Why Medicare pays second is missing." in asked
    services.change_coverage(actor=alice, coverage_id=row.pk, **facts, medicare_type="12")
    row.refresh_from_db()
    assert "Why Medicare pays second is missing." not in [one.sentence for one in for_claims(client, [row], [])]
    with pytest.raises(ClientRefusedError, match="Medicare that pays as secondary"):
        services.change_coverage(actor=alice, coverage_id=row.pk, **(facts | {"payer": payer}), medicare_type="12")
