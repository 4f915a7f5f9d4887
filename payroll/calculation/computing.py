"""One run, figured from its inputs: every event to its line, everybody's pay settled, and what was noticed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from payroll.calculation import bonus, matching, noticing, postings, rendered, settling, wages
from payroll.calculation.facts import Finding, Line, Rule, RuleSet, Service, Terms
from payroll.calculation.inputs import Inputs
from payroll.calculation.overtime import findings as overtime_findings
from payroll.calculation.pools import Pools
from practice.money import ZERO, total

_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Outcome:
    """What a run came to. Held lines pay nothing."""

    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """What the run pays, in dollars."""
        return total(line.amount for line in self.lines if not line.is_held)

    @property
    def held(self) -> Decimal:
        """What waits for notes."""
        return total(line.amount for line in self.lines if line.is_held)

    @property
    def people(self) -> int:
        """How many have a line that is not held."""
        return len({line.clinician_id for line in self.lines if not line.is_held})


def compute(inputs: Inputs) -> Outcome:
    """The lines and findings of a run; the same inputs always give the same."""
    run = _Run(inputs)
    run.pay_postings()
    run.pay_services()
    run.pay_hours()
    if inputs.is_regular:
        run.pay_salaries()
        run.pay_bonuses()
    run.pay_manual()
    run.settle()
    return Outcome(run.lines, run.noticed())


class _Run:
    """The calculation on its way."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.pools = Pools.of(inputs.earlier)
        self.rules = inputs.rules_by_id()
        self.lines: list[Line] = []
        self.gaps = noticing.Gaps()

    def pay_postings(self) -> None:
        """Money that was applied or taken off."""
        for posting in sorted(self.inputs.postings, key=lambda one: (one.on, one.id)):
            found = self._terms(posting.service)
            if found is None:
                continue
            terms, rules = found
            rule = matching.rule_for(rules, posting.service)
            was_paid = self.pools.by_charge[posting.service.id].rule_id is not None and posting.amount < ZERO
            if not was_paid and not self._is_paid_by_posting(posting.service, rules, rule):
                continue
            unsigned = posting.service.attendance_id in self.inputs.unsigned
            case = postings.Case(posting, terms, rules, rule, unsigned)
            self.lines.append(postings.line_of(case, self.pools, self.rules))

    def pay_services(self) -> None:
        """Sessions and absences that are paid once confirmed, and those taken back since."""
        for service in sorted(self.inputs.services, key=lambda one: (one.on, str(one.starts_at), one.id)):
            found = self._terms(service)
            rule = matching.rule_for(found[1], service) if found else None
            if found and rule and rule.recognized == "rendered":
                unsigned = service.attendance_id in self.inputs.unsigned
                self.lines.append(rendered.line_of(service, *found, rule, self.pools, unsigned=unsigned))
            elif found:
                self._is_paid_by_posting(service, found[1], rule)
        for service, paid in self.inputs.undone:
            terms = self._payable(service.clinician_id, service.on)
            line = rendered.undone(service, terms, paid) if terms else None
            if line is not None:
                self.lines.append(line)

    def pay_hours(self) -> None:
        """Hours entered."""
        for entry in sorted(self.inputs.hours, key=lambda one: (one.on, one.id)):
            terms = self._payable(entry.clinician_id, entry.on)
            if terms is None:
                continue
            rules = terms.rules_on(entry.on)
            rule = matching.rule_for_hours(rules, entry.kind) if rules else None
            if rules is None or rule is None:
                self.gaps.hours(entry)
            else:
                self.lines.append(wages.hours_line(entry, terms, rules, rule))

    def pay_salaries(self) -> None:
        """The period's part of each salary."""
        period = self.inputs.starts_on, self.inputs.ends_on
        for terms, rules in self._versions():
            for rule in matching.of_method(rules, "salary")[:1]:
                number, periods = self.inputs.number, self.inputs.periods_a_year
                line = wages.salary_line(terms, rules, rule, period, number=number, periods=periods)
                if line is not None:
                    self.lines.append(line)

    def pay_bonuses(self) -> None:
        """Sessions above a number, in months that ended or in the period."""
        for terms, rules in self._versions():
            for rule in matching.of_method(rules, "bonus")[:1]:
                for span in self._spans(rule):
                    self._pay_bonus(span, terms, rules, rule)

    def _pay_bonus(self, span: bonus.Span, terms: Terms, rules: RuleSet, rule: Rule) -> None:
        if not rules.covers(span[1]):
            return
        paid = [
            line
            for line in self.inputs.bonuses.get(terms.clinician_id, ())
            if line.service_on is not None and span[0] <= line.service_on <= span[1]
        ]
        kept = self.inputs.kept.get(terms.clinician_id, ())
        self.lines += bonus.lines_of(kept, paid, bonus.Paying(terms, rules, rule, span))

    def _spans(self, rule: Rule) -> list[bonus.Span]:
        """Months of the last half year that ended, for sessions confirmed late; or the period."""
        if rule.window == "period":
            return [(self.inputs.starts_on, self.inputs.ends_on)]
        return bonus.months_ended(self.inputs.starts_on - 183 * _DAY, self.inputs.ends_on)

    def pay_manual(self) -> None:
        """What was entered by hand for this run."""
        for entry in self.inputs.manual:
            payee = self.inputs.payees.get(entry.clinician_id)
            terms = payee.latest(self.inputs.ends_on) if payee else None
            if terms is None or terms.tax_class not in self.inputs.tax_classes:
                self.gaps.manual(entry)
            else:
                self.lines.append(wages.manual_line(entry, terms, self.inputs.ends_on))

    def settle(self) -> None:
        """Carries what an earlier run left over in, and what is below zero out."""
        by_terms: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            by_terms[line.engagement_id].append(line)
        known = {one.id: one for payee in self.inputs.payees.values() for one in payee.terms}
        end = self.inputs.ends_on
        for earlier in self.inputs.carried:
            if earlier.engagement_id in known:
                line = settling.carried_in(earlier, known[earlier.engagement_id], end)
                by_terms[earlier.engagement_id].append(line)
                self.lines.append(line)
        for number in sorted(by_terms):
            rules = known[number].rules_on(end) or max(known[number].rule_sets, key=lambda x: x.starts_on, default=None)
            may_reduce = rules is not None and rules.may_reduce
            line_out = settling.carried_out(
                by_terms[number], known[number], end, key=self.inputs.key, may_reduce=may_reduce
            )
            if line_out is not None:
                self.lines.append(line_out)

    def noticed(self) -> list[Finding]:
        """What stops the approval first, then what is only said."""
        names = {number: payee.name for number, payee in self.inputs.payees.items()}
        found = self.gaps.findings(names)
        for person in self.inputs.worked:
            found += overtime_findings(person, self.inputs.starts_on, self.inputs.ends_on, self.inputs.workweek_starts)
        return found + noticing.of_lines(self.lines, names, self.inputs.unsigned)

    def _terms(self, service: Service) -> tuple[Terms, RuleSet] | None:
        """The terms and the version of the day of service; what is missing is noted."""
        terms = self._payable(service.clinician_id, service.on, service)
        if terms is None:
            return None
        rules = terms.rules_on(service.on)
        if rules is None:
            self.gaps.rules(service)
            return None
        return terms, rules

    def _payable(self, clinician_id: int, day: dt.date, service: Service | None = None) -> Terms | None:
        """The terms of the day, where this schedule pays them; owners and partners are paid by draw."""
        payee = self.inputs.payees.get(clinician_id)
        if payee is None:
            return None
        terms = payee.on(day)
        if terms is None:
            self.gaps.terms(clinician_id, service)
            return None
        return terms if terms.tax_class in self.inputs.tax_classes else None

    def _is_paid_by_posting(self, service: Service, rules: RuleSet, rule: Rule | None) -> bool:
        """Whether money on it makes a line; a session that no rule covers is noted."""
        if rule is not None:
            return rule.recognized == "paid"
        if matching.pays_otherwise(rules):
            return False
        if service.kind in matching.ABSENCES:
            return True
        self.gaps.rule(service)
        return False

    def _versions(self) -> Iterable[tuple[Terms, RuleSet]]:
        for payee in self.inputs.payees.values():
            for terms in payee.terms:
                if terms.tax_class in self.inputs.tax_classes:
                    for rules in terms.rule_sets:
                        yield terms, rules
