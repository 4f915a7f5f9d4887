"""Diagnoses on the claim: there, of a form that exists, and released on the date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from clients.models import DiagnosisCode, DiagnosisRelease
from scheduling.readiness.check import Check, ClaimCheck
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding, Severity
from scheduling.readiness.words import short_day

MOST: Final = 12
_FORM: Final = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")


class DiagnosisMissing(Check):
    """A service that needs one names at least one; where the client pays it only warns."""

    code = "diagnosis_missing"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.diagnoses or facts.service is None or not facts.service.needs_diagnosis:
            return []
        known = [row for row in facts.client.diagnoses if _runs(row.starts_on, row.ends_on, facts.date)]
        use = [Action(f"Use {row.code}", field="diagnoses", value=row.code) for row in known[:2]]
        choose = Action("Choose a diagnosis", field="diagnoses")
        severity = Severity.BLOCK if facts.is_claim else Severity.WARN
        why = _why(facts, known=bool(known))
        return [self.finding("Choose a diagnosis.", why, field="diagnoses", actions=use or [choose], severity=severity)]


@dataclass(frozen=True, slots=True)
class Released:
    """What the code sets say: the releases' days, and by release which of the asked codes are billable."""

    releases: Sequence[tuple[int, dt.date, dt.date]]
    codes: Mapping[tuple[int, str], bool]

    def release_on(self, date: dt.date) -> int | None:
        """The release that counts on a date of service; None when none of that day is loaded."""
        return next((number for number, first, last in self.releases if first <= date <= last), None)


class DiagnosisInvalid(ClaimCheck):
    """Codes have ICD-10-CM’s form and are billable in the release of the date."""

    code = "diagnosis_invalid"

    def load(self, facts: Sequence[Facts]) -> Released:
        """The releases, each with those of the asked codes that it holds; one query."""
        asked = {form for one in facts for code in one.diagnoses for form in _spellings(code)}
        held = DiagnosisCode.objects.filter(release=OuterRef("pk"), code__in=asked)
        rows = DiagnosisRelease.objects.annotate(
            held=ArraySubquery(held.values(packed=JSONObject(code="code", billable="billable")))
        )
        found = list(rows)
        return Released(
            [(row.pk, row.starts_on, row.ends_on) for row in found],
            {(row.pk, plain(one["code"])): one["billable"] for row in found for one in row.held or ()},
        )

    def judge(self, facts: Facts, extra: Released) -> list[Finding]:
        sentences = ((code, _fault(code, facts, extra)) for code in facts.diagnoses)
        choose = Action("Choose another diagnosis", field="diagnoses")
        return [
            self.finding(title, why, field="diagnoses", actions=[choose])
            for title, why in (fault for _, fault in sentences if fault)
        ]


class TooManyDiagnoses(ClaimCheck):
    """A claim has room for twelve (HI segment)."""

    code = "diagnoses_too_many"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if len(facts.diagnoses) <= MOST:
            return []
        title = f"{len(facts.diagnoses)} diagnoses are too many for a claim, which holds {MOST}."
        choose = Action("Choose the diagnoses", field="diagnoses")
        return [self.finding(title, "Keep the ones this session was about.", field="diagnoses", actions=[choose])]


def plain(code: str) -> str:
    """The code as claims write it: `F411`."""
    return code.replace(".", "").upper()


def _spellings(code: str) -> tuple[str, str]:
    bare = plain(code)
    return bare, f"{bare[:3]}.{bare[3:]}" if bare[3:] else bare


def _fault(code: str, facts: Facts, known: Released) -> tuple[str, str] | None:
    if not _FORM.fullmatch(code.upper()):
        return f"{code} is not a diagnosis code.", "ICD-10-CM codes look like F41.1."
    release = known.release_on(facts.date)
    if release is None:
        return None
    billable = known.codes.get((release, plain(code)))
    if billable is None:
        return f"{code} is no diagnosis code of {short_day(facts.date, facts.today)}.", "Codes change every October 1."
    return None if billable else (f"{code} is a heading, not a diagnosis.", "Claims need one of the codes below it.")


def _why(facts: Facts, *, known: bool) -> str:
    if known:
        return "It is on the client’s record, but not on this session."
    closed = [row.ends_on for row in facts.client.diagnoses if row.ends_on and row.ends_on < facts.date]
    if closed:
        return f"None carried over: the last one was closed on {short_day(max(closed), facts.today)}."
    return "None is on the client’s record."


def _runs(starts_on: dt.date, ends_on: dt.date | None, date: dt.date) -> bool:
    return starts_on <= date and (ends_on is None or date <= ends_on)
