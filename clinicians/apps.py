"""The clinicians app."""

from __future__ import annotations

from django.apps import AppConfig


class CliniciansConfig(AppConfig):
    name = "clinicians"

    def ready(self) -> None:
        from clinicians import searching, today
        from clinicians.services import link_accepted
        from practice import navigation
        from practice.accounts.accepted import on_accepted
        from practice.navigation import Item

        today.register()
        searching.register()
        on_accepted(link_accepted)
        navigation.register(Item("Team", "id-badge-2", "team", ("team:view", "team:own"), "t", "People", 20))
