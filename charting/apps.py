"""The charting app."""

from __future__ import annotations

from django.apps import AppConfig


class ChartingConfig(AppConfig):
    name = "charting"

    def ready(self) -> None:
        from charting import today
        from charting.leaving import notes_left
        from charting.panels import due_marks, session_panel
        from charting.readiness import CosignatureMissing, NoteUnsigned
        from clinicians import leaving
        from practice import navigation
        from practice.navigation import Item
        from scheduling import panels
        from scheduling.readiness import register

        today.register()
        register(NoteUnsigned())
        register(CosignatureMissing())
        panels.register(session_panel, place="rail", order=20)
        panels.register_marks(due_marks)
        leaving.register(notes_left)
        who = ("documentation:own", "documentation:view", "documentation:cosign", "documentation:read")
        navigation.register(Item("Documentation", "notes", "documentation", who, "d", "", 3))
