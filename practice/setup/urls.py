"""Addresses of the set-up."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from practice.setup.views import contracts, identity, locations, offers, payer_rules, payers

_STEPS: Final = [
    path("settings/", identity.settings, name="settings"),
    path("settings/identity/", identity.identity, name="setup_identity"),
    path("settings/taxonomies/", identity.taxonomies, name="setup_taxonomies"),
    path("settings/addresses/", identity.addresses, name="setup_addresses"),
    path("settings/look/", identity.look, name="setup_look"),
    path("settings/organization/", identity.organization, name="setup_organization"),
    path("settings/policies/", identity.policies, name="setup_policies"),
    path("settings/finish/", identity.finish_step, name="finish_setup_step"),
    path("logo/", identity.logo, name="practice_logo"),
]
_LOCATIONS: Final = [
    path("settings/locations/", locations.locations, name="setup_locations"),
    path("settings/locations/add/", locations.add_location, name="add_location"),
    path("settings/locations/<int:pk>/", locations.location, name="location"),
    path("settings/locations/<int:pk>/deactivate/", locations.deactivate_location, name="deactivate_location"),
    path("settings/locations/<int:pk>/activate/", locations.activate_location, name="activate_location"),
]
_SERVICES: Final = [
    path("settings/services/", offers.offers, name="setup_services"),
    path("settings/services/codes/", offers.service_codes, name="service_codes"),
    path("settings/services/add/", offers.add_service, name="add_service"),
    path("settings/services/<int:pk>/", offers.service, name="service"),
    path("settings/services/<int:pk>/fee/", offers.set_service_fee, name="set_service_fee"),
    path("settings/services/<int:pk>/deactivate/", offers.deactivate_service, name="deactivate_service"),
    path("settings/services/<int:pk>/activate/", offers.activate_service, name="activate_service"),
]
_PAYERS: Final = [
    path("settings/payers/", payers.payers, name="setup_payers"),
    path("settings/payers/directory/", payers.payer_directory, name="payer_directory"),
    path("settings/payers/directory/add/", payers.add_directory_payer, name="add_directory_payer"),
    path("settings/payers/add/", payers.add_own_payer, name="add_own_payer"),
    path("settings/payers/<int:pk>/", payers.payer, name="payer"),
    path("settings/payers/<int:pk>/deactivate/", payers.deactivate_payer, name="deactivate_payer"),
    path("settings/payers/<int:pk>/activate/", payers.activate_payer, name="activate_payer"),
    path("settings/payers/<int:pk>/rules/", payer_rules.set_payer_rules, name="set_payer_rules"),
    path("settings/payer-rules/<int:pk>/take-back/", payer_rules.take_back_payer_rules, name="take_back_payer_rules"),
    path("settings/payer-rules/<int:pk>/restore/", payer_rules.restore_payer_rules, name="restore_payer_rules"),
    path("settings/payers/<int:pk>/contracts/add/", contracts.add_contract, name="add_contract"),
    path("settings/contracts/<int:pk>/", contracts.contract, name="contract"),
    path("settings/contracts/<int:pk>/change/", contracts.change_contract, name="change_contract"),
    path("settings/contracts/<int:pk>/rates/", contracts.save_contract_rates, name="save_contract_rates"),
    path("settings/contracts/<int:pk>/end/", contracts.end_contract, name="end_contract"),
    path("settings/contracts/<int:pk>/reopen/", contracts.reopen_contract, name="reopen_contract"),
    path("settings/contracts/<int:pk>/copy/", contracts.copy_contract, name="copy_contract"),
]

urlpatterns: list[URLPattern] = [*_STEPS, *_LOCATIONS, *_SERVICES, *_PAYERS]
