"""What billing tells Today: sessions to bill, claims and denials to work, remittances, batches and connections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Count, Min, Q, Sum

from billing.attesting.selectors import waiting as to_attest
from billing.claims.policies import visible_batches, visible_claims
from billing.claims.selectors.listing import GROUPS
from billing.claims.selectors.listing import S as ClaimStatus
from billing.connections import needs
from billing.connections.selectors import standing
from billing.day.selectors import open_counts
from billing.models import Batch, Connection, Denial, Remittance, Request
from billing.rejections.loading import at_stake
from billing.remittances.policies import visible_denials, visible_remittances
from billing.unbilled import selectors
from practice import clock, today
from practice.money import ZERO
from practice.today import MOVE, STOP, Asker, Need, Source, counted, listed

_NEXT_DAY: Final = dt.timedelta(days=1)
_TWO_DAYS: Final = dt.timedelta(days=2)
_EVERYWHERE: Final = frozenset({"files", "connections", "unassigned"})  # an organization has connections too
_STOPPED: Final = (Request.Status.FAILED, Request.Status.UNKNOWN, Request.Status.REJECTED)


def register() -> None:
    """Called once at start-up."""
    for name, permission, find in (
        ("attest", "calendar:own", attestations),
        ("bill", "billing:edit", sessions_to_bill),
        ("claims", "claims:edit", claims),
        ("unbilled", "claims:edit", running_out),
        ("denials", "remittances:edit", denials),
        ("remittances", "remittances:edit", remittances),
        ("batches", "claims:edit", batches),
        ("files", "claims:edit", files_not_sent),
        ("connections", "connections:view", connections),
        ("unanswered", "claims:edit", needs.unanswered),
        ("unassigned", "claims:edit", needs.unassigned),
        ("missing", "claims:edit", needs.not_on_file),
    ):
        today.register(Source(name, (permission,), find, treats_clients=name not in _EVERYWHERE))


def attestations(asker: Asker) -> Iterator[Need]:
    """What a clinician has to vouch for."""
    count = to_attest(asker.practice, asker.actor)
    if count:
        title = f"{counted(count, 'session')} {_wait(count)} for your attestation"
        why = "They are over and nothing was billed yet."
        yield Need(title, why, asker.url("attest_sessions"), "Attest", count, asker.today)


def sessions_to_bill(asker: Asker) -> Iterator[Need]:
    """What began and is not confirmed; one day opens that day, several the list of all open."""
    days = open_counts(asker.actor, asker.practice)
    if not days:
        return
    oldest, count = min(days), sum(days.values())
    if len(days) == 1:
        when = "today" if oldest == asker.today else f"of {asker.day(oldest)}"
        title, url = f"{counted(count, 'session')} {when} to bill", asker.url("billing_day_on", oldest.isoformat())
        which = "today" if oldest == asker.today else asker.day(oldest)
        why = "Confirm what happened, fix what is missing, bill what is ready."
    else:
        title, url = f"{counted(count, 'session')} of {len(days)} days to bill", asker.url("billing_open")
        why = f"The oldest {'is' if days[oldest] == 1 else 'are'} of {asker.day(oldest)}."
        which = f"{len(days)} days"
    note, call = f"since {_short(asker, oldest)}", f"Bill {which} · {counted(count, 'session')}"
    yield Need(title, why, url, "Open billing", count, oldest + _NEXT_DAY, note=note, call=call)


def claims(asker: Asker) -> Iterator[Need]:
    """To correct, for what is at stake as the worklist says, and ready without a batch; four queries."""
    to_correct = Q(status__in=GROUPS["correct"][1])
    groups = {
        "correct": to_correct,
        "ready": Q(status=ClaimStatus.READY),
    }
    found = visible_claims(asker.actor).aggregate(**_figures(groups, "total", "file_by"))
    rejected = found["correct_count"]
    if rejected:
        title = f"{counted(rejected, 'claim')} {'needs' if rejected == 1 else 'need'} correction"
        why = "Rejected, or stopped by the check of the file."
        stakes = at_stake(visible_claims(asker.actor).filter(to_correct).values_list("pk", flat=True))
        found["correct_sum"] = sum(stakes.values(), ZERO)
        yield _claims(asker, found, "correct", title=title, why=why, kind=STOP)
    if found["ready_count"]:
        title = f"{counted(found['ready_count'], 'claim')} ready to send"
        yield _claims(asker, found, "ready", title=title, why="Checked and in no batch yet.")


def running_out(asker: Asker) -> Iterator[Need]:
    """What no payer was asked for yet and whose filing deadline is over or within two weeks; seven queries."""
    count, first = selectors.running_out(asker.actor, asker.practice)
    if count and first:
        title = f"Filing deadline near for {counted(count, 'session')}"
        url, kind = asker.url("unbilled", query="near=due"), STOP if first < asker.today else today.WAIT
        yield Need(title, _deadline(asker, first), url, "See what is in the way", count, first, kind)


def denials(asker: Asker) -> Iterator[Need]:
    """What payers refused and may still be got; one query."""
    due = Q(status=Denial.Status.WAITING, follow_up_on__lte=asker.today)
    rows = visible_denials(asker.actor).filter(Q(status=Denial.Status.OPEN) | due)
    found = rows.aggregate(count=Count("pk"), sum=Sum("amount", default=ZERO), first=Min("claim__file_by"))
    if found["count"]:
        title = f"{counted(found['count'], 'denial')} to work"
        first, late = found["first"], "Correct, appeal, move to the client or write off."
        why = f"The nearest filing deadline is {asker.day(first)}." if first and first >= asker.today else late
        by = max(first, asker.today) if first else asker.today + _TWO_DAYS
        yield Need(title, why, asker.url("denials"), "Work denials", found["count"], by, STOP, found["sum"])


def remittances(asker: Asker) -> Iterator[Need]:
    """Held, and ready to post; one query."""
    groups = {"held": Q(status=Remittance.Status.HELD), "ready": Q(status=Remittance.Status.READY)}
    found = visible_remittances(asker.actor).aggregate(**_figures(groups, "amount", "received_at"))
    for key, words, why, action, kind in (
        ("held", "held", "Not posted, and nothing is lost: each says what it waits for.", "Look and decide", STOP),
        ("ready", "ready to post", "They add up and every claim is matched.", "Post", today.WAIT),
    ):
        count = found[f"{key}_count"]
        if count:
            since = clock.local(asker.practice, found[f"{key}_first"]).date()
            title, url = f"{counted(count, 'remittance')} {words}", asker.url("remittances", query=f"group={key}")
            note = f"since {_short(asker, since)}"
            yield Need(title, why, url, action, count, since + _TWO_DAYS, kind, found[f"{key}_sum"], note)


def batches(asker: Asker) -> Iterator[Need]:
    """What leaves by itself and can still be held back; one query."""
    rows = visible_batches(asker.actor).filter(status=Batch.Status.WAITING)
    found = list(rows.annotate(claims=Count("rows"), total=Sum("rows__claim__total", default=ZERO)))
    for batch in sorted(found, key=lambda row: row.leaves_at)[:3]:
        leaves = clock.local(asker.practice, batch.leaves_at)
        title = f"Batch {batch.pk} leaves at {leaves:%I:%M %p}".replace(" at 0", " at ")
        url, note = asker.url("batch", batch.pk), counted(batch.claims, "claim")
        why = "Until then it can be held back."
        yield Need(title, why, url, "Open batch", batch.claims, leaves.date(), MOVE, batch.total, note)


def files_not_sent(asker: Asker) -> Iterator[Need]:
    """Files that a clearinghouse refused, or of which nobody knows whether they arrived; one query."""
    rows = Request.objects.filter(status__in=_STOPPED)
    found = list(rows.order_by("made_at").values_list("batch_id", "status", "claim_count", "made_at"))
    if found:
        title = f"{counted(len(found), 'file')} did not get through"
        claims_in = counted(sum(row[2] for row in found), "claim")
        why = f"{claims_in} {'waits' if claims_in == '1 claim' else 'wait'} in {'it' if len(found) == 1 else 'them'}."
        since = clock.local(asker.practice, found[0][3]).date()
        url = asker.url("batch", found[0][0]) if len({row[0] for row in found}) == 1 else asker.url("batches")
        yield Need(title, why, url, "Look into it", len(found), since, STOP, note=f"since {_short(asker, since)}")


def connections(asker: Asker) -> Iterator[Need]:
    """Clearinghouses that do not answer, or whose key nobody has trusted; one query."""
    rows = [(row, standing(row)) for row in Connection.objects.filter(is_active=True).order_by("name")]
    troubled = [(row, said) for row, said in rows if said.kind in {STOP, today.WAIT}]
    if troubled:
        row, said = troubled[0]
        names = listed([row.name for row, _ in troubled])
        is_one, stops = len(troubled) == 1, any(said.kind == STOP for _, said in troubled)
        one = f"Trouble with the connection to {names}" if stops else f"The key of {names} is not trusted yet"
        title = one if is_one else f"{len(troubled)} connections need you: {names}"
        url = asker.url("connection", row.pk) if is_one else asker.url("connections")
        since = [clock.local(asker.practice, row.trouble_since).date() for row, _ in troubled if row.trouble_since]
        by, kind = min([*since, asker.today]), STOP if stops else today.WAIT
        note = f"since {_short(asker, min(since))}" if since else ""
        yield Need(title, said.sentence, url, "See connection", len(troubled), by, kind, note=note)


def _claims(asker: Asker, found: dict[str, Any], key: str, *, title: str, why: str, kind: str = today.WAIT) -> Need:
    first = found[f"{key}_first"]
    by = min(first, asker.today + _TWO_DAYS) if first else asker.today + _TWO_DAYS
    url = asker.url("rejections") if key == "correct" else asker.url("claims", query=f"group={key}")
    action = "Correct and resend" if kind == STOP else "Send claims"
    note = f"file by {_short(asker, first)}" if first else ""
    return Need(title, why, url, action, found[f"{key}_count"], by, kind, found[f"{key}_sum"], note)


def _figures(groups: dict[str, Q], amount: str, clock_of: str) -> dict[str, Any]:
    """Count, sum and earliest clock of each group, for one aggregate."""
    return {
        f"{key}_{name}": figure
        for key, which in groups.items()
        for name, figure in (
            ("count", Count("pk", filter=which)),
            ("sum", Sum(amount, filter=which, default=ZERO)),
            ("first", Min(clock_of, filter=which)),
        )
    }


def _deadline(asker: Asker, first: dt.date) -> str:
    if first < asker.today:
        return f"The first was due {asker.day(first)}; payers refuse what comes later."
    return f"The first must be filed by {asker.day(first)}."


def _short(asker: Asker, value: dt.date) -> str:
    return asker.day(value).split(", ", 1)[1]


def _wait(count: int) -> str:
    return "waits" if count == 1 else "wait"
