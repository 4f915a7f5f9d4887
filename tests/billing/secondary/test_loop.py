"""The whole loop with two payers: session, claim, remittance, claim to the second payer, its remittance, nothing owed.

Bytes travel over SFTP to a real sandbox payer and back; nothing in between is made up.
"""

from __future__ import annotations

import pytest

from billing.models import Claim, InboundTransaction, Remittance
from billing.receivables import balance
from billing.remittances import services
from clients.models import Client, Coverage
from edi.reading import read
from practice import files
from practice.models import PayerEnrollment, PracticePayer
from tests.billing.secondary.hands import open_with
from tests.billing.sending.conftest import line, sandbox
from tests.billing.sending.hands import Line
from tests.sandbox.running import wait_for
from tests.scheduling.readiness.made import KEPT

__all__ = ["line", "sandbox"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def post(line: Line) -> None:
    """Posts everything that is ready."""
    with line.inside():
        for row in Remittance.objects.filter(status="ready").order_by("pk"):
            services.post(row.pk, actor=line.post.bob, practice=line.post.practice)


def answered(line: Line, count: int) -> None:
    """Waits for so many 835 and takes them in."""
    wait_for(lambda: len([name for name in line.sandbox.names() if name.startswith("835")]) >= count, "an 835")
    line.poll()


def test_what_the_first_payer_leaves_is_paid_by_the_second(line: Line) -> None:
    with line.inside():
        PracticePayer.objects.filter(pk=line.post.made["payer"].pk).update(payer_id="KEYM1")
        second = PracticePayer.objects.create(name="Blue Harbor PPO", payer_id="BLHB2")
        PayerEnrollment.objects.create(payer=second, transaction="837", since=KEPT)
    line.send(line.ready())
    with line.inside():
        client = Client.objects.get()
        Coverage.objects.create(client=client, payer=second, rank="secondary", member_id="B1", starts_on=KEPT)
    answered(line, 1)
    post(line)
    with line.inside():
        first, after = Claim.objects.get(follows=None), Claim.objects.get(follows__isnull=False)
        assert (first.status, after.status, after.problems) == ("paid", "ready", [])
        assert open_with(first) == ("0.00", "25.00", "0.00")
    request = line.send(line.ready())
    with line.inside():
        after.refresh_from_db()
        assert after.status == "sent"
        [found] = read(files.read(request.file))
        sent = [part.raw for group in found.groups for part in group.transactions if after.number.encode() in part.raw]
        assert b"SBR*S*18" in sent[0]
        assert b"SVD*KEYM1*79.25*HC:90834**1" in sent[0]
        assert b"CAS*PR*3*25" in sent[0]
    answered(line, 3)
    post(line)
    with line.inside():
        after.refresh_from_db()
        assert after.status == "paid"
        assert open_with(first) == ("0.00", "0.00", "0.00")
        assert balance(client.pk).owes == balance(client.pk).insurers_owe == 0
        assert set(InboundTransaction.objects.values_list("status", flat=True)) == {"applied"}
