"""One's own pay."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from payroll.explained import policies
from payroll.explained.items import Reader
from payroll.explained.policies import Reach
from payroll.explained.selectors.page import latest, no_pay
from payroll.explained.views._pages import address, find, searched, shown
from practice import clock
from practice.http import PracticeRequest, page


@page("payroll:own")
@require_GET
def my_pay(request: PracticeRequest) -> HttpResponse:
    """The last run with pay of mine; before there is one, how it will work."""
    reach = policies.own(request.actor)
    last = latest(reach) if reach else None
    if last is not None:
        return redirect(address(request, "my_pay_run", last))
    facts = {"found": no_pay(reach, clock.today(request.practice)), "is_own": True}
    return TemplateResponse(request, "payroll/explained/none.html", facts)


@page("payroll:own")
@require_GET
def my_pay_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """My pay of one run."""
    reach = own_reach(request)
    found = find(request, reach, pk, own_reader(request))
    return shown(request, reach, found, periods=found.paid[::-1])


@page("payroll:own")
@require_POST
def search_my_pay(request: PracticeRequest, pk: int) -> HttpResponse:
    """Lines about one client."""
    if not own_reach(request).runs().filter(pk=pk).exists():
        raise Http404
    return searched(request, address(request, "my_pay_run", pk))


def own_reach(request: PracticeRequest) -> Reach:
    """My own pay; Http404 for who is no clinician here."""
    reach = policies.own(request.actor)
    if reach is None:
        raise Http404
    return reach


def own_reader(request: PracticeRequest) -> Reader:
    """I read it."""
    return Reader(
        is_own=True,
        today=clock.today(request.practice),
        url=lambda name, *ids: address(request, name, *ids),
        run_url=lambda run_id: address(request, "my_pay_run", run_id),
    )
