"""Pages of the practice itself: members, set-up, payers."""

from __future__ import annotations

from django.urls import URLPattern, path

from practice.api.urls import urlpatterns as api_pages
from practice.members import person_views as person
from practice.members import views as members
from practice.search_views import search
from practice.setup.urls import urlpatterns as setup_urls

urlpatterns: list[URLPattern] = [
    path("search/", search, name="search"),
    path("practices/", members.served_practices, name="served_practices"),
    path("members/", members.members, name="members"),
    path("members/search/", members.search_members, name="search_members"),
    path("members/invite/", members.invite_member, name="invite_member"),
    path("members/<int:pk>/", person.member, name="member"),
    path("members/<int:pk>/roles/", person.change_member_roles, name="change_member_roles"),
    path("members/<int:pk>/permissions/", person.change_member_permissions, name="change_member_permissions"),
    path("members/<int:pk>/end/", person.end_member, name="end_member"),
    path("members/<int:pk>/restore/", person.restore_member, name="restore_member"),
    path("invitations/<int:pk>/resend/", members.resend_invitation, name="resend_invitation"),
    path("invitations/<int:pk>/revoke/", members.revoke_invitation, name="revoke_invitation"),
    path("invitations/<int:pk>/restore/", members.restore_invitation, name="restore_invitation"),
    *setup_urls,
    *api_pages,
]
