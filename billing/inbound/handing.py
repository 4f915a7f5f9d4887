"""What comes to an organization is its practices': each transaction is handed over, and the rest waits for a person.

By our numbers: a TA1 or 999 by the file's control number, a 277CA or 835 by the claims in it, which one shared list
knows; an 835 without such a claim by the NPI and tax ID of the payee. A 277CA about claims of several practices is
taken apart; an 835 about several is not, since its sums would no longer hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from billing.inbound import services, splitting
from billing.inbound.cases import Case, kind_of, write
from billing.inbound.errors import InboundRefusedError
from billing.inbound.finding import answer_request, request_of
from billing.models import ClaimNumber, Connection, InboundFile, InboundTransaction, Request, SharedConnection
from edi.acknowledgments.model import Verdict
from edi.acknowledgments.reading import read as read_999
from edi.acknowledgments.reading import read_ta1
from edi.interchanges import Group, Transaction
from edi.segments import Segment
from practice import exchange, files
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError
from practice.models import Practice

PART: Final = "answers.part"
S = InboundTransaction.Status
K = InboundTransaction.Kind
_NOBODY: Final = "It speaks of nothing that was sent through this connection. Say whose it is, or set it aside."
_SEVERAL: Final = "It speaks of claims of {names}. The sums of an 835 hold only together, so it is handed to nobody."


def apply_ta1(case: Case, segment: Segment) -> InboundTransaction:
    """To the practice whose file it is; our own request says so too."""
    said = read_ta1(segment)
    request = request_of(case, said.control)
    if request is not None:
        _stand(case, request, said.verdict, said.words)
    content = splitting.alone(case.interchange, None, [segment])
    shares = _shares(case, {request.for_practice} if request else set())
    return _give(case, K.TA1, said.control, [(share, content) for share in shares], request)


def apply(case: Case, group: Group, found: Transaction) -> InboundTransaction:
    """To the practices it belongs to, each with what is theirs."""
    kind = kind_of(found)
    if kind == K.X999:
        return _apply_999(case, group, found)
    if kind not in {K.X277CA, K.X835}:
        return write(case, kind, found.control, S.SET_ASIDE, "This is not an answer to a claim. It was set aside.")
    numbers = owners(splitting.claim_numbers(found))
    shares = _shares(case, set(numbers.values()) or _by_other_marks(case, kind, found))
    if kind == K.X835 and len(shares) > 1:
        names = " and ".join(share.practice_name for share in shares)
        return write(case, kind, found.control, S.UNMATCHED, _SEVERAL.format(names=names)[:300])
    is_alone = len(shares) == 1
    parcels = [(share, _content(case, group, found, None if is_alone else _own(share, numbers))) for share in shares]
    request = _file_of(case, found) if kind == K.X277CA else None
    if request is not None:
        _stand(case, request, Verdict.ACCEPTED, kind)
    return _give(case, kind, found.control, parcels, request)


def _file_of(case: Case, found: Transaction) -> Request | None:
    """The file of ours that a 277CA names, which shows that it arrived: an API gives no 999 for it."""
    controls = {reference[:9] for reference in splitting.batch_references(found)}
    rows = Request.objects.filter(connection=case.inbound.connection_id, control_number__in=controls)
    known = list(rows.values_list("control_number", flat=True)[:2])
    return request_of(case, known[0]) if len(known) == 1 else None


def owners(numbers: set[str]) -> dict[str, int]:
    """By claim number the practice that sent it, of those that were sent from this installation; one query."""
    return dict(ClaimNumber.objects.filter(number__in=numbers).values_list("number", "practice_id"))


@exchange.receives(PART, afterwards=True)
def take_part(delivery: Delivery) -> None:
    """The practice's side: a file of its own, stored and read like any that it fetched itself."""
    number = delivery.number("connection")
    row = Connection.objects.filter(through_id=delivery.sender.pk, through_connection_id=number).first()
    services.receive(
        delivery.content("content"),
        name=delivery.text("name"),
        source=InboundFile.Source.CONNECTION,
        connection=row,
        actor=Actor.system(delivery.receiver.pk),
        practice=delivery.receiver,
    )


def _apply_999(case: Case, group: Group, found: Transaction) -> InboundTransaction:
    said = read_999(found)
    request = request_of(case, said.control)
    if request is not None:
        _stand(case, request, said.verdict, " ".join(said.words) or "999")
    shares = _shares(case, {request.for_practice} if request else set())
    content = splitting.alone(case.interchange, group, found.segments)
    return _give(case, K.X999, found.control, [(share, content) for share in shares], request)


def _stand(case: Case, request: Request, verdict: Verdict, words: str) -> None:
    """Our own request as the answer says; the practice reads its copy of the answer itself."""
    if verdict is Verdict.UNKNOWN:
        return
    state = Request.Status.REJECTED if verdict is Verdict.REJECTED else Request.Status.ACKNOWLEDGED
    answer_request(request, state, actor=case.actor, reason=words)


def _by_other_marks(case: Case, kind: str, found: Transaction) -> set[int | None]:
    """A 277CA about whole files by their numbers, an 835 by who is paid."""
    if kind == K.X277CA:
        controls = {reference[:9] for reference in splitting.batch_references(found)}
        rows = Request.objects.filter(connection=case.inbound.connection_id, control_number__in=controls)
        return set(rows.values_list("for_practice", flat=True))
    who, known = splitting.payee(found), consenting(case.inbound.connection_id)
    by_npi = {share.for_practice for share in known if who.npi and who.npi in share.npis}
    by_tax = {share.for_practice for share in known if who.tax_id and who.tax_id in share.tax_ids}
    found_by = by_npi or by_tax
    return set(found_by) if len(found_by) == 1 else set()


def consenting(connection_id: int | None) -> list[SharedConnection]:
    """Those that chose this connection once, whether they still send through it or are offered it anew; two queries."""
    sent = Request.objects.filter(connection=connection_id, for_practice__isnull=False)
    ever = set(sent.order_by().values_list("for_practice", flat=True).distinct())
    rows = SharedConnection.objects.filter(connection=connection_id).order_by("for_practice")
    return [share for share in rows if share.chosen_at or share.npis or share.for_practice in ever]


def _shares(case: Case, practices: set[int | None]) -> list[SharedConnection]:
    """Of these practices those that may be given what came through this connection."""
    return [share for share in consenting(case.inbound.connection_id) if share.for_practice in practices]


def _own(share: SharedConnection, numbers: dict[str, int]) -> set[str]:
    return {number for number, practice in numbers.items() if practice == share.for_practice}


def _content(case: Case, group: Group, found: Transaction, own: set[str] | None) -> bytes:
    """The transaction in an envelope of its own: whole, or with the claims of one practice."""
    segments = list(found.segments) if own is None else splitting.only(found, own)
    return splitting.alone(case.interchange, group, segments)


def _give(
    case: Case, kind: str, control: str, parcels: Sequence[tuple[SharedConnection, bytes]], request: Request | None
) -> InboundTransaction:
    if not parcels:
        return write(case, kind, control, S.UNMATCHED, _NOBODY, request=request)
    for share, content in parcels:
        hand(case.inbound, share, content, part=f"{case.position}-{kind}", actor=case.actor)
    names = ", ".join(share.practice_name for share, _ in parcels)
    ids = [share.for_practice for share, _ in parcels]
    return write(case, kind, control, S.HANDED_OVER, f"Handed to {names}.", request=request, for_practices=ids)


def hand(inbound: InboundFile, share: SharedConnection, content: bytes, *, part: str, actor: Actor) -> None:
    """Hands one transaction to a practice; InboundRefusedError where it is not taken."""
    payload: exchange.Payload = {
        "connection": share.connection_id,
        "name": f"{inbound.name[-150:]} ({part})",
        "content": content,
    }
    try:
        exchange.hand_over(PART, actor=actor, to=share.for_practice, payload=payload)
    except (NotHandedOverError, files.FileRefusedError) as error:
        raise InboundRefusedError(str(error)) from error


def is_for_others(practice_id: int) -> bool:
    """Whether what comes here is handed on: an organization treats nobody."""
    return not Practice.objects.get(pk=practice_id).treats_clients
