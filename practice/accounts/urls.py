"""Addresses of accounts beside allauth's own; mounted before them."""

from __future__ import annotations

from django.urls import path

from practice.accounts.views import again, invitation

urlpatterns = [
    path("again/", again.sign_in_again, name="sign_in_again"),
    path("stay/", again.stay_signed_in, name="stay_signed_in"),
    path("logout/", again.sign_out, name="account_logout"),
    path("invitation/<str:token>/", invitation.accept_invitation, name="accept_invitation"),
]
