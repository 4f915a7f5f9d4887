"""Addresses of accounts beside allauth's own."""

from __future__ import annotations

from django.urls import path

from practice.accounts import views

urlpatterns = [path("again/", views.sign_in_again, name="sign_in_again")]
