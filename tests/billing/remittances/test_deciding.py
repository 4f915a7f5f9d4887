"""The practice's own treatment of adjustment codes, by the service and on its page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client as Browser
from django.urls import reverse

from billing.models import AdjustmentRule, Denial
from billing.remittances import deciding, denials
from billing.remittances.errors import RemittanceRefusedError
from billing.remittances.treatments import rules
from practice.models import AuditEvent
from tests.billing.claim_factories import Bench, answer, books, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.people import Cast, signed_in


def decide(bench: Bench, group: str = "PR", reason: str = "27", treatment: str = "patient") -> AdjustmentRule:
    return deciding.decide(actor=bench.biller, group=group, reason=reason, treatment=treatment)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=["fernhollow", *args])


def test_a_decision_holds_and_a_second_one_replaces_it(bench: Bench) -> None:
    decide(bench)
    assert rules().treatment("PR", "27") == "patient"
    decide(bench, treatment="writeoff")
    assert rules().treatment("PR", "27") == "writeoff"
    assert AdjustmentRule.objects.count() == 1
    trail = AuditEvent.objects.filter(action="adjustment.decided").values_list("before", flat=True)
    assert sorted(trail, key=bool) == [None, {"treatment": "patient"}]


def test_without_the_decision_the_code_table_counts_again(bench: Bench) -> None:
    row = decide(bench)
    deciding.forget(actor=bench.biller, rule_id=row.pk)
    assert rules().treatment("PR", "27") == "denial_worklist"
    assert AuditEvent.objects.filter(action="adjustment.default_again").count() == 1
    with pytest.raises(Http404):
        deciding.forget(actor=bench.biller, rule_id=row.pk)


@pytest.mark.parametrize(
    ("group", "reason", "treatment", "sentence"),
    [
        ("CO", "45", "patient", "never goes to the client"),
        ("XX", "45", "writeoff", "XX-45 is not in the code list"),
        ("CO", "9999", "writeoff", "CO-9999 is not in the code list"),
        ("CO", "45", "keep", "Choose what is done"),
    ],
)
def test_what_may_not_be_is_refused(bench: Bench, group: str, reason: str, treatment: str, sentence: str) -> None:
    with pytest.raises(RemittanceRefusedError, match=sentence):
        decide(bench, group, reason, treatment)
    assert not AdjustmentRule.objects.exists()


def test_only_who_works_remittances_decides(bench: Bench, people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        deciding.decide(actor=people.actor(people.frank), group="PR", reason="96", treatment="patient")


def test_a_code_is_found_decided_and_removed_with_undo(people: Cast) -> None:
    bob = signed_in(people.bob)
    found = bob.get(url("adjustment_codes"), {"q": "co-197"}).content.decode()
    assert "No authorization or required notice on file" in found
    body = {"group": "CO", "reason": "CO-197", "treatment": "writeoff"}
    page = bob.post(url("decide_adjustment"), body, follow=True).content.decode()
    assert "CO-197: contractual adjustment from now on." in page
    assert "To work as a denial" in page
    removed = bob.post(_action(page, "forget"), follow=True).content.decode()
    assert "CO-197: to work as a denial again" in removed
    restored = bob.post(url("restore_adjustment", "CO", "197", "writeoff"), follow=True).content.decode()
    assert url("restore_adjustment", "CO", "197", "writeoff") in removed
    assert "contractual adjustment from now on" in restored


def test_a_refusal_keeps_what_was_entered(people: Cast) -> None:
    response = signed_in(people.bob).post(
        url("decide_adjustment"), {"group": "CO", "reason": "45", "treatment": "patient"}
    )
    assert response.status_code == 422
    assert "never goes to the client" in response.content.decode()
    assert 'value="45"' in response.content.decode()


def test_words_find_codes_and_nothing_is_said_so(people: Cast) -> None:
    bob: Browser = signed_in(people.bob)
    assert "visit fee" in bob.get(url("adjustment_codes"), {"q": "copay"}).content.decode()
    assert "No code matches" in bob.get(url("adjustment_codes"), {"q": "zzzz"}).content.decode()


def _action(page: str, name: str) -> str:
    found = re.search(rf'action="([^"]+/{name}/)"', page)
    assert found is not None
    return found[1]


def test_what_the_payer_takes_off_by_itself_waits_for_a_person_until_the_practice_decides(bench: Bench) -> None:
    """PI is treated as CO and flagged: a person looks first, the practice may decide, and the client is never asked."""
    first = bench.claim("150.00", copay="25.00")
    arrive_and_post(bench, remittance(answer(first, "95.00", "PI-45 30.00,PR-3 25.00")))
    assert books() == {
        "client_receivable": "25.00",
        "insurer_receivable": "30.00",
        "payer_clearing": "95.00",
        "revenue": "-150.00",
    }
    denial = Denial.objects.get()
    assert (str(denial.amount), denial.reasons[0]["group"], denial.reasons[0]["reason"]) == ("30.00", "PI", "45")
    with pytest.raises(RemittanceRefusedError, match="by itself"):
        denials.resolve(denial.pk, resolution="to_client", note="", actor=bench.biller)
    with pytest.raises(RemittanceRefusedError, match="never goes to the client"):
        decide(bench, "PI", "45", "patient")
    decide(bench, "PI", "45", "writeoff")
    second = bench.claim("150.00", copay="25.00")
    arrive_and_post(bench, remittance(answer(second, "95.00", "PI-45 30.00,PR-3 25.00"), trace="EFT2"), control=2)
    assert books() == {
        "client_receivable": "50.00",
        "contractual": "30.00",
        "insurer_receivable": "30.00",
        "payer_clearing": "190.00",
        "revenue": "-300.00",
    }
    assert Denial.objects.count() == 1
