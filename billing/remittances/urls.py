"""Addresses of remittances, denials and adjustment codes, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.remittances.views import codes, corrections, denials, listing, matching, posting, remittance, worklist

urlpatterns: list[URLPattern] = [
    path("remittances/", listing.remittances, name="remittances"),
    path("remittances/search/", listing.search_remittances, name="search_remittances"),
    path("remittances/post/", listing.post_remittances, name="post_remittances"),
    path("remittances/<int:pk>/", remittance.remittance, name="remittance"),
    path("remittances/<int:pk>/copy/", remittance.remittance_copy, name="remittance_copy"),
    path("remittances/<int:pk>/post/", posting.post_remittance, name="post_remittance"),
    path("remittances/<int:pk>/accept/", posting.accept_remittance_hold, name="accept_remittance_hold"),
    path("remittances/<int:pk>/deposit/", posting.record_remittance_deposit, name="record_remittance_deposit"),
    path("remittances/<int:pk>/take-back/", posting.take_posting_back, name="take_posting_back"),
    path("remittances/<int:pk>/aside/", posting.set_remittance_aside, name="set_remittance_aside"),
    path("remittances/<int:pk>/back/", posting.bring_remittance_back, name="bring_remittance_back"),
    path("remittances/claims/<int:pk>/match/", matching.match_remittance_claim, name="match_remittance_claim"),
    path("remittances/claims/<int:pk>/unmatch/", matching.unmatch_remittance_claim, name="unmatch_remittance_claim"),
    path(
        "remittances/claims/<int:pk>/search/",
        matching.search_claims_for_remittance,
        name="search_claims_for_remittance",
    ),
    path("remittances/lines/<int:pk>/match/", matching.match_remittance_line, name="match_remittance_line"),
    path("remittances/<int:pk>/lines/", matching.match_remittance_lines, name="match_remittance_lines"),
    path("remittances/names/", corrections.client_corrections, name="client_corrections"),
    path("remittances/names/<int:pk>/take/", corrections.take_correction, name="take_correction"),
    path("remittances/names/<int:pk>/keep/", corrections.keep_correction, name="keep_correction"),
    path("remittances/names/<int:pk>/undo/", corrections.undo_correction, name="undo_correction"),
    path("denials/", worklist.denials, name="denials"),
    path("denials/search/", worklist.search_denials, name="search_denials"),
    path("denials/work/", worklist.work_denials, name="work_denials"),
    path("denials/written-off/undo/", denials.reopen_written_off, name="reopen_written_off"),
    path("denials/<int:pk>/", denials.denial, name="denial"),
    path("denials/<int:pk>/follow-up/", denials.follow_up_denial, name="follow_up_denial"),
    path("denials/<int:pk>/resolve/", denials.resolve_denial, name="resolve_denial"),
    path("denials/<int:pk>/reopen/", denials.reopen_denial, name="reopen_denial"),
    path("settings/adjustment-codes/", codes.adjustment_codes, name="adjustment_codes"),
    path("settings/adjustment-codes/decide/", codes.decide_adjustment, name="decide_adjustment"),
    path("settings/adjustment-codes/<int:pk>/forget/", codes.forget_adjustment, name="forget_adjustment"),
    path(
        "settings/adjustment-codes/<str:group>/<str:reason>/<str:treatment>/restore/",
        codes.restore_adjustment,
        name="restore_adjustment",
    ),
]
