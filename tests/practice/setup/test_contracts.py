"""What payers agreed to pay: spans, rates, and who may know."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from practice.actors import Actor
from practice.models import AuditEvent, Contract, ContractRate, CredentialLevel
from practice.setup import selectors, services
from practice.setup.errors import SetupRefusedError
from tests.people import Cast, signed_in

D = Decimal
JUNE = dt.date(2026, 6, 1)
NEXT: dict[str, Any] = {"name": "2027 rates", "starts_on": dt.date(2027, 1, 1), "ends_on": None}


def test_rates_are_looked_up_by_payer_service_and_level(here: dict[str, Any], alice: Actor) -> None:
    payer, service = here["payer"].pk, here["service_90837"].pk
    trainee = {(service, CredentialLevel.TRAINEE.value): D("90.00")}
    services.save_rates(actor=alice, contract_id=here["contract"].pk, rates=trainee)
    rates = selectors.rates_on(JUNE, [payer, here["other_payer"].pk])
    assert rates[payer, service, ""] == D("142.00")
    assert selectors.rate_for(rates, payer, service, "trainee") == D("90.00")
    assert selectors.rate_for(rates, payer, service, "independent") == D("142.00")
    assert selectors.rate_for(rates, payer, here["service_90853"].pk, "independent") is None
    assert selectors.rates_on(dt.date(2025, 12, 31), [payer]) == {}


def test_all_rates_of_a_date_take_one_query(here: dict[str, Any], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        selectors.rates_on(JUNE, [here["payer"].pk, here["other_payer"].pk])


def test_where_the_rates_wall_is_closed_there_are_none(here: dict[str, Any], people: Cast, inside: Any) -> None:
    with inside(people.fernhollow, rates=False):
        assert selectors.rates_on(JUNE, [here["payer"].pk]) == {}


def test_a_contract_over_another_s_days_is_refused_and_names_it(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError) as refused:
        services.add_contract(actor=alice, payer_id=here["payer"].pk, **NEXT)
    assert "2026 rates (from Jan 1, 2026) covers some of these days" in str(refused.value)
    assert refused.value.field == "starts_on"


def test_an_ended_contract_makes_room_and_cannot_be_reopened_over_the_next(here: dict[str, Any], alice: Actor) -> None:
    contract = here["contract"]
    services.end_contract(actor=alice, contract_id=contract.pk, ends_on=dt.date(2026, 12, 31))
    services.add_contract(actor=alice, payer_id=here["payer"].pk, **NEXT)
    with pytest.raises(SetupRefusedError, match="2027 rates"):
        services.reopen_contract(actor=alice, contract_id=contract.pk)


def test_a_copy_has_the_rates_and_ends_the_old_one_the_day_before(here: dict[str, Any], alice: Actor) -> None:
    old, payer = here["contract"], here["payer"].pk
    services.copy_contract(actor=alice, contract_id=old.pk, **NEXT)
    assert Contract.objects.get(pk=old.pk).ends_on == dt.date(2026, 12, 31)
    assert selectors.rates_on(dt.date(2026, 12, 31), [payer]) == selectors.rates_on(dt.date(2027, 1, 1), [payer])


def test_a_contract_does_not_end_before_it_starts(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="ends before it starts"):
        services.end_contract(actor=alice, contract_id=here["contract"].pk, ends_on=dt.date(2025, 12, 31))


def test_saving_the_grid_sets_changes_and_removes(here: dict[str, Any], alice: Actor) -> None:
    long, middle, extra = (here[f"service_{code}"].pk for code in ("90837", "90834", "90785"))
    rates = {(long, ""): None, (middle, ""): D("0.00"), (extra, "associate"): D("12.50")}
    services.save_rates(actor=alice, contract_id=here["contract"].pk, rates=rates)
    found = ContractRate.objects.filter(contract=here["contract"]).values_list("service_id", "level", "amount")
    assert set(found) == {(middle, "", D("0.00")), (extra, "associate", D("12.50"))}


def test_the_trail_says_which_rates_changed_and_no_amount(here: dict[str, Any], alice: Actor) -> None:
    cell = (here["service_90837"].pk, "")
    services.save_rates(actor=alice, contract_id=here["contract"].pk, rates={cell: D("151.37")})
    event = AuditEvent.objects.get(action="rates.changed")
    assert event.after == {f"{cell[0]} every level": "changed"}
    assert "151.37" not in str(list(AuditEvent.objects.values_list("before", "after")))


@pytest.mark.parametrize("cell", [(0, ""), (None, "wizard")])
def test_an_unknown_service_or_level_is_refused(here: dict[str, Any], alice: Actor, cell: tuple[Any, str]) -> None:
    service = here["service_90837"].pk if cell[0] is None else cell[0]
    with pytest.raises(SetupRefusedError):
        services.save_rates(actor=alice, contract_id=here["contract"].pk, rates={(service, cell[1]): D("1.00")})


def test_a_rate_below_zero_is_refused(here: dict[str, Any], alice: Actor) -> None:
    cell = (here["service_90837"].pk, "")
    with pytest.raises(SetupRefusedError, match="below zero"):
        services.save_rates(actor=alice, contract_id=here["contract"].pk, rates={cell: D("-1.00")})


def test_a_grid_with_a_fault_keeps_what_was_typed(here: dict[str, Any], people: Cast) -> None:
    url = f"/p/fernhollow/settings/contracts/{here['contract'].pk}/rates/"
    cells = [f"rate_{here[f'service_{code}'].pk}_every" for code in ("90837", "90834")]
    answer = signed_in(people.alice).post(url, {cells[0]: "-4", cells[1]: "133.11"})
    assert answer.status_code == 422
    assert b"An amount cannot be below zero." in answer.content
    assert b"133.11" in answer.content


def test_the_msos_staff_see_the_payer_and_no_contract(here: dict[str, Any], people: Cast) -> None:
    client = signed_in(people.ivan)
    for url in ("settings/payers/", f"settings/payers/{here['payer'].pk}/"):
        answer = client.get(f"/p/fernhollow/{url}")
        assert answer.status_code == 200
        assert b"2026 rates" not in answer.content
        assert b"142.00" not in answer.content
    assert client.get(f"/p/fernhollow/settings/contracts/{here['contract'].pk}/").status_code == 403


def test_rates_need_their_own_permission(here: dict[str, Any], people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.save_rates(actor=people.actor(people.ivan), contract_id=here["contract"].pk, rates={})


def test_nobody_reaches_another_practice_s_contract(here: dict[str, Any], people: Cast) -> None:
    client: Client = signed_in(people.heidi)
    assert client.get(f"/p/rivermark/settings/contracts/{here['contract'].pk}/").status_code == 404
