"""Addresses of claims and batches, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.claims.views import batches, claim, correcting, listing

urlpatterns: list[URLPattern] = [
    path("claims/", listing.claims, name="claims"),
    path("claims/search/", listing.search_claims, name="search_claims"),
    path("claims/send/", listing.send_claims, name="send_claims"),
    path("claims/<int:pk>/", claim.claim, name="claim"),
    path("claims/<int:pk>/correct/", correcting.correct_claim, name="correct_claim"),
    path("claims/<int:pk>/replace/", correcting.replace_claim, name="replace_claim"),
    path("claims/<int:pk>/preview/", correcting.preview_claim, name="preview_claim"),
    path("claims/<int:pk>/void/", claim.void_claim, name="void_claim"),
    path("claims/<int:pk>/withdraw/", claim.withdraw_claim, name="withdraw_claim"),
    path("claims/<int:pk>/restore/", claim.restore_claim, name="restore_claim"),
    path("claims/<int:pk>/note/", claim.note_claim, name="note_claim"),
    path("claims/batches/", batches.batches, name="batches"),
    path("claims/batches/search/", batches.search_batches, name="search_batches"),
    path("claims/batches/<int:pk>/", batches.batch, name="batch"),
    path("claims/batches/<int:pk>/send/", batches.send_batch_now, name="send_batch_now"),
    path("claims/batches/<int:pk>/hold/", batches.hold_batch_back, name="hold_batch_back"),
    path("claims/files/<int:pk>/", batches.request_file, name="request_file"),
    path("claims/files/<int:pk>/again/", batches.send_request_again, name="send_request_again"),
    path("claims/files/<int:pk>/back/", batches.take_request_back, name="take_request_back"),
    path("claims/files/<int:pk>/arrived/", batches.say_request_arrived, name="say_request_arrived"),
]
