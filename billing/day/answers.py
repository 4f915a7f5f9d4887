"""What the acts on one row share: the row they are about, the page they stand on, and what they answer."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from billing.day import pages
from billing.day.selectors import ALL_OPEN
from practice.http import PracticeRequest
from scheduling.models import Attendance
from scheduling.policies import visible_attendances


def row(request: PracticeRequest, pk: int) -> Attendance:
    """The attendance; Http404 when it is not there for this person."""
    return get_object_or_404(visible_attendances(request.actor).select_related("session", "client"), pk=pk)


def again(request: PracticeRequest, pk: int) -> HttpResponse:
    """The page with the row as it is now: at once for htmx, otherwise by going there."""
    if request.htmx:
        return pages.page(request, at(request), kept=pk)
    return redirect(pages.url_at(request, at(request), row=pk))


def refused(request: PracticeRequest, pk: int, name: str, error: ValueError) -> HttpResponse:
    """The page with the entry open and the sentence beside it, nothing lost."""
    return pages.page(request, at(request), refused=(pk, name, str(error)), status=422)


def at(request: PracticeRequest) -> str:
    """The page a form stands on: a day, or everything open."""
    found = sent(request, "at")
    if found == ALL_OPEN:
        return found
    if not found:
        raise Http404
    return pages.date_of(found).isoformat()


def chosen(request: PracticeRequest) -> set[int]:
    """The attendances a form names: by a control each, or many in one value, of which `listed` are on the page and
    count by their own controls."""
    many = set(sent(request, "attendances").split(",")) - set(request.POST.getlist("listed"))
    return {int(number) for number in many.union(request.POST.getlist("attendance")) if number.isdecimal()}


def sent(request: PracticeRequest, name: str) -> str:
    """What a form sends, or what the address of an undo carries."""
    return str(request.POST.get(name) or request.GET.get(name, ""))


def undo(request: PracticeRequest, name: str, pk: int, **values: str) -> str:
    """The tag that gives a message its Undo: the act's address with what it needs."""
    query = QueryDict(mutable=True)
    query.update({"at": at(request)} | values)
    return f"undo:{reverse(name, args=[request.practice.slug, pk])}?{query.urlencode()}"
