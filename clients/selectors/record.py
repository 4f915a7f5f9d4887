"""What the pages of one client show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404

from clients import authorizations, panels
from clients.authorizations import Standing, Use
from clients.diagnoses import Check
from clients.models import Authorization, Caseload, Client, ClientDiagnosis, Contact, Coverage
from clients.panels import Panel
from clients.policies import visible_clients
from clients.selectors.codes import checks
from clients.selectors.spans import holds
from clinicians.words import and_so_on, short
from practice.actors import Actor


@dataclass(frozen=True, slots=True)
class AuthorizationLine:
    """An authorization with how far it is used, today."""

    row: Authorization
    use: Use


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A coverage, where it stands today, what the payer authorized, and what other rooms know of it."""

    row: Coverage
    kind: str
    glyph: str
    state: str
    is_running: bool
    authorizations: list[AuthorizationLine]
    panels: list[Panel] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """A diagnosis with its words, and the warning its code has today."""

    row: ClientDiagnosis
    check: Check

    @property
    def words(self) -> str:
        """The words of the loaded release, or those it was entered with."""
        return self.row.words or self.check.words


def on_file(actor: Actor, client_id: int) -> Client:
    """The client as a form starts from them; Http404 when not theirs to see. The page that shows it is written down."""
    found = visible_clients(actor).filter(pk=client_id).first()
    if found is None:
        raise Http404
    return found


def caseloads(client: Client) -> list[Caseload]:
    """Who sees and saw the client: the running ones first."""
    rows = Caseload.objects.filter(client=client).select_related("clinician").order_by("starts_on", "pk")
    return sorted(rows, key=lambda row: row.ends_on is not None)


def coverages(client: Client, today: dt.date) -> list[CoverageLine]:
    """The client's insurance with its authorizations: what holds today, then what comes, then what was."""
    rows = list(Coverage.objects.filter(client=client).select_related("payer").order_by("rank", "-starts_on"))
    allowed = list(Authorization.objects.filter(coverage__in=[row.pk for row in rows]).order_by("-ends_on", "pk"))
    used = authorizations.used_units([row.pk for row in allowed])
    lines = [_authorization(row, used[row.pk], today) for row in allowed]
    found = [_coverage(row, [line for line in lines if line.row.coverage_id == row.pk], today) for row in rows]
    return sorted(found, key=lambda line: (not line.is_running, line.row.ends_on is not None))


def with_panels(lines: list[CoverageLine], client: Client, actor: Actor) -> list[CoverageLine]:
    """The coverages with what other rooms know of each."""
    found = panels.of_coverages(client, actor)
    return [replace(line, panels=found.get(line.row.pk, [])) for line in lines]


def contacts(client: Client) -> list[Contact]:
    """Whom to call, the emergency contacts first."""
    return list(Contact.objects.filter(client=client).order_by("-is_emergency", "name", "pk"))


def diagnosis_lines(client: Client, today: dt.date) -> tuple[list[DiagnosisLine], list[DiagnosisLine]]:
    """The present diagnoses in their order, and those that ended; each with today's check."""
    rows = list(ClientDiagnosis.objects.filter(client=client).order_by("rank", "pk"))
    found = checks([(row.code, row.ends_on or today) for row in rows])
    lines = [DiagnosisLine(row, found[row.code, row.ends_on or today]) for row in rows]
    return [line for line in lines if line.row.ends_on is None], [line for line in lines if line.row.ends_on]


def head(client: Client, seen: list[Caseload], today: dt.date) -> list[str]:
    """The facts below the name: pronouns and age, who sees them, since when, the number."""
    running = [row for row in seen if holds(row, today)]
    who = ", ".join(part for part in (client.pronouns, age(client, today)) if part)
    since = f" since {client.since:%B %Y}" if client.since else ""
    if not running:
        return [part for part in (who, "with nobody yet", f"client {client.number}{since}") if part]
    with_whom = f"with {and_so_on([row.clinician.name for row in running])}{since}"
    return [part for part in (who, with_whom, f"client {client.number}") if part]


def age(client: Client, today: dt.date) -> str:
    """Full years, `34 years old`; empty where the date of birth is not known."""
    born = client.date_of_birth
    if born is None:
        return ""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{years} year{'' if years == 1 else 's'} old"


def tightest(lines: list[CoverageLine]) -> AuthorizationLine | None:
    """The authorization somebody must act on first; None while there is enough of all of them."""
    open_ones = [line for coverage in lines if coverage.is_running for line in coverage.authorizations]
    tight = [line for line in open_ones if line.use.standing in {Standing.NEARLY, Standing.USED_UP}]
    return min(tight, key=lambda line: line.use.left, default=None)


def current(lines: list[CoverageLine]) -> AuthorizationLine | None:
    """The authorization that holds today, as the summary shows it."""
    running = {Standing.FINE, Standing.NEARLY, Standing.USED_UP}
    found = [line for coverage in lines if coverage.is_running for line in coverage.authorizations]
    return next((line for line in found if line.use.standing in running), None)


def _authorization(row: Authorization, used: int, today: dt.date) -> AuthorizationLine:
    facts: dict[str, Any] = {"units": row.units, "starts_on": row.starts_on, "ends_on": row.ends_on}
    return AuthorizationLine(row, authorizations.use(used=used, today=today, **facts))


def _coverage(row: Coverage, allowed: list[AuthorizationLine], today: dt.date) -> CoverageLine:
    if holds(row, today):
        return CoverageLine(row, "done", "done", "Active today", is_running=True, authorizations=allowed)
    if today < row.starts_on:
        state = f"Starts {short(row.starts_on, today)}"
        return CoverageLine(row, "calm", "draft", state, is_running=False, authorizations=allowed)
    state = f"Ended {short(row.ends_on or today, today)}"
    return CoverageLine(row, "calm", "over", state, is_running=False, authorizations=allowed)
