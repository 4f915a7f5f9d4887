"""Taking away what was entered by mistake, and putting back what was taken away."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from clinicians import services
from clinicians.models import Engagement, License
from clinicians.selectors import file
from clinicians.views._pages import address, undo_from_trail
from practice import acting
from practice.http import PracticeRequest, page


@page("team:edit")
@require_POST
def remove_license(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes a license off the file."""
    row = file.paper(request.actor, License, pk)

    def act() -> str:
        return f"{services.remove_license(actor=request.actor, license_id=pk)} is removed."

    back = address(request, "clinician_papers", row.clinician_id)
    return acting.act(request, act, back=back, undo=undo_from_trail(request, "restore_license", pk))


@page("team:edit")
@require_POST
def restore_license(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts it back."""
    person = file.owner_of_removed(License, pk)

    def act() -> str:
        return f"{services.restore_license(actor=request.actor, license_id=pk)} is on file again."

    return acting.act(request, act, back=address(request, "clinician_papers", person))


@page("team:edit")
@require_POST
def remove_engagement(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes terms of work away."""
    row = file.engagement(pk)

    def act() -> str:
        gone = services.remove_engagement(actor=request.actor, engagement_id=pk)
        return f"{row.clinician.name}: {gone.get_kind_display()} is removed."

    back = address(request, "clinician_terms", row.clinician_id)
    return acting.act(request, act, back=back, undo=undo_from_trail(request, "restore_engagement", pk))


@page("team:edit")
@require_POST
def restore_engagement(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts them back."""
    person = file.owner_of_removed(Engagement, pk)

    def act() -> str:
        row = services.restore_engagement(actor=request.actor, engagement_id=pk)
        return f"{row.get_kind_display()} is back. The SSN or EIN has to be entered again; removed ones are not kept."

    return acting.act(request, act, back=address(request, "clinician_terms", person))


@page("team:edit")
@require_POST
def restore_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Puts the usual week back as it was before the last change."""
    person = file.clinician(request.actor, pk)

    def act() -> str:
        services.restore_hours(actor=request.actor, clinician_id=pk)
        return f"The week of {person.name} is as it was before."

    return acting.act(request, act, back=address(request, "clinician_hours", pk))
