"""What a practice's history comes to, in one hash: two builds of the same script must have the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from billing import footing
from billing.claims.selectors import listing as claims
from billing.remittances.selectors import listing as remittances
from desk.demo.stage import Stage
from payroll import selectors
from payroll.policies import visible_files, visible_runs
from practice import clock
from practice.actors import Actor

ACCOUNTS: Final = (
    "bank", "payer_clearing", "payer_balance", "insurer_receivable", "client_receivable", "client_credit", "revenue",
    "contractual", "write_off", "bad_debt", "interest", "other_income", "refunds_due",
)  # fmt: skip


def totals(stage: Stage) -> dict[str, Any]:
    """The ledger by account, charges, claims and remittances by where they stand, pay runs: counts and dollars."""
    with stage.at(clock.now()):
        actor, today = stage.owner.actor, clock.today(stage.practice)
        groups = claims.claim_list(actor, claims.Wanted(), today).groups
        answered = remittances.remittance_list(actor, remittances.Wanted()).groups
        return {
            "ledger": _said(footing.ledger(actor)),
            "charges": _said(footing.charges(actor)),
            "accounts": {name: _said(footing.account(actor, name)) for name in ACCOUNTS},
            "claims": {one.key: _said((one.count, one.total)) for one in groups},
            "remittances": {one.key: _said((one.count, one.total)) for one in answered},
            "pay": [_run(actor, run) for run in visible_runs(actor).order_by("ends_on", "pk")],
        }


def digest(stage: Stage) -> str:
    """The same as a SHA-256 in hex."""
    return hashlib.sha256(json.dumps(totals(stage), sort_keys=True).encode()).hexdigest()


def _run(actor: Actor, run: Any) -> dict[str, Any]:
    """A run: where it stands, what it found, what each person is paid, and the files that were made of it."""
    return {
        "period": f"{run.starts_on} to {run.ends_on}, {run.status}",
        "gross": [str(part) for part in (run.people, run.line_count, run.gross, run.held)],
        "people": {one.name: [one.sessions, str(one.gross), str(one.held)] for one in selectors.people(actor, run)},
        "findings": [one["words"] for one in run.findings],
        "files": [f"{one.filename}: {one.people} at {one.amount}" for one in visible_files(actor).filter(run=run)],
    }


def _said(figure: footing.Footing) -> list[str]:
    return [str(part) for part in figure]
