"""Payers in use, from the directory and the practice's own; and locations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from practice.actors import Actor
from practice.models import PayerDirectoryEntry, PayerEnrollment, PayerNumber, PracticePayer, PracticeSettings
from practice.setup import directory, services
from practice.setup.errors import SetupRefusedError

OFFICE = {"name": "Annex", "place_of_service": "11", "is_telehealth": False}


def test_the_directory_is_searched_by_name_other_name_and_id(here: dict[str, Any]) -> None:
    entry = PayerDirectoryEntry.objects.filter(aliases__gt="", payer_id__gt="").order_by("key")[0]
    for words in (entry.name, entry.aliases.split(";")[0], entry.payer_id):
        assert entry in [row.entry for row in directory.payers(words)], words
    assert directory.payers("  ") == []


def test_a_payer_of_the_directory_comes_with_its_id_and_is_known_as_used(here: dict[str, Any], alice: Actor) -> None:
    entry = PayerDirectoryEntry.objects.exclude(payer_id="").order_by("key")[0]
    payer = services.add_directory_payer(actor=alice, entry_id=entry.pk)
    assert (payer.name, payer.payer_id) == (entry.name[:60], entry.payer_id)
    assert payer.claim_filing_indicator == entry.claim_filing_indicator
    used = {row.entry.pk: row.used for row in directory.payers(entry.payer_id)}
    assert used[entry.pk] == payer


@pytest.mark.parametrize("name", ["Evergreen Health", "EVERGREEN health "])
def test_a_name_is_used_once(here: dict[str, Any], alice: Actor, name: str) -> None:
    with pytest.raises(SetupRefusedError, match="There is a payer called") as refused:
        services.add_own_payer(actor=alice, name=name)
    assert refused.value.field == "name"


def test_a_payer_keeps_its_dates_and_its_numbers(here: dict[str, Any], alice: Actor) -> None:
    since = {"837": dt.date(2026, 3, 1), "835": None, "270": dt.date(2026, 4, 1)}
    facts = {"name": "Evergreen", "payer_id": "EVG09"}
    services.change_payer(
        actor=alice, payer_id=here["payer"].pk, facts=facts, enrolled_since=since, numbers={"stedi": "EVGST"}
    )
    payer = PracticePayer.objects.get(pk=here["payer"].pk)
    assert (payer.name, payer.payer_id) == ("Evergreen", "EVG09")
    dates = dict(PayerEnrollment.objects.filter(payer=payer).values_list("transaction", "since"))
    assert dates == {"837": dt.date(2026, 3, 1), "270": dt.date(2026, 4, 1)}
    assert list(PayerNumber.objects.values_list("clearinghouse", "number")) == [("stedi", "EVGST")]


def test_an_enrollment_is_for_the_npi_of_the_day_it_was_written_down(here: dict[str, Any], alice: Actor) -> None:
    payer, first, later = here["payer"], dt.date(2026, 3, 1), dt.date(2026, 9, 1)
    for npi, since in (("1245319599", first), ("1003000126", first), ("1003000126", later)):
        PracticeSettings.objects.update(npi=npi)
        services.change_payer(
            actor=alice, payer_id=payer.pk, facts={"name": payer.name}, enrolled_since={"837": since}, numbers={}
        )
        known = PayerEnrollment.objects.get(payer=payer, transaction="837")
        assert known.npi == ("1003000126" if since == later else "1245319599")


def test_an_own_name_is_used_once_among_locations(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="called main office already"):
        services.add_location(actor=alice, **(OFFICE | {"name": "main office"}))


@pytest.mark.parametrize(("code", "telehealth"), [("10", False), ("02", False), ("11", True)])
def test_the_place_of_service_fits_the_location(
    here: dict[str, Any], alice: Actor, code: str, telehealth: bool
) -> None:
    with pytest.raises(SetupRefusedError) as refused:
        services.add_location(actor=alice, **(OFFICE | {"place_of_service": code, "is_telehealth": telehealth}))
    assert refused.value.field == "place_of_service"
