"""What opens the portal to a clinician."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from clinicians import services
from clinicians.selectors import file
from clinicians.views._pages import address
from practice import access, acting
from practice.http import PracticeRequest, page


@page("members:edit")
@require_POST
def invite_clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """Sends the invitation that leads to this file, or sends it again."""

    def act() -> str:
        invitation = services.invite_clinician(
            actor=request.actor,
            clinician_id=pk,
            link=lambda token: request.build_absolute_uri(reverse("accept_invitation", args=[token])),
        )
        return f"The invitation to {invitation.email} is on its way."

    return acting.act(request, act, back=address(request, "clinician", pk))


@page("members:edit")
@require_POST
def link_clinician(request: PracticeRequest, pk: int, member: int) -> HttpResponse:
    """Says that a person who has access is this clinician."""

    def act() -> str:
        linked = services.link_member(actor=request.actor, clinician_id=pk, membership_id=member)
        return f"This is {linked.name}’s own record now."

    undo = address(request, "unlink_clinician", pk)
    return acting.act(request, act, back=address(request, "clinician", pk), undo=undo)


@page("members:edit")
@require_POST
def unlink_clinician(request: PracticeRequest, pk: int) -> HttpResponse:
    """Parts the file from the account."""

    user = file.clinician(request.actor, pk).user
    member = access.membership(user, request.practice.pk) if user else None

    def act() -> str:
        parted = services.unlink(actor=request.actor, clinician_id=pk)
        return f"{parted.name} no longer opens this file by signing in."

    undo = address(request, "link_clinician", pk, member.pk) if member else ""
    return acting.act(request, act, back=address(request, "clinician", pk), undo=undo)
