"""The clients app."""

from __future__ import annotations

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self) -> None:
        from clients import searching, tabs, today
        from clients.leaving import clients_kept
        from clients.policies import SEES
        from clients.releases import tell
        from clients.tabs import Tab
        from clinicians import leaving
        from practice import navigation, notices
        from practice.navigation import Item

        navigation.register(Item("Clients", "users", "clients", SEES, "p", "People", 1, also=BELONGS))
        for order, (label, url_name) in enumerate(_TABS):
            tabs.register(Tab(label, url_name, order * 20, SEES))
        today.register()
        searching.register()
        notices.register(tell)
        leaving.register(clients_kept)


BELONGS = ("coverages", "authorizations", "contacts", "diagnoses", "caseloads")
_TABS = (
    ("Overview", "client"),
    ("Coverage", "client_coverage"),
    ("Diagnoses", "client_diagnoses"),
    ("Contacts", "client_contacts"),
)
