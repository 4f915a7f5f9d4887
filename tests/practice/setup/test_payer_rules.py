"""How payers want claims, by the date of service; every change can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from practice.actors import Actor
from practice.models import AuditEvent, PayerRules, PracticePayer
from practice.models.payer_rules import ALWAYS
from practice.payer_rules import rulebook, rules_on
from practice.setup import rule_words, services
from practice.setup.errors import SetupRefusedError
from tests.people import Cast, signed_in

JULY, AUGUST, OCTOBER = dt.date(2026, 7, 1), dt.date(2026, 8, 1), dt.date(2026, 10, 1)
DAY = dt.timedelta(days=1)
FORM = {
    "starts_on": "2026-10-01",
    "taxonomy": "both",
    "home_place": "10",
    "elsewhere_place": "02",
    "video_modifier": "GT",
    "audio_modifier": "93",
    "supervised": "refused",
    "filing_days": "120",
    "secondary_filing_days": "60",
    "authorized_codes": "96130, 96131",
    "takes_replacements": "on",
    "sessions": "apart",
}


@pytest.fixture
def payer(here: dict[str, Any]) -> PracticePayer:
    """Harbor Mutual, about which nothing is written down."""
    found: PracticePayer = here["other_payer"]
    return found


def days_on(payer: PracticePayer, *dates: dt.date) -> list[int]:
    book = rulebook([payer.pk])
    return [book.on(payer.pk, date).filing_days for date in dates]


def put(actor: Actor, payer: PracticePayer, starts_on: dt.date, days: int) -> PayerRules:
    return services.set_rules(actor=actor, payer_id=payer.pk, starts_on=starts_on, facts={"filing_days": days})


def test_without_rules_the_usual_ways_count(payer: PracticePayer) -> None:
    rules = rules_on(payer.pk, JULY)
    assert (rules.filing_days, rules.taxonomy, rules.video_modifier, rules.supervised) == (90, "both", "95", "refused")
    assert (rules.reports_patient_paid, rules.takes_replacements, rules.received_is_accepted) == (False, True, False)


def test_a_change_counts_from_its_day_and_ends_the_rules_before(payer: PracticePayer, alice: Actor) -> None:
    put(alice, payer, ALWAYS, 120)
    put(alice, payer, OCTOBER, 60)
    assert days_on(payer, JULY, OCTOBER - DAY, OCTOBER) == [120, 120, 60]


def test_a_change_between_two_others_ends_where_the_later_begins(payer: PracticePayer, alice: Actor) -> None:
    put(alice, payer, OCTOBER, 60)
    put(alice, payer, JULY, 120)
    put(alice, payer, AUGUST, 30)
    assert days_on(payer, JULY - DAY, JULY, AUGUST, OCTOBER - DAY, OCTOBER) == [90, 120, 30, 30, 60]


def test_the_same_day_corrects_and_taking_back_brings_the_former_back(payer: PracticePayer, alice: Actor) -> None:
    put(alice, payer, JULY, 120)
    corrected = put(alice, payer, JULY, 180)
    assert days_on(payer, JULY) == [180]
    services.take_back_rules(actor=alice, rules_id=corrected.pk)
    assert days_on(payer, JULY) == [120]
    services.restore_rules(actor=alice, rules_id=corrected.pk)
    assert days_on(payer, JULY) == [180]


def test_what_is_taken_back_leaves_its_days_to_the_rules_before(payer: PracticePayer, alice: Actor) -> None:
    put(alice, payer, ALWAYS, 120)
    between = put(alice, payer, AUGUST, 30)
    put(alice, payer, OCTOBER, 60)
    services.take_back_rules(actor=alice, rules_id=between.pk)
    assert days_on(payer, JULY, AUGUST, OCTOBER) == [120, 120, 60]
    services.restore_rules(actor=alice, rules_id=between.pk)
    assert days_on(payer, JULY, AUGUST, OCTOBER) == [120, 30, 60]
    with pytest.raises(SetupRefusedError, match="Other rules count"):
        services.restore_rules(actor=alice, rules_id=between.pk)


def test_what_was_put_there_meanwhile_stays(payer: PracticePayer, alice: Actor) -> None:
    gone = put(alice, payer, JULY, 120)
    services.take_back_rules(actor=alice, rules_id=gone.pk)
    put(alice, payer, JULY, 30)
    with pytest.raises(SetupRefusedError, match="Other rules count from that day"):
        services.restore_rules(actor=alice, rules_id=gone.pk)
    with pytest.raises(SetupRefusedError, match="taken back already"):
        services.take_back_rules(actor=alice, rules_id=gone.pk)
    assert days_on(payer, JULY) == [30]


def test_a_change_that_changes_nothing_is_refused(payer: PracticePayer, alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="count already"):
        put(alice, payer, JULY, 90)
    put(alice, payer, JULY, 120)
    with pytest.raises(SetupRefusedError, match="count already"):
        put(alice, payer, AUGUST, 120)
    with pytest.raises(SetupRefusedError, match="at least one day"):
        put(alice, payer, AUGUST, 0)


def test_two_rules_on_one_day_are_refused_by_the_database(payer: PracticePayer) -> None:
    PayerRules.objects.create(payer=payer, starts_on=JULY)
    with pytest.raises(IntegrityError, match="payer_rules_one_at_a_time"), transaction.atomic():
        PayerRules.objects.create(payer=payer, starts_on=AUGUST)
    PayerRules.objects.create(payer=payer, starts_on=AUGUST, withdrawn_at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))


def test_medicare_takes_no_replacements_from_the_first_day(here: dict[str, Any], alice: Actor) -> None:
    medicare = services.add_own_payer(actor=alice, name="Medicare of PA", claim_filing_indicator="MB")
    assert not rules_on(medicare.pk, JULY).takes_replacements
    plain = services.add_own_payer(actor=alice, name="Quiet Health", filing_days=90)
    assert not PayerRules.objects.filter(payer=plain).exists(), "the usual ways are not written down"


def test_who_sends_claims_may_change_them_and_who_looks_may_not(payer: PracticePayer, alice: Actor) -> None:
    bob = Actor(alice.practice_id, alice.user_id, "Bob", frozenset({"practice:view", "claims:edit"}))
    put(bob, payer, JULY, 120)
    nobody = Actor(alice.practice_id, alice.user_id, "Charlie", frozenset({"practice:view"}))
    with pytest.raises(PermissionDenied):
        put(nobody, payer, AUGUST, 60)


def test_the_trail_says_what_was_and_what_became(payer: PracticePayer, alice: Actor) -> None:
    put(alice, payer, JULY, 120)
    corrected = put(alice, payer, JULY, 180)
    event = AuditEvent.objects.get(action="payer.rules_set", object_id=str(corrected.pk))
    was, became = event.before or {}, event.after or {}
    assert (was["filing_days"], became["filing_days"]) == (120, 180)


def test_the_history_goes_down_to_the_beginning(payer: PracticePayer, alice: Actor) -> None:
    put(alice, payer, JULY, 120)
    put(alice, payer, OCTOBER, 60)
    rows = rule_words.history(payer, AUGUST)
    assert [(row.rules.starts_on, row.phase) for row in rows] == [
        (OCTOBER, "coming"),
        (JULY, "running"),
        (ALWAYS, "past"),
    ]
    assert rows[1].says == "120 days to file, no supervised clinicians, 95 by video, 93 by phone"


def test_the_page_saves_from_a_day_on_and_offers_to_undo_it(here: dict[str, Any], people: Cast, inside: Any) -> None:
    client, pk = signed_in(people.bob), here["payer"].pk
    page = client.get(f"/p/fernhollow/settings/payers/{pk}/").content.decode()
    assert "60 days to file" in page
    answer = client.post(f"/p/fernhollow/settings/payers/{pk}/rules/", FORM, follow=True).content.decode()
    assert "120 days to file, no supervised clinicians, GT by video, 93 by phone" in answer
    assert "authorization for 96130, 96131" in answer
    with inside(people.fernhollow):
        made = PayerRules.objects.get(filing_days=120)
    undo = f"/p/fernhollow/settings/payer-rules/{made.pk}/take-back/"
    assert undo in answer
    assert "take back" not in client.post(undo, follow=True).content.decode()
    with inside(people.fernhollow):
        assert rules_on(pk, OCTOBER).filing_days == 60


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("member_id_form", "KEY123", "“KEY123” is no form."),
        ("authorized_codes", "9613", "“9613” is no procedure code."),
        ("supervised_modifier", "H", "A modifier has two letters or digits, as HO."),
        ("filing_days", "0", "at least"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    here: dict[str, Any], people: Cast, field: str, value: str, sentence: str
) -> None:
    answer = signed_in(people.alice).post(
        f"/p/fernhollow/settings/payers/{here['payer'].pk}/rules/", FORM | {field: value}
    )
    assert answer.status_code == 422
    if sentence != "at least":
        assert sentence in answer.content.decode()
