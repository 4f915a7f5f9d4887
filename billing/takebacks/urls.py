"""Addresses of takebacks, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.takebacks.views import listing, record

urlpatterns: list[URLPattern] = [
    path("remittances/balances/", listing.payer_balances, name="payer_balances"),
    path("remittances/balances/search/", listing.search_takebacks, name="search_takebacks"),
    path("remittances/balances/letter/", listing.announce_takeback, name="announce_takeback"),
    path("remittances/balances/<int:pk>/", record.takeback, name="takeback"),
    path("remittances/balances/<int:pk>/look/", record.follow_up_takeback, name="follow_up_takeback"),
    path("remittances/balances/<int:pk>/dispute/", record.dispute_takeback, name="dispute_takeback"),
    path("remittances/balances/<int:pk>/agree/", record.end_dispute, name="end_dispute"),
    path("remittances/balances/<int:pk>/search/", record.search_claims_of_takeback, name="search_claims_of_takeback"),
    path("remittances/balances/<int:pk>/touch/", record.touch_takeback_claim, name="touch_takeback_claim"),
    path("remittances/balances/<int:pk>/place/", record.place_takeback, name="place_takeback"),
    path("remittances/balances/<int:pk>/pay/", record.pay_takeback_back, name="pay_takeback_back"),
    path("remittances/balances/<int:pk>/loss/", record.take_takeback_as_loss, name="take_takeback_as_loss"),
    path("remittances/balances/events/<int:pk>/undo/", record.undo_takeback_event, name="undo_takeback_event"),
]
