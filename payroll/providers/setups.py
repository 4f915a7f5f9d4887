"""How the practice is set up at a provider, and under which number and names everybody stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q, QuerySet

from clinicians.models import Clinician, Engagement
from payroll.exports.facts import About, Batch, Payee
from payroll.exports.formats import FORMATS
from payroll.loading.payees import tax_class
from payroll.models import ExportFile, ExportTarget, PayeeMapping, PayRule, PayRun, ProviderSetup, RunTotal
from payroll.policies import visible_files
from payroll.providers.known import PROVIDERS, Provider
from payroll.providers.selectors import SEES
from practice.actors import Actor

_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    ExportTarget.GUSTO: ("external_id", "first_name", "last_name", "title"),
    ExportTarget.GUSTO_CONTRACTORS: ("first_name", "last_name"),
    ExportTarget.ADP_RUN: ("external_id",),
    ExportTarget.GENERIC: ("external_id", "first_name", "last_name"),
}
_PAYS_SALARIES: Final = frozenset({ExportTarget.GUSTO, ExportTarget.ADP_RUN})
_UNPAID: Final = (PayRun.Status.COMPUTED, PayRun.Status.APPROVED, PayRun.Status.EXPORTED)


@dataclass(frozen=True, slots=True)
class Person:
    """One person at one provider: what is entered, and in sentences what is missing."""

    clinician: Clinician
    tax_class: str
    target: str
    business_name: str
    mapping: PayeeMapping | None
    missing: list[str]

    @property
    def key(self) -> str:
        """Tells the person's rows in the files of one provider apart."""
        return f"{self.target}-{self.clinician.pk}"

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns that the file has for this person; a business goes by its own name."""
        return () if self.business_name and self.target == ExportTarget.GUSTO_CONTRACTORS else _ASKED[self.target]


@dataclass(frozen=True, slots=True)
class Standing:
    """A provider with the practice's set-up there; `missing` are sentences about the set-up itself."""

    provider: Provider
    setup: ProviderSetup
    people: list[Person]
    missing: list[str]
    last: ExportFile | None
    is_entered: bool

    @property
    def incomplete(self) -> list[Person]:
        """People who would stop a file."""
        return [person for person in self.people if person.missing]

    @property
    def is_used(self) -> bool:
        """Whether anybody entered anything, or a file went there."""
        return self.is_entered or self.last is not None


@dataclass(slots=True)
class _Known:
    setups: dict[str, ProviderSetup]
    mappings: dict[tuple[str, int], PayeeMapping]
    terms: list[Engagement]
    has_salaries: bool
    last: dict[str, ExportFile] = field(default_factory=dict)


def standings(actor: Actor, today: dt.date) -> list[Standing]:
    """Every provider with its state, in a fixed number of queries."""
    actor.require(*SEES)
    known = _known(actor, today)
    return [_standing(provider, known) for provider in PROVIDERS]


def standing(actor: Actor, provider: Provider, today: dt.date) -> Standing:
    """One provider with everybody it pays."""
    actor.require(*SEES)
    return _standing(provider, _known(actor, today))


def asked_of(target: str) -> tuple[str, ...]:
    """The columns about a person that a provider's file has."""
    return _ASKED.get(target, ())


def _known(actor: Actor, today: dt.date) -> _Known:
    known = _Known(
        setups={one.target: one for one in ProviderSetup.objects.all()},
        mappings={(one.target, one.clinician_id): one for one in PayeeMapping.objects.select_related("clinician")},
        terms=list(_paid(today)),
        has_salaries=PayRule.objects.filter(method=PayRule.Method.SALARY).exists(),
    )
    latest = visible_files(actor).order_by("practice", "target", "-pk").distinct("practice", "target")
    known.last = {one.target: one for one in latest.select_related("run")}
    return known


def _paid(today: dt.date) -> QuerySet[Engagement]:
    """Terms that run or begin, and those of people whom a run that is not done pays."""
    paid = RunTotal.objects.filter(run__status__in=_UNPAID).values("engagement_id")
    rows = Engagement.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today) | Q(pk__in=paid))
    names = ("clinician__last_name", "clinician__first_name", "clinician_id", "starts_on")
    return rows.select_related("clinician").order_by(*names)


def _standing(provider: Provider, known: _Known) -> Standing:
    setup = known.setups.get(provider.key) or ProviderSetup(target=provider.key)
    people = [person for target in provider.targets for person in _people(target, known, setup)]
    made = [known.last[target] for target in provider.targets if target in known.last]
    entered = any(target in provider.targets for target, _ in known.mappings)
    return Standing(
        provider=provider,
        setup=setup,
        people=sorted(
            people, key=lambda one: (one.tax_class != "w2", one.clinician.last_name, one.clinician.first_name)
        ),
        missing=_lacks(provider, setup, known),
        last=max(made, key=lambda one: one.pk, default=None),
        is_entered=entered or setup.pk is not None,
    )


def _lacks(provider: Provider, setup: ProviderSetup, known: _Known) -> list[str]:
    """What a file would miss of the set-up itself, as far as it can be known without a run."""
    found = []
    if provider.key == ExportTarget.ADP_RUN and not setup.company:
        found.append("The company code (IID) is not entered.")
    if provider.key in _PAYS_SALARIES and known.has_salaries and not setup.salaries:
        found.append(f"Say whether {provider.name} pays salaries by itself or takes them from the file.")
    return found


def _people(target: str, known: _Known, setup: ProviderSetup) -> Iterable[Person]:
    terms = {one.clinician_id: one for one in known.terms if tax_class(one.kind) in FORMATS[target].tax_classes}
    payees = [_payee(one, known.mappings.get((target, one.clinician_id))) for one in terms.values()]
    lacking: dict[int, list[str]] = {}
    for one in FORMATS[target].missing(_batch(payees, setup)):
        if one.about == About.PEOPLE:
            lacking.setdefault(one.clinician_id, []).append(one.words)
    for who, row in terms.items():
        yield Person(
            clinician=row.clinician,
            tax_class=tax_class(row.kind),
            target=target,
            business_name=row.business_name,
            mapping=known.mappings.get((target, who)),
            missing=lacking.get(who, []),
        )


def _payee(row: Engagement, mapping: PayeeMapping | None) -> Payee:
    there = mapping or PayeeMapping()
    return Payee(
        name=row.clinician.name,
        clinician_id=row.clinician_id,
        first_name=there.first_name or row.clinician.first_name,
        last_name=there.last_name or row.clinician.last_name,
        tax_class=tax_class(row.kind),
        external_id=there.external_id,
        business_name=row.business_name,
        is_mapped=mapping is not None,
    )


def _batch(payees: list[Payee], setup: ProviderSetup) -> Batch:
    """Everybody without any pay: what is missing then is missing for any run."""
    day = dt.date.min
    return Batch(
        starts_on=day, ends_on=day, pay_on=day, frequency="monthly", company=setup.company, payees=tuple(payees)
    )
