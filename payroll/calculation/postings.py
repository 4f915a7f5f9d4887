"""Pay once it is paid: one line for each amount applied to a charge or taken off it again (`payroll.md` S6–S8, S14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from payroll.calculation import words
from payroll.calculation.facts import INSURER, Line, Posting, Rule, RuleSet, Step, Terms
from payroll.calculation.pools import Pool, Pools
from payroll.calculation.words import money, share, short
from practice.money import ZERO, cents

KINDS: Final = {"session": "session", "add_on": "add_on", "late_cancel": "absence", "no_show": "absence"}
NAMES: Final = {"late_cancel": "a late cancel", "no_show": "a no-show"}


@dataclass(frozen=True, slots=True)
class Case:
    """One posting with the terms and rules of its day of service; `rule` is None where none matches."""

    posting: Posting
    terms: Terms
    rules: RuleSet
    rule: Rule | None
    is_unsigned: bool = False

    @property
    def what(self) -> str:
        """The code, or what the absence is called."""
        service = self.posting.service
        return NAMES.get(service.kind, service.code or "the session")

    @property
    def begins(self) -> str:
        """The same at the beginning of a sentence."""
        return self.what[:1].upper() + self.what[1:]

    @property
    def from_insurer(self) -> bool:
        """Whether it is an insurer's money."""
        return self.posting.source == INSURER


def line_of(case: Case, pools: Pools, rules_by_id: Mapping[int, Rule]) -> Line:
    """The line of one posting, counted into the pools."""
    pool = pools.by_source[case.posting.service.id, case.posting.source]
    rule = case.rule
    paid_under = pools.by_charge[case.posting.service.id].rule_id
    if case.posting.amount < ZERO and paid_under is not None:
        rule = rules_by_id.get(paid_under, rule)
    if rule is None:
        line = _nothing(case)
    elif rule.method == "flat":
        line = _flat(case, rule, pools)
    elif case.posting.amount > ZERO:
        line = _percent(case, rule, pool)
    else:
        line = _back(case, rule, pool, pools)
    _hold(line, case, pool)
    pools.take(line)
    return line


def _percent(case: Case, rule: Rule, pool: Pool) -> Line:
    posting, rate = case.posting, rule.rate or ZERO
    made_good = min(pool.absorbed, posting.amount)
    counted = posting.amount - made_good
    amount = cents(rate * counted)
    said = f"{_came(case)} You get {share(rate)}."
    steps = [_money_step(case)]
    if made_good:
        said = f"{_came(case)} {money(made_good)} of it makes good a takeback that cost you nothing."
        steps.append({"label": "Makes good an earlier takeback", "amount": str(-made_good)})
    steps += _arithmetic(case, rule, counted, rate, amount)
    return _line(case, rule, amount, said, steps, counted=counted, rate=rate)


def _back(case: Case, rule: Rule, pool: Pool, pools: Pools) -> Line:
    """Money taken off again: the original's exact opposite, its share, or what is left of it."""
    posting = case.posting
    if _is_absorbed(case, pool):
        said = f"{_went(case)} The practice absorbs takebacks, so it costs you nothing."
        return _line(case, rule, ZERO, said, [_money_step(case)], counted=ZERO, takeback=True)
    rate = pool.rate if pool.rate is not None else rule.rate or ZERO
    original = pools.postings.get(posting.reverses_id or 0)
    if pool.counted + posting.amount == ZERO:
        amount = -pool.pay
    elif original is not None and original[0] == -posting.amount:
        amount = -original[1]
    else:
        amount = cents(rate * posting.amount)
    since = f", paid in the run of {pool.run}," if pool.earlier_pay and pool.run else ""
    said = f"{_went(case)} Your {share(rate)} of it{since} goes back."
    steps = [_money_step(case), *_arithmetic(case, rule, posting.amount, rate, amount)]
    line = _line(case, rule, amount, said, steps, counted=posting.amount, rate=rate, takeback=bool(pool.earlier_pay))
    line.cause_line_id = pool.last_id
    return line


def _flat(case: Case, rule: Rule, pools: Pools) -> Line:
    """Earned once, with the money that first makes the charge's collected rise above zero; lost when it is gone."""
    charge = pools.by_charge[case.posting.service.id]
    after = charge.basis + case.posting.amount
    if charge.pay == ZERO and charge.basis <= ZERO < after:
        amount = capped(rule, case.posting.service.units, case.posting.service.session_id, pools)
        said = f"{_came(case)} {case.begins} pays {money(amount)}, once it is paid."
        if amount < fixed(rule, case.posting.service.units):
            said = f"{_came(case)} A group session pays {money(rule.group_cap or ZERO)} at most."
        return _line(case, rule, amount, said, _fixed_steps(case, rule, amount), counted=case.posting.amount)
    if charge.pay != ZERO and after <= ZERO and case.posting.amount < ZERO:
        return _flat_back(case, rule, charge)
    said = (
        f"{_came(case)} {case.begins} is paid to you once; it was." if charge.pay else f"{_moved(case)} Nothing is due."
    )
    return _line(case, rule, ZERO, said, [_money_step(case)], counted=case.posting.amount)


def _flat_back(case: Case, rule: Rule, charge: Pool) -> Line:
    if _is_absorbed(case, charge):
        said = f"{_went(case)} The practice absorbs takebacks, so it costs you nothing."
        return _line(case, rule, ZERO, said, [_money_step(case)], counted=ZERO, takeback=True)
    said = f"{_went(case)} Nothing is left of what was collected, so {money(charge.pay)} goes back."
    line = _line(
        case,
        rule,
        -charge.pay,
        said,
        _fixed_steps(case, rule, -charge.pay),
        counted=case.posting.amount,
        takeback=bool(charge.earlier_pay),
    )
    line.cause_line_id = charge.last_id
    return line


def fixed(rule: Rule, units: int) -> Decimal:
    """The fixed amount, for each unit."""
    return cents((rule.amount or ZERO) * units)


def capped(rule: Rule, units: int, session_id: int, pools: Pools) -> Decimal:
    """The fixed amount, as far as the group session's cap leaves room."""
    amount = fixed(rule, units)
    if rule.group_cap is None:
        return amount
    return max(min(amount, rule.group_cap - pools.by_session[session_id, rule.id]), ZERO)


def _nothing(case: Case) -> Line:
    said = f"{_moved(case)} Your agreement pays nothing for {case.what}."
    return _line(case, None, ZERO, said, [_money_step(case)], counted=ZERO)


def _is_absorbed(case: Case, pool: Pool) -> bool:
    """A takeback by an insurer of what an earlier run paid, where the practice bears it."""
    return case.from_insurer and not case.rules.shares_takebacks and pool.earlier_pay > ZERO


def _hold(line: Line, case: Case, pool: Pool) -> None:
    """An unsigned session waits, with all that moves on it, unless it was paid already (`payroll.md` S9)."""
    if not (case.is_unsigned and case.rules.holds_unsigned and case.posting.service.asks_for_note):
        return
    if case.posting.amount > ZERO or not pool.earlier_pay:
        line.is_held = True
        line.words = f"{line.words} Held until the note of {short(case.posting.service.on)} is signed."


def _line(
    case: Case,
    rule: Rule | None,
    amount: Decimal,
    said: str,
    steps: list[Step],
    *,
    counted: Decimal,
    rate: Decimal | None = None,
    takeback: bool = False,
) -> Line:
    posting, service = case.posting, case.posting.service
    return Line(
        clinician_id=service.clinician_id,
        engagement_id=case.terms.id,
        tax_class=case.terms.tax_class,
        kind=KINDS[service.kind],
        event_kind="posting",
        event_key=f"posting:{posting.id}",
        amount=amount,
        happened_on=posting.on,
        words=said,
        steps=steps,
        rule_id=rule.id if rule else None,
        rule_set_id=case.rules.id,
        code=service.code,
        service_on=service.on,
        source=posting.source,
        quantity=Decimal(service.units),
        basis=posting.amount,
        counted=counted,
        rate=rate,
        is_adjustment=posting.amount < ZERO,
        is_takeback=takeback,
        charge_id=service.id,
        attendance_id=service.attendance_id,
        session_id=service.session_id,
        ledger_line_id=posting.id,
    )


def _who(case: Case) -> str:
    return (case.posting.payer or "The insurer") if case.from_insurer else "The client"


def _came(case: Case) -> str:
    return f"{_who(case)} paid {money(case.posting.amount)} on {short(case.posting.on)}."


def _went(case: Case) -> str:
    amount, on = money(-case.posting.amount), short(case.posting.on)
    if case.from_insurer:
        return f"{_who(case)} took back {amount} on {on}."
    return f"{amount} was taken off what the client paid, on {on}."


def _moved(case: Case) -> str:
    return _came(case) if case.posting.amount > ZERO else _went(case)


def _money_step(case: Case) -> Step:
    posting = case.posting
    verb = "paid" if posting.amount > ZERO else "taken back"
    return {
        "label": f"{_who(case)}, {verb} on {short(posting.on)}",
        "note": posting.reference,
        "amount": str(posting.amount),
    }


def _agreement(case: Case, rule: Rule) -> str:
    named = f": “{rule.name}”" if rule.name else ""
    return f"Agreement of {words.dated(case.rules.starts_on)}, version {case.rules.version}{named}"


def _arithmetic(case: Case, rule: Rule, counted: Decimal, rate: Decimal, amount: Decimal) -> list[Step]:
    exact = rate * counted
    product = f"{words.plain(counted)} × {words.plain(rate)} = {words.plain(exact)}"
    rounded = "" if exact == amount else ", rounded to the cent"
    return [
        {"label": "Your share", "note": _agreement(case, rule), "rate": words.plain(rate)},
        {"label": f"{product}{rounded}"},
        {"label": "Your pay", "amount": str(amount)},
    ]


def _fixed_steps(case: Case, rule: Rule, amount: Decimal) -> list[Step]:
    return [
        _money_step(case),
        {"label": f"Fixed amount for {case.what}", "note": _agreement(case, rule), "amount": str(rule.amount)},
        {"label": "Your pay", "amount": str(amount)},
    ]
