"""Addresses of pay runs."""

from __future__ import annotations

from django.urls import URLPattern, path

from payroll.runs.views import by_hand, listing, opening, run, states

urlpatterns: list[URLPattern] = [
    path("payroll/", listing.payroll, name="payroll"),
    path("payroll/open/", opening.open_pay_run, name="open_pay_run"),
    path("payroll/off-cycle/", opening.open_off_cycle_pay_run, name="open_off_cycle_pay_run"),
    path("payroll/runs/<int:pk>/", run.pay_run, name="pay_run"),
    path("payroll/runs/<int:pk>/progress/", run.pay_run_progress, name="pay_run_progress"),
    path("payroll/runs/<int:pk>/compute/", states.compute_pay_run, name="compute_pay_run"),
    path("payroll/runs/<int:pk>/approve/", states.approve_pay_run, name="approve_pay_run"),
    path("payroll/runs/<int:pk>/withdraw/", states.withdraw_pay_run_approval, name="withdraw_pay_run_approval"),
    path("payroll/runs/<int:pk>/lock/", states.lock_pay_run, name="lock_pay_run"),
    path("payroll/runs/<int:pk>/discard/", states.discard_pay_run, name="discard_pay_run"),
    path("payroll/runs/<int:pk>/by-hand/", by_hand.add_pay_line, name="add_pay_line"),
    path("payroll/by-hand/<int:pk>/remove/", by_hand.remove_pay_line, name="remove_pay_line"),
    path("payroll/by-hand/<int:pk>/restore/", by_hand.restore_pay_line, name="restore_pay_line"),
]
