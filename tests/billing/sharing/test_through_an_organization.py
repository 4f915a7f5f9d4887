"""A practice sends through its MSO's connection: consent on both sides, its own copies, and nobody else's claims."""

from __future__ import annotations

import datetime as dt

import pytest

from billing.claims import sending, settling
from billing.claims.errors import ClaimRefusedError
from billing.claims.leaving import SEND
from billing.clearinghouses import polling
from billing.clearinghouses.choosing import connection_for
from billing.clearinghouses.protocol import Capability
from billing.connections import selectors, sharing
from billing.inbound import assigning
from billing.inbound.errors import InboundRefusedError
from billing.inbound.services import KIND
from billing.models import (
    Claim,
    Connection,
    ConnectionState,
    InboundFile,
    InboundTransaction,
    Remittance,
    Request,
    SharedConnection,
)
from edi.reading import read
from practice import clock, files
from practice.models import Affiliation, AuditEvent, Practice, PracticeSettings
from practice.setup.errors import SetupRefusedError
from practice.setup.services import save_identity
from tests.billing.sharing.conftest import Shared
from tests.people import NOW
from tests.sandbox.running import wait_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FERN, RIVER = ("1245319599", "12-3456789"), ("1679576722", "98-7654321")
S = InboundTransaction.Status


def answered(shared: Shared, count: int = 1) -> None:
    wait_for(lambda: len([name for name in shared.sandbox.names() if name.startswith("835")]) >= count, "an 835")


def states_of(shared: Shared, practice: Practice) -> set[str]:
    with shared.inside(practice):
        return set(Claim.objects.values_list("status", flat=True))


def request_of(shared: Shared, practice: Practice) -> Request:
    with shared.inside(practice):
        return Request.objects.get()


def test_an_offer_is_used_by_nothing_until_the_practice_chooses_it(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    shared.offer(fernhollow)
    with shared.inside(fernhollow):
        row = Connection.objects.get()
        assert (row.name, row.is_active, row.is_default) == ("Through Northlight Services", False, False)
        assert (row.username, row.password, row.host, row.host_key) == ("", "", "", "")
        assert selectors.standing(row).text == "Offered"
        assert connection_for(Capability.CLAIMS) is None
    chosen = shared.choose(fernhollow)
    assert (chosen.is_active, chosen.is_default) == (True, True)
    with shared.inside(shared.people.northlight):
        assert SharedConnection.objects.get().chosen_by_name == "Alice Moreau"
    with shared.inside(fernhollow):
        assert connection_for(Capability.CLAIMS) == chosen


def test_only_a_practice_with_an_agreement_is_offered_anything(shared: Shared) -> None:
    other = Practice.objects.create(name="Elsewhere", slug="elsewhere")
    with pytest.raises(SetupRefusedError, match="no agreement with you"):
        shared.offer(other)


def test_claims_go_out_under_the_organizations_number_and_answers_come_home(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    post = shared.practice(fernhollow, *FERN)
    request = shared.request(post, fernhollow, 2)
    shared.work(fernhollow, SEND)
    assert request_of(shared, fernhollow).trouble == "Handed to Northlight Services, which sends it."
    shared.work(shared.people.northlight, SEND)
    assert request_of(shared, fernhollow).status == Request.Status.SENT
    assert states_of(shared, fernhollow) == {"sent"}
    (path,) = (shared.sandbox.folder / "sftp" / "caseload" / "inbound").iterdir()
    with shared.inside(fernhollow):
        assert path.read_bytes() == files.read(Request.objects.select_related("file").get().file)
    (interchange,) = read(path.read_bytes())
    assert (interchange.sender, interchange.control) == ("NORTH01", request.control_number)
    assert any(str(one).startswith("NM1*41*2*NORTHLIGHT SERVICES LLC") for one in interchange.transactions[0].segments)
    answered(shared)
    shared.fetch(fernhollow)
    assert states_of(shared, fernhollow) <= {"accepted", "paid", "partially_paid"}
    assert request_of(shared, fernhollow).status == Request.Status.ACKNOWLEDGED
    with shared.inside(fernhollow):
        assert Remittance.objects.exists()
        assert all(row.status == InboundFile.Status.READ for row in InboundFile.objects.all())
    with shared.inside(shared.people.northlight):
        assert set(InboundTransaction.objects.values_list("status", flat=True)) == {S.HANDED_OVER}
        assert not Remittance.objects.exists()
        assert Request.objects.get().status == Request.Status.ACKNOWLEDGED


def test_two_practices_share_control_numbers_and_see_nothing_of_each_other(shared: Shared) -> None:
    fernhollow, rivermark = shared.people.fernhollow, shared.people.rivermark
    one, other = shared.practice(fernhollow, *FERN), shared.practice(rivermark, *RIVER)
    first, second = shared.request(one, fernhollow), shared.request(other, rivermark)
    assert (first.control_number, second.control_number) == ("000000001", "000000002")
    assert ConnectionState.objects.get().connection_id == shared.number
    for practice in (fernhollow, rivermark):
        shared.through(practice)
    answered(shared, 2)
    shared.fetch(fernhollow, rivermark)
    numbers = {}
    for practice in (fernhollow, rivermark):
        with shared.inside(practice):
            numbers[practice.pk] = set(Claim.objects.values_list("number", flat=True))
            content = b"".join(files.read(row.file) for row in InboundFile.objects.select_related("file"))
        assert content
        assert states_of(shared, practice) <= {"accepted", "paid", "partially_paid"}
        for number in set().union(*numbers.values()) - numbers[practice.pk]:
            assert number.encode() not in content


def test_the_same_file_is_taken_over_once(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    request = shared.request(shared.practice(fernhollow, *FERN), fernhollow)
    shared.work(fernhollow, SEND)
    with shared.inside(fernhollow):
        Request.objects.filter(pk=request.pk).update(status=Request.Status.READY)
    sending.send(fernhollow.pk, str(request.pk))
    with shared.inside(shared.people.northlight):
        assert Request.objects.count() == 1


def test_what_the_organization_does_not_know_its_practice_does_not_know_either(shared: Shared) -> None:
    fernhollow, northlight = shared.people.fernhollow, shared.people.northlight
    request = shared.request(shared.practice(fernhollow, *FERN), fernhollow)
    shared.work(fernhollow, SEND)
    with shared.inside(northlight):
        theirs = Request.objects.get()
    assert sending._lease(northlight.pk, theirs.pk) is not None
    with clock.at(NOW + sending.LEASE + dt.timedelta(seconds=1)):
        sending.send(northlight.pk, str(theirs.pk))
        own = request_of(shared, fernhollow)
        assert own.status == Request.Status.UNKNOWN
        assert own.trouble.startswith("Northlight Services: ")
        with shared.inside(fernhollow), pytest.raises(ClaimRefusedError, match="looks for it"):
            settling.send_again(actor=shared.owner(fernhollow), request_id=request.pk)
        with shared.inside(northlight):
            settling.send_again(actor=shared.mso, request_id=theirs.pk)
        sending.send(northlight.pk, str(theirs.pk))
    assert request_of(shared, fernhollow).status == Request.Status.SENT


def test_trouble_of_the_organization_is_told_to_the_practice(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    shared.request(shared.practice(fernhollow, *FERN), fernhollow)
    with shared.inside(shared.people.northlight):
        Connection.objects.update(password="wrong")
    shared.through(fernhollow)
    assert "refused the user name or password" in request_of(shared, fernhollow).trouble
    with shared.inside(fernhollow):
        assert selectors.standing(Connection.objects.get()).kind == "stop"


@pytest.mark.parametrize("by", ["practice", "organization", "agreement"])
def test_after_the_end_nothing_new_is_sent_and_answers_are_still_handed_over(shared: Shared, by: str) -> None:
    fernhollow, northlight = shared.people.fernhollow, shared.people.northlight
    post = shared.practice(fernhollow, *FERN)
    shared.request(post, fernhollow)
    shared.through(fernhollow)
    late = shared.request(post, fernhollow)
    if by == "practice":
        with shared.inside(fernhollow):
            sharing.end(actor=shared.owner(fernhollow), connection_id=Connection.objects.get().pk)
    elif by == "organization":
        with shared.inside(northlight):
            sharing.end_for(actor=shared.mso, share_id=SharedConnection.objects.get().pk)
    else:
        Affiliation.objects.filter(practice=fernhollow).update(ends_on=NOW.date() - dt.timedelta(days=1))
    shared.through(fernhollow)
    with shared.inside(fernhollow):
        refused = Request.objects.get(pk=late.pk)
        assert refused.status == Request.Status.FAILED
        settling.take_back(actor=shared.owner(fernhollow), request_id=late.pk)
    with shared.inside(northlight):
        assert Request.objects.count() == 1
    answered(shared)
    shared.fetch(fernhollow)
    assert states_of(shared, fernhollow) & {"accepted", "paid", "partially_paid"}
    assert "ready" in states_of(shared, fernhollow)


def test_an_offer_made_anew_keeps_the_answers_to_earlier_files_coming(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    shared.request(shared.practice(fernhollow, *FERN), fernhollow)
    shared.through(fernhollow)
    with shared.inside(fernhollow):
        sharing.end(actor=shared.owner(fernhollow), connection_id=Connection.objects.get().pk)
    shared.offer(fernhollow)
    with shared.inside(fernhollow):
        assert not Connection.objects.get().is_active
    answered(shared)
    shared.fetch(fernhollow)
    assert states_of(shared, fernhollow) <= {"accepted", "paid", "partially_paid"}


def put(shared: Shared, name: str, content: bytes) -> None:
    """A file as if the payer had written it."""
    (shared.sandbox.folder / "sftp" / "caseload" / "outbound" / name).write_bytes(content)


def envelope(*segments: str, kind: str = "HP", guide: str = "005010X221A1") -> bytes:
    isa = "ISA*00*          *00*          *ZZ*SANDBOX        *ZZ*NORTH01        *261117*1200*^*00501*000000900*0*T*:"
    gs = f"GS*{kind}*SANDBOX*NORTH01*20261117*1200*900*X*{guide}"
    return "".join(f"{one}~" for one in (isa, gs, *segments, "GE*1*900", "IEA*1*000000900")).encode()


def payment(npi: str, *numbers: str) -> bytes:
    """An 835 that pays nothing, for claims of these numbers."""
    claims = [part for number in numbers for part in ("LX*1", f"CLP*{number}*4*100*0**12*X1", "CAS*CO*29*100")]
    head = ["ST*835*0900", "BPR*H*0*C*NON************20261117", "TRN*1*T900*1234567890", "DTM*405*20261117"]
    names = [
        "N1*PR*KEYSTONE",
        "N3*1 A ST",
        "N4*ELSEWHERE*PA*19100",
        "PER*BL*X*TE*2155550100",
        f"N1*PE*SOMEBODY*XX*{npi}",
    ]
    body = [*head, *names, *claims]
    return envelope(*body, f"SE*{len(body) + 1}*0900")


def test_a_payment_without_a_number_of_ours_goes_to_the_payee(shared: Shared) -> None:
    fernhollow, rivermark = shared.people.fernhollow, shared.people.rivermark
    shared.practice(fernhollow, *FERN)
    shared.practice(rivermark, *RIVER)
    put(shared, "legacy.835", payment(RIVER[0], "OLD-SYSTEM-1"))
    shared.fetch(fernhollow, rivermark)
    assert shared.files(fernhollow) == []
    assert [row.name for row in shared.files(rivermark)] == ["legacy.835 (1-835)"]


def renumber(shared: Shared, practice: Practice, npi: str, ein: str) -> None:
    """As the owner changes who the practice is."""
    with shared.inside(practice):
        kept = PracticeSettings.objects.get()
        names = ("legal_name", "phone", "email", "contact_name")
        facts = {name: getattr(kept, name) for name in names}
        save_identity(actor=shared.owner(practice), npi=npi, ein=ein, taxonomy="", **facts)


@pytest.mark.parametrize("ended", [False, True])
def test_payments_to_the_new_and_to_the_former_numbers_find_the_practice(shared: Shared, ended: bool) -> None:
    fernhollow, rivermark = shared.people.fernhollow, shared.people.rivermark
    shared.practice(fernhollow, *FERN)
    shared.practice(rivermark, *RIVER)
    if ended:
        with shared.inside(fernhollow):
            sharing.end(actor=shared.owner(fernhollow), connection_id=Connection.objects.get().pk)
    renumber(shared, fernhollow, "1003000126", "11-1111111")
    with shared.inside(shared.people.northlight):
        share = SharedConnection.objects.get(for_practice=fernhollow.pk)
        assert (share.npis, share.tax_ids) == (["1003000126", FERN[0]], ["111111111", "123456789"])
    for place, npi in enumerate(("1003000126", FERN[0])):
        put(shared, f"npi{place}.835", payment(npi, f"OLD-{place}"))
    for place, tax_id in enumerate(("111111111", "123456789")):
        content = payment("", f"TAX-{place}").replace(b"*XX*~", f"*FI*{tax_id}~".encode())
        put(shared, f"tax{place}.835", content)
    shared.fetch(fernhollow, rivermark)
    assert len(shared.files(fernhollow)) == 4
    assert shared.files(rivermark) == []


def test_nothing_passes_where_the_numbers_stay(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    shared.practice(fernhollow, *FERN)
    renumber(shared, fernhollow, *FERN)
    with shared.inside(fernhollow):
        passed = AuditEvent.objects.filter(action="exchange.handed_over").values_list("after", flat=True)
        assert {(one or {})["kind"] for one in passed} == {"connection.chosen"}


def test_what_belongs_to_nobody_waits_for_a_person_who_assigns_it(shared: Shared) -> None:
    fernhollow, northlight = shared.people.fernhollow, shared.people.northlight
    shared.practice(fernhollow, *FERN)
    put(shared, "nobody.835", payment("1999999984", "OLD-SYSTEM-1"))
    shared.fetch(fernhollow)
    assert shared.files(fernhollow) == []
    with shared.inside(northlight):
        row = InboundTransaction.objects.get()
        assert (row.status, row.kind) == (S.UNMATCHED, "835")
        assigning.assign(row.pk, share_id=SharedConnection.objects.get().pk, actor=shared.mso)
        row.refresh_from_db()
        assert (row.status, row.for_practices) == (S.HANDED_OVER, [fernhollow.pk])
        with pytest.raises(InboundRefusedError, match="any more"):
            assigning.assign(row.pk, share_id=SharedConnection.objects.get().pk, actor=shared.mso)
    shared.work(fernhollow, KIND)
    assert [row.status for row in shared.files(fernhollow)] == [InboundFile.Status.READ]


def test_a_payment_for_claims_of_two_practices_is_handed_to_neither(shared: Shared) -> None:
    fernhollow, rivermark, northlight = shared.people.fernhollow, shared.people.rivermark, shared.people.northlight
    posts = {practice: shared.practice(practice, *own) for practice, own in ((fernhollow, FERN), (rivermark, RIVER))}
    numbers = []
    for practice, post in posts.items():
        shared.request(post, practice)
        with shared.inside(practice):
            numbers.append(Claim.objects.get().number)
    put(shared, "both.835", payment(FERN[0], *numbers))
    shared.fetch(fernhollow, rivermark)
    with shared.inside(northlight):
        row = InboundTransaction.objects.get()
        assert row.summary.startswith("It speaks of claims of Fernhollow Therapy and Rivermark Partners.")
        share = SharedConnection.objects.get(for_practice=fernhollow.pk)
        with pytest.raises(InboundRefusedError, match="did not send"):
            assigning.assign(row.pk, share_id=share.pk, actor=shared.mso)
    assert shared.files(fernhollow) == shared.files(rivermark) == []


def test_a_277ca_about_two_practices_is_taken_apart(shared: Shared) -> None:
    fernhollow, rivermark = shared.people.fernhollow, shared.people.rivermark
    posts = {practice: shared.practice(practice, *own) for practice, own in ((fernhollow, FERN), (rivermark, RIVER))}
    numbers = {}
    for practice, post in posts.items():
        shared.request(post, practice)
        shared.through(practice)
        with shared.inside(practice):
            numbers[practice.pk] = Claim.objects.get().number
    patients = []
    for place, number in enumerate(numbers.values(), 4):
        patients += [
            f"HL*{place}*3*PT", "NM1*QC*1*DOE*JANE****MI*M1", f"TRN*2*{number}",
            "STC*A2:20*20261117*WQ*100", "REF*1K*P1",
        ]  # fmt: skip
    body = [
        "ST*277*0900*005010X214", "BHT*0085*08*900*20261117*1200*TH", "HL*1**20*1", "NM1*PR*2*KEYSTONE*****PI*KEYM1",
        "TRN*1*900", "DTP*050*D8*20261117", "DTP*009*D8*20261117", "HL*2*1*21*1", "NM1*41*2*NORTH*****46*NORTH01",
        "TRN*2*UNKNOWN", "STC*A1:19*20261117*WQ*200", "QTY*90*2", "AMT*YU*200", "HL*3*2*19*1",
        "NM1*85*2*FERN*****XX*1245319599", *patients,
    ]  # fmt: skip
    put(shared, "both.277", envelope(*body, f"SE*{len(body) + 1}*0900", kind="HN", guide="005010X214"))
    shared.fetch(fernhollow, rivermark)
    for practice in (fernhollow, rivermark):
        with shared.inside(practice):
            row = InboundFile.objects.select_related("file").get(name__startswith="both.277")
            content = files.read(row.file)
            (only,) = read(content)
        assert not only.defects
        assert only.transactions[0].segments[-1][1] == str(len(only.transactions[0].segments))
        for pk, number in numbers.items():
            assert (number.encode() in content) is (pk == practice.pk)
        assert b"QTY*" not in content
        assert states_of(shared, practice) == {"accepted"}


def test_what_passed_stands_in_both_trails_and_never_a_login(shared: Shared) -> None:
    fernhollow, northlight = shared.people.fernhollow, shared.people.northlight
    shared.practice(fernhollow, *FERN)
    told = {}
    for practice in (fernhollow, northlight):
        with shared.inside(practice):
            rows = AuditEvent.objects.filter(action__startswith="exchange.").order_by("at", "pk")
            said = [row.after or {} for row in rows]
            told[practice.pk] = {(one["kind"], one["sha256"]) for one in said}
            assert "sandbox-only" not in str(list(AuditEvent.objects.values_list("before", "after")))
    assert told[fernhollow.pk] == told[northlight.pk]
    assert {kind for kind, _ in told[fernhollow.pk]} == {"connection.offered", "connection.chosen"}


def test_nobody_polls_or_checks_a_connection_that_somebody_else_looks_after(shared: Shared) -> None:
    fernhollow = shared.people.fernhollow
    shared.practice(fernhollow, *FERN)
    with shared.inside(fernhollow):
        row = Connection.objects.get()
    polling.poll(fernhollow.pk, str(row.pk))
    with shared.inside(fernhollow):
        assert Connection.objects.get().trouble == ""
