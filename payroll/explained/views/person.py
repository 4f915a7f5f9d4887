"""Somebody's pay, for who runs payroll."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from payroll.explained import policies
from payroll.explained.items import Reader
from payroll.explained.policies import Reach
from payroll.explained.selectors.people import beside
from payroll.explained.views._pages import address, find, searched, shown
from payroll.models import PayRun
from practice import clock
from practice.http import PracticeRequest, page


@page("payroll:view")
@require_GET
def pay_of_person(request: PracticeRequest, pk: int, clinician_id: int) -> HttpResponse:
    """The pay of one person of a run, line by line."""
    reach = reach_of(request, clinician_id)
    found = find(request, reach, pk, reader_of(request, clinician_id))
    return shown(request, reach, found, people=beside(found.run, clinician_id))


@page("payroll:view")
@require_POST
def search_pay_of_person(request: PracticeRequest, pk: int, clinician_id: int) -> HttpResponse:
    """Lines about one client."""
    reach_of(request, clinician_id)
    if not PayRun.objects.filter(pk=pk).exists():
        raise Http404
    return searched(request, address(request, "pay_of_person", pk, clinician_id))


def reach_of(request: PracticeRequest, clinician_id: int) -> Reach:
    """The pay of a person; Http404 where there is no such person."""
    reach = policies.of_person(request.actor, clinician_id)
    if reach is None:
        raise Http404
    return reach


def reader_of(request: PracticeRequest, clinician_id: int) -> Reader:
    """Somebody else reads it."""
    return Reader(
        is_own=False,
        today=clock.today(request.practice),
        url=lambda name, *ids: address(request, name, *ids),
        run_url=lambda run_id: address(request, "pay_of_person", run_id, clinician_id),
    )
