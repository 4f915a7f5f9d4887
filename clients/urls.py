"""Addresses of clients, inside a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from clients.views import authorizations, contacts, coverage, diagnoses, listing, person

urlpatterns: list[URLPattern] = [
    path("clients/", listing.clients, name="clients"),
    path("clients/search/", listing.search_clients, name="search_clients"),
    path("clients/add/", listing.add_client, name="add_client"),
    path("clients/<int:pk>/", person.client, name="client"),
    path("clients/<int:pk>/edit/", person.edit_client, name="edit_client"),
    path("clients/<int:pk>/status/", person.change_client_status, name="change_client_status"),
    path("clients/<int:pk>/clinicians/", person.assign_clinician, name="assign_clinician"),
    path("caseloads/<int:pk>/end/", person.end_caseload, name="end_caseload"),
    path("caseloads/<int:pk>/reopen/", person.reopen_caseload, name="reopen_caseload"),
    path("clients/<int:pk>/coverage/", coverage.client_coverage, name="client_coverage"),
    path("clients/<int:pk>/coverage/add/", coverage.add_coverage, name="add_coverage"),
    path("coverages/<int:pk>/", coverage.edit_coverage, name="edit_coverage"),
    path("coverages/<int:pk>/end/", coverage.end_coverage, name="end_coverage"),
    path("coverages/<int:pk>/reopen/", coverage.reopen_coverage, name="reopen_coverage"),
    path("coverages/<int:pk>/authorizations/add/", authorizations.add_authorization, name="add_authorization"),
    path("authorizations/<int:pk>/", authorizations.edit_authorization, name="edit_authorization"),
    path("authorizations/<int:pk>/remove/", authorizations.remove_authorization, name="remove_authorization"),
    path(
        "clients/<int:pk>/authorizations/<int:authorization>/restore/",
        authorizations.restore_authorization,
        name="restore_authorization",
    ),
    path("clients/<int:pk>/diagnoses/", diagnoses.client_diagnoses, name="client_diagnoses"),
    path("clients/<int:pk>/diagnoses/search/", diagnoses.search_diagnoses, name="search_diagnoses"),
    path("clients/<int:pk>/diagnoses/add/", diagnoses.add_diagnosis, name="add_diagnosis"),
    path("diagnoses/<int:pk>/move/", diagnoses.move_diagnosis, name="move_diagnosis"),
    path("diagnoses/<int:pk>/end/", diagnoses.end_diagnosis, name="end_diagnosis"),
    path("diagnoses/<int:pk>/reopen/", diagnoses.reopen_diagnosis, name="reopen_diagnosis"),
    path("diagnoses/<int:pk>/remove/", diagnoses.remove_diagnosis, name="remove_diagnosis"),
    path("clients/<int:pk>/diagnoses/<int:diagnosis>/restore/", diagnoses.restore_diagnosis, name="restore_diagnosis"),
    path("clients/<int:pk>/contacts/", contacts.client_contacts, name="client_contacts"),
    path("clients/<int:pk>/contacts/add/", contacts.add_contact, name="add_contact"),
    path("contacts/<int:pk>/", contacts.edit_contact, name="edit_contact"),
    path("contacts/<int:pk>/remove/", contacts.remove_contact, name="remove_contact"),
    path("clients/<int:pk>/contacts/<int:contact>/restore/", contacts.restore_contact, name="restore_contact"),
]
