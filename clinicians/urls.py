"""Addresses of the team's pages, below a practice."""

from __future__ import annotations

from django.urls import URLPattern, path

from clinicians.views import enrollment, papers, person, portal, removing, team, terms

urlpatterns: list[URLPattern] = [
    path("team/", team.team, name="team"),
    path("team/search/", team.search_team, name="search_team"),
    path("team/add/", team.add_clinician, name="add_clinician"),
    path("team/suggest/", team.suggest_credentials, name="suggest_credentials"),
    path("team/enrollment/", team.enrollment_grid, name="enrollment_grid"),
    path("team/<int:pk>/", person.clinician, name="clinician"),
    path("team/<int:pk>/edit/", person.edit_clinician, name="edit_clinician"),
    path("team/<int:pk>/leave/", person.leave_clinician, name="leave_clinician"),
    path("team/<int:pk>/return/", person.return_clinician, name="return_clinician"),
    path("team/<int:pk>/papers/", papers.clinician_papers, name="clinician_papers"),
    path("team/<int:pk>/licenses/add/", papers.add_license, name="add_license"),
    path("team/<int:pk>/documents/add/", papers.add_document, name="add_document"),
    path("team/licenses/<int:pk>/", papers.edit_license, name="edit_license"),
    path("team/licenses/<int:pk>/remove/", removing.remove_license, name="remove_license"),
    path("team/licenses/<int:pk>/restore/", removing.restore_license, name="restore_license"),
    path("team/licenses/<int:pk>/scan/", papers.license_scan, name="license_scan"),
    path("team/documents/<int:pk>/", papers.edit_document, name="edit_document"),
    path("team/documents/<int:pk>/scan/", papers.document_scan, name="document_scan"),
    path("team/<int:pk>/terms/", terms.clinician_terms, name="clinician_terms"),
    path("team/<int:pk>/terms/add/", terms.add_engagement, name="add_engagement"),
    path("team/terms/<int:pk>/", terms.edit_engagement, name="edit_engagement"),
    path("team/terms/<int:pk>/remove/", removing.remove_engagement, name="remove_engagement"),
    path("team/terms/<int:pk>/restore/", removing.restore_engagement, name="restore_engagement"),
    path("team/<int:pk>/supervision/", terms.clinician_supervision, name="clinician_supervision"),
    path("team/<int:pk>/supervision/add/", terms.add_supervision, name="add_supervision"),
    path("team/supervision/<int:pk>/", terms.edit_supervision, name="edit_supervision"),
    path("team/<int:pk>/enrollment/", enrollment.clinician_enrollment, name="clinician_enrollment"),
    path("team/<int:pk>/enrollment/<int:payer>/", enrollment.edit_enrollment, name="edit_enrollment"),
    path("team/<int:pk>/hours/", terms.clinician_hours, name="clinician_hours"),
    path("team/<int:pk>/hours/edit/", terms.edit_hours, name="edit_hours"),
    path("team/<int:pk>/hours/restore/", removing.restore_hours, name="restore_hours"),
    path("team/<int:pk>/portal/invite/", portal.invite_clinician, name="invite_clinician"),
    path("team/<int:pk>/portal/link/<int:member>/", portal.link_clinician, name="link_clinician"),
    path("team/<int:pk>/portal/unlink/", portal.unlink_clinician, name="unlink_clinician"),
]
