"""How somebody is paid, on their page of the team."""

from __future__ import annotations

from clinicians.cards import Card, Shown
from clinicians.models import Engagement
from payroll.agreements.notices import first_days, notices_of
from payroll.agreements.reading import content_of
from payroll.agreements.selectors import current
from payroll.agreements.words import in_brief
from payroll.calculation.words import dated
from payroll.loading.payees import tax_class
from payroll.policies import visible_rule_sets


def pay_card(shown: Shown) -> Card | None:
    """The version of today in a few words, for who may see everybody's pay; None without terms of work."""
    if not shown.actor.may("payroll:view"):
        return None
    rows = Engagement.objects.filter(clinician=shown.clinician, starts_on__lte=shown.today)
    terms = rows.order_by("-starts_on").first()
    if terms is None:
        return None
    url = shown.url("pay_rules_of", terms.pk)
    if not tax_class(terms.kind):
        return Card("pay", "Pay", (("Paid", "By draw, not in a pay run"),), "Pay rules", url)
    versions = list(visible_rule_sets(shown.actor).filter(engagement=terms).order_by("starts_on"))
    running = current(versions, shown.today)
    pairs: tuple[tuple[str, str], ...] = ()
    if running is not None:
        content = content_of([running])
        said = in_brief(content.rules.get(running.pk, ()), content.names)
        since = f"Version {running.version}, {dated(running.starts_on)}"
        pairs = (("Paid", f"{said[:1].upper()}{said[1:]}"), ("Since", since))
    notices = notices_of(terms, versions, shown.today, first_days())
    missing = next((one.words for one in notices if one.from_day), "")
    return Card("pay", "Pay", pairs, "Pay rules", url, missing)
