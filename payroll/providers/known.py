"""The payroll providers as people know them: which files each takes, and where in them pay of each sort goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from payroll.exports.adp_run import CODES
from payroll.exports.facts import Batch, Sort
from payroll.models import ExportTarget
from payroll.providers import facts

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider: `name` in sentences, the files that together are its payroll, and what to know about them."""

    key: str
    label: str
    name: str
    about: str
    targets: tuple[ExportTarget, ...]
    facts: facts.Facts


PROVIDERS: Final = (
    Provider(
        "gusto",
        "Gusto",
        "Gusto",
        "Employees and contractors, in two files.",
        (ExportTarget.GUSTO, ExportTarget.GUSTO_CONTRACTORS),
        facts.GUSTO,
    ),
    Provider(
        "adp_run", "ADP RUN", "ADP RUN", "Employees, as a time sheet import.", (ExportTarget.ADP_RUN,), facts.ADP_RUN
    ),
    Provider(
        "generic",
        "Any other",
        "the provider",
        "Everybody in one general file, in dollars.",
        (ExportTarget.GENERIC,),
        facts.ANY,
    ),
)
_BY_KEY: Final[Mapping[str, Provider]] = {one.key: one for one in PROVIDERS}
_BY_TARGET: Final[Mapping[str, Provider]] = {target: one for one in PROVIDERS for target in one.targets}


def named(key: str) -> Provider | None:
    """The provider of that name."""
    return _BY_KEY.get(key)


def of_target(target: str) -> Provider | None:
    """The provider that takes a file; nobody takes some yet."""
    return _BY_TARGET.get(target)


def goes(provider: Provider, batches: Iterable[Batch]) -> Pairs:
    """Where the pay of each sort goes in a provider's files, for the sorts that a run pays."""
    paid = list(batches)
    sorts = {one.sort for batch in paid for payee in batch.payees for one in payee.pay}
    setup = next((batch for batch in paid if batch.payees), None)
    if setup is None:
        return []
    pairs = {"gusto": _gusto, "adp_run": _adp_run}.get(provider.key, _generic)(setup)
    if provider.key == "gusto" and any(payee.tax_class == "1099" for batch in paid for payee in batch.payees):
        pairs = [*pairs, ({Sort.COMMISSION}, "Contractors’ pay goes to", "wage")]
    return [(word, where) for wanted, word, where in pairs if wanted & sorts]


def _gusto(batch: Batch) -> list[tuple[set[Sort], str, str]]:
    if not any(payee.tax_class == "w2" for payee in batch.payees):
        return []
    return [
        ({Sort.COMMISSION}, "Session pay goes to", "commission"),
        ({Sort.HOURS, Sort.TIME_OFF}, "Hours go to", "regular, overtime"),
        ({Sort.SALARY}, "Salaries", _salaries(batch, "Gusto", "commission")),
    ]


def _adp_run(batch: Batch) -> list[tuple[set[Sort], str, str]]:
    hours = ", ".join(_code(batch, sort) for sort in (Sort.HOURS, Sort.TIME_OFF, Sort.OVERTIME))
    return [
        ({Sort.COMMISSION}, "Session pay goes to", _code(batch, Sort.COMMISSION)),
        ({Sort.HOURS, Sort.TIME_OFF}, "Hours go to", f"{hours} at BASE"),
        ({Sort.SALARY}, "Salaries", _salaries(batch, "ADP RUN", _code(batch, Sort.SALARY) or "dollars")),
    ]


def _generic(batch: Batch) -> list[tuple[set[Sort], str, str]]:
    code = batch.codes.get(Sort.COMMISSION, "") or Sort.COMMISSION.value
    return [
        ({Sort.COMMISSION}, "Session pay goes to", f"amount, as {code}"),
        ({Sort.HOURS, Sort.TIME_OFF}, "Hours go to", "amount, with hours and rate"),
        ({Sort.SALARY}, "Salaries", "in the file"),
    ]


def _salaries(batch: Batch, provider: str, where: str) -> str:
    return {"provider": f"paid by {provider} itself", "file": where}.get(batch.salaries, "not said yet")


def _code(batch: Batch, sort: Sort) -> str:
    return batch.codes.get(sort, "") or CODES.get(sort, "")
