"""Addresses of payroll, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern

from payroll.agreements.urls import urlpatterns as agreements
from payroll.explained.urls import urlpatterns as explained
from payroll.hours.urls import urlpatterns as hours
from payroll.providers.urls import urlpatterns as providers
from payroll.runs.urls import urlpatterns as runs
from payroll.schedules.urls import urlpatterns as schedules

urlpatterns: list[URLPattern] = [*runs, *explained, *providers, *agreements, *schedules, *hours]
