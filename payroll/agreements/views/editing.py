"""A new version of somebody's pay rules, and the correction of one that paid nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from clinicians.models import Engagement
from payroll import services
from payroll.agreements import editor, selectors
from payroll.agreements.editor import Editor, Preview
from payroll.calculation.words import dated
from payroll.errors import PayrollRefusedError
from payroll.loading.payees import tax_class
from payroll.models import RuleSet
from payroll.policies import visible_rule_sets
from payroll.tabs import tabs
from practice import clock
from practice.acting import url
from practice.http import PracticeRequest, page


@page("payroll:edit")
@require_http_methods(["GET", "POST"])
def add_pay_version(request: PracticeRequest, pk: int) -> HttpResponse:
    """A version from a day on; it starts from another one's rules where somebody chose one."""
    engagement = _engagement(pk)
    if not tax_class(engagement.kind):
        messages.error(request, f"{engagement.clinician.name} is paid by draw, not in a pay run.")
        return redirect(url(request, "pay_rules_of", pk))
    if request.method == "POST":
        return _add(request, engagement)
    return _open(request, engagement)


@page("payroll:edit")
@require_http_methods(["GET", "POST"])
def change_pay_version(request: PracticeRequest, pk: int) -> HttpResponse:
    """Corrects a version that paid nobody yet."""
    row = visible_rule_sets(request.actor).select_related("engagement__clinician").filter(pk=pk).first()
    if row is None:
        raise Http404
    paid = selectors.paid_up_to([row]).get(row.pk)
    if paid is not None:
        messages.error(
            request, f"Version {row.version} has paid already, up to {dated(paid)}. Add a new version from a later day."
        )
        return redirect(url(request, "pay_rules_of", row.engagement_id))
    if request.method == "POST":
        return _change(request, row)
    opened = editor.fresh(row.engagement, row, row=row, starts_on=row.starts_on, ends_on=row.ends_on)
    return _show(request, opened, opened.preview_as_given(), row=row)


@page("payroll:edit")
@require_POST
def choose_pay_rules(request: PracticeRequest, pk: int) -> HttpResponse:
    """The form as it is being filled: a rule more or less, other fields for another kind, and what it would pay."""
    engagement = _engagement(pk)
    row = _row_of(request, engagement)
    opened = editor.redrawn(engagement, request.POST, row)
    preview = editor.sent(engagement, request.POST, row).preview()
    return _show(request, opened, preview, row=row)


def _open(request: PracticeRequest, engagement: Engagement) -> HttpResponse:
    today = clock.today(request.practice)
    own = visible_rule_sets(request.actor).filter(engagement=engagement).order_by("-starts_on")
    source = _source(request) or own.first()
    opened = editor.fresh(
        engagement,
        source,
        starts_on=_day(request) or (today if own.exists() else engagement.starts_on),
        end_former=True,
    )
    return _show(request, opened, opened.preview_as_given(), source=source)


def _add(request: PracticeRequest, engagement: Engagement) -> HttpResponse:
    found = editor.sent(engagement, request.POST)

    def change() -> RuleSet:
        given = found.version.cleaned_data
        return services.add_rule_set(
            actor=request.actor,
            engagement_id=engagement.pk,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            end_former=bool(given.get("end_former")),
            rules=found.values(),
            **found.version.policies(),
        )

    return _saved(request, found, change, "{name} is paid by version {version} from {day} on.")


def _change(request: PracticeRequest, row: RuleSet) -> HttpResponse:
    found = editor.sent(row.engagement, request.POST, row)

    def change() -> RuleSet:
        given = found.version.cleaned_data
        return services.change_rule_set(
            actor=request.actor,
            rule_set_id=row.pk,
            rules=found.values(),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            **found.version.policies(),
        )

    return _saved(request, found, change, "Version {version} of {name} is saved.", row=row)


def _saved(request: PracticeRequest, found: Editor, change: Any, said: str, row: RuleSet | None = None) -> HttpResponse:
    if found.is_valid():
        try:
            saved = change()
        except PayrollRefusedError as error:
            found.version.refuse(error)
        else:
            name = found.engagement.clinician.name
            messages.success(request, said.format(name=name, version=saved.version, day=dated(saved.starts_on)))
            return redirect(url(request, "pay_rules_of", found.engagement.pk))
    preview = editor.sent(found.engagement, request.POST, row).preview()
    return _show(request, found, preview, row=row, status=422)


def _show(
    request: PracticeRequest,
    opened: Editor,
    preview: Preview,
    *,
    row: RuleSet | None = None,
    source: RuleSet | None = None,
    status: int = 200,
) -> HttpResponse:
    today, engagement = clock.today(request.practice), opened.engagement
    to_save = url(request, "change_pay_version", row.pk) if row else url(request, "add_pay_version", engagement.pk)
    facts = {
        "editor": opened,
        "engagement": engagement,
        "preview": preview,
        "row": row,
        "source": source,
        "copies": [] if row else selectors.copies(request.actor, today, engagement),
        "to_save": to_save,
        "to_draw": url(request, "choose_pay_rules", engagement.pk, version=row.pk if row else ""),
        "tabs": tabs(request, "pay_rules"),
        "today": today,
    }
    return TemplateResponse(request, "payroll/agreements/editor.html", facts, status=status)


def _engagement(pk: int) -> Engagement:
    found = Engagement.objects.select_related("clinician").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _source(request: PracticeRequest) -> RuleSet | None:
    """The version the new one starts from, as the address says."""
    text = request.GET.get("from", "")
    rows = visible_rule_sets(request.actor).select_related("engagement__clinician")
    return rows.filter(pk=int(text)).first() if _is_key(text) else None


def _day(request: PracticeRequest) -> dt.date | None:
    """The day from which on rules are missing, as the address says."""
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _row_of(request: PracticeRequest, engagement: Engagement) -> RuleSet | None:
    """The version that is being corrected, where one is."""
    text = request.GET.get("version", "")
    rows = visible_rule_sets(request.actor).filter(engagement=engagement)
    return rows.filter(pk=int(text)).first() if _is_key(text) else None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18  # noqa: PLR2004 - as many digits as a key has
