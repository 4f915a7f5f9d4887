"""Claims and charges say what their clinician is paid, to who may see pay and to nobody else."""

from __future__ import annotations

from billing.earned import earned
from billing.models import Charge
from tests.payroll.pages.explained.conftest import Office, claim


def charge_of(office: Office) -> Charge:
    return Charge.objects.get(clinician=office.charlie, kind="session")


def test_a_claim_says_what_was_earned_and_in_which_run(office: Office) -> None:
    with office.open():
        number = claim(charge_of(office), "1", status="paid").pk
    page = office.text(office.people.alice, "claim", number)
    assert "Charlie earned" in page
    assert "$81.36</a> from this, 62% of $131.22" in page
    assert "In a pay run" in page
    assert "From session to pay" in page
    assert office.url("pay_of_person", office.run.pk, office.charlie.pk) in page
    for words in ("Charlie earned", "In a pay run", "62%"):
        assert words not in office.text(office.people.bob, "claim", number)


def test_the_charge_says_so_too(office: Office) -> None:
    with office.open():
        number = charge_of(office).pk
    assert "What the clinician is paid for it" in office.text(office.people.alice, "client_charge", number)
    assert "paid for it" not in office.text(office.people.bob, "client_charge", number)


def test_a_clinician_is_told_of_their_own_only(office: Office) -> None:
    with office.open():
        charges = [charge_of(office).pk, *Charge.objects.filter(clinician=office.dana).values_list("pk", flat=True)]
        people, practice = office.people, office.people.fernhollow
        found = earned(practice, people.actor(people.charlie), charges)
        assert [(one.clinician, str(one.amount), one.url) for one in found] == [
            ("Charlie", "81.36", office.url("my_pay_run", office.run.pk))
        ]
        held = [one for one in earned(practice, people.actor(people.dana), charges) if one.is_held]
        assert [str(one.amount) for one in held] == ["70.00"]
        for user in (people.bob, people.erin, people.frank, people.grace):
            assert earned(practice, people.actor(user), charges) == []
