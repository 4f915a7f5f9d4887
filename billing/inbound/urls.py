"""Addresses of what comes back, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from billing.inbound.views import answers, uploading

urlpatterns: list[URLPattern] = [
    path("remittances/answers/", answers.answers, name="answers"),
    path("remittances/answers/upload/", uploading.upload_answers, name="upload_answers"),
    path("remittances/answers/unmatched/", answers.unmatched_answers, name="unmatched_answers"),
    path("remittances/answers/<int:pk>/", answers.answer, name="answer"),
    path("remittances/answers/<int:pk>/file/", answers.answer_file, name="answer_file"),
    path("remittances/answers/<int:pk>/again/", answers.read_answer_again, name="read_answer_again"),
    path("remittances/answers/<int:pk>/aside/", answers.set_file_aside, name="set_file_aside"),
    path("remittances/answers/<int:pk>/back/", answers.bring_file_back, name="bring_file_back"),
    path("remittances/answers/parts/<int:pk>/", answers.answer_part, name="answer_part"),
    path("remittances/answers/parts/<int:pk>/aside/", answers.set_answer_aside, name="set_answer_aside"),
    path("remittances/answers/parts/<int:pk>/back/", answers.bring_answer_back, name="bring_answer_back"),
]
