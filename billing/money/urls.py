"""Addresses of client money, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.money.views import account, charges, documents, listing, payments

urlpatterns: list[URLPattern] = [
    path("money/", listing.client_money, name="client_money"),
    path("money/search/", listing.search_client_money, name="search_client_money"),
    path("money/payments/<int:pk>/undo/", payments.undo_payment, name="undo_payment"),
    path("money/payments/<int:pk>/take-back/", payments.take_back_payment, name="take_back_payment"),
    path("money/payments/<int:pk>/receipt/", documents.payment_receipt, name="payment_receipt"),
    path("money/charges/<int:pk>/", charges.client_charge, name="client_charge"),
    path("money/charges/<int:pk>/write-off/", charges.write_off_charge, name="write_off_charge"),
    path("money/charges/<int:pk>/move/", charges.move_charge, name="move_charge"),
    path("money/charges/<int:pk>/take-off/", charges.unapply_charge, name="unapply_charge"),
    path("money/entries/<int:pk>/undo/", charges.undo_money_entry, name="undo_money_entry"),
    path("clients/<int:pk>/money/", account.client_account, name="client_account"),
    path("clients/<int:pk>/money/print/", account.print_account, name="print_account"),
    path("clients/<int:pk>/money/payment/", payments.take_payment, name="take_payment"),
    path("clients/<int:pk>/money/payment/preview/", payments.preview_payment, name="preview_payment"),
    path("clients/<int:pk>/money/credit/", payments.apply_credit, name="apply_credit"),
    path("clients/<int:pk>/money/refund/", payments.refund_client, name="refund_client"),
    path("clients/<int:pk>/money/superbill/", documents.superbill, name="superbill"),
    path("clients/<int:pk>/money/superbill/file/", documents.superbill_file, name="superbill_file"),
]
