"""Which page answers at which address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sandbox.doors import control, stedi, transactions
from sandbox.doors.replies import Reply

CHANGE: Final = "/2024-04-01/change/medicalnetwork"
CORE: Final = "/2023-08-01"


@dataclass(frozen=True, slots=True)
class Route:
    """A page; its address may hold parts that are handed over as arguments."""

    method: str
    path: re.Pattern[str]
    page: Callable[..., Reply]
    needs_key: bool = False


def _api(method: str, path: str, page: Callable[..., Reply]) -> Route:
    return Route(method, re.compile(path), page, needs_key=True)


ROUTES: Final = (
    Route("GET", re.compile("/health"), control.health),
    Route("GET", re.compile("/answers"), control.get_answers),
    Route("GET", re.compile("/answers/(.+)"), control.get_answer),
    Route("GET", re.compile("/day"), control.get_day),
    Route("POST", re.compile("/day"), control.post_day),
    Route("GET", re.compile("/misbehave"), control.get_misdeeds),
    Route("POST", re.compile("/misbehave"), control.post_misdeed),
    _api("POST", f"{CHANGE}/professionalclaims/v3/raw-x12-submission", stedi.submit_claims),
    _api("POST", f"{CHANGE}/eligibility/v3/raw-x12", stedi.ask_eligibility),
    _api("POST", f"{CHANGE}/claimstatus/v2/raw-x12", stedi.ask_claim_status),
    _api("GET", f"{CORE}/polling/transactions", transactions.poll),
    _api("GET", f"{CORE}/transactions/([^/]+)", transactions.get_transaction),
    _api("GET", f"{CORE}/(transactions|executions)/([^/]+)/(input|output)", transactions.redirect),
    _api("GET", f"{CORE}/(transactions|executions)/([^/]+)/(input|output)-url", transactions.address),
    Route("GET", re.compile("/documents/([^/]+)/(input|output)"), transactions.download),
)
