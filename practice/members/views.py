"""Pages about access: the list, and inviting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from practice import clock, searches
from practice.accounts.invitations import Link
from practice.http import PracticeRequest, page
from practice.members import inviting, selectors
from practice.members.acts import act_and_return, list_url, url_of
from practice.members.forms import InviteForm
from practice.members.policies import AccessRefusedError
from practice.members.serving import serving

_ON_A_PAGE = 50


@page("members:view")
@require_GET
def members(request: PracticeRequest) -> HttpResponse:
    """Who has access and who had it, and the invitations that wait."""
    words, ended = searches.words_of(request), request.GET.get("show") == "ended"
    sort = request.GET.get("sort", "")
    found = selectors.members(request.actor, request.practice, words=words, sort=sort, ended=ended)
    facts = {
        "page": Paginator(found.rows, _ON_A_PAGE).get_page(request.GET.get("page")),
        "invitations": selectors.open_invitations(request.actor, request.practice, words=words),
        "pills": _pills(request, found, ended),
        "words": words,
        "ended": ended,
        "may_edit": request.actor.may("members:edit"),
    }
    return TemplateResponse(request, "practice/members.html", facts)


@page("members:view")
@require_POST
def search_members(request: PracticeRequest) -> HttpResponse:
    """Keeps the words of a search out of the address."""
    key = searches.keep(request, request.POST.get("q", ""))
    return redirect(list_url(request, {"s": key, "show": request.GET.get("show", "")}))


@page(members=True)
@require_GET
def served_practices(request: PracticeRequest) -> HttpResponse:
    """The practices that an MSO or IPA serves, what each grants, and the way in; a practice serves none."""
    if request.practice.treats_clients:
        return redirect("practice_start", slug=request.practice.slug)
    facts = {"serving": serving(request.user, request.access), "today": clock.today(request.practice)}
    return TemplateResponse(request, "practice/served.html", facts)


@page("members:edit")
@require_http_methods(["GET", "POST"])
def invite_member(request: PracticeRequest) -> HttpResponse:
    """Asks who is invited and as what, and posts the invitation."""
    form = InviteForm(request.POST if request.method == "POST" else None, practice=request.practice)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = inviting.invite(actor=request.actor, link=_link(request), **form.cleaned_data)
        except AccessRefusedError as error:
            form.refuse(str(error), error.field)
        else:
            messages.success(request, f"The invitation to {invitation.email} is on its way.")
            return redirect(list_url(request))
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "practice/member_invite.html", {"form": form}, status=status)


@page("members:edit")
@require_POST
def resend_invitation(request: PracticeRequest, pk: int) -> HttpResponse:
    """Sends an invitation again, with a new link and another week."""

    def act() -> str:
        sent = inviting.resend_invitation(actor=request.actor, invitation_id=pk, link=_link(request))
        return f"A new link is on its way to {sent.email}. The old one no longer works."

    return act_and_return(request, act)


@page("members:edit")
@require_POST
def revoke_invitation(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes an invitation back; the message offers to undo it."""

    def act() -> str:
        revoked = inviting.revoke_invitation(actor=request.actor, invitation_id=pk)
        return f"The invitation to {revoked.email} is taken back."

    return act_and_return(request, act, undo=url_of(request, "restore_invitation", pk))


@page("members:edit")
@require_POST
def restore_invitation(request: PracticeRequest, pk: int) -> HttpResponse:
    """Lets the link of an invitation work again."""

    def act() -> str:
        restored = inviting.restore_invitation(actor=request.actor, invitation_id=pk)
        return f"The invitation to {restored.email} is open again."

    return act_and_return(request, act)


def _pills(request: PracticeRequest, found: selectors.MemberList, ended: bool) -> list[dict[str, Any]]:
    search = request.GET.get("s", "")
    return [
        {"label": "With access", "url": list_url(request, {"s": search}), "current": not ended, "count": found.living},
        {
            "label": "Ended",
            "url": list_url(request, {"s": search, "show": "ended"}),
            "current": ended,
            "count": found.ended,
        },
    ]


def _link(request: PracticeRequest) -> Link:
    return lambda token: request.build_absolute_uri(reverse("accept_invitation", args=[token]))
