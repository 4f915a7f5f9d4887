"""Versions of rules as the calculation sees them, with the names of what they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from clients.models import Client
from payroll.agreements.words import Names
from payroll.calculation.facts import Rule
from payroll.loading.payees import rule_facts
from payroll.models import PayRule, RuleClient, RuleSet
from practice.models import Location, PracticePayer


@dataclass(frozen=True, slots=True)
class Content:
    """The rules of several versions in the order they were written, and what the numbers in them are called."""

    rows: Mapping[int, list[PayRule]] = field(default_factory=dict)
    rules: Mapping[int, list[Rule]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    client_numbers: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


def content_of(versions: Iterable[RuleSet]) -> Content:
    """The rules of these versions; five queries, however many there are."""
    rows: dict[int, list[PayRule]] = defaultdict(list)
    for row in PayRule.objects.filter(rule_set__in=[one.pk for one in versions]).order_by("pk"):
        rows[row.rule_set_id].append(row)
    for_clients = [row.pk for found in rows.values() for row in found if row.for_clients]
    clients: dict[int, dict[int, int]] = defaultdict(dict)
    client_names: dict[int, str] = {}
    if for_clients:
        for one in RuleClient.objects.filter(rule__in=for_clients).select_related("client"):
            clients[one.rule_id][one.client_id] = one.client.number
            client_names[one.client_id] = named(one.client)
    rules = {number: [rule_facts(row, frozenset(clients[row.pk])) for row in found] for number, found in rows.items()}
    facts = [rule for found in rules.values() for rule in found]
    return Content(rows, rules, names_of(facts, client_names), clients)


def names_of(rules: Collection[Rule], clients: Mapping[int, str] | None = None) -> Names:
    """What the payers, locations and clients in these rules are called; a query for each sort that is there."""
    payers = {number for rule in rules for number in rule.payer_ids}
    places = {number for rule in rules for number in rule.location_ids}
    people = {number for rule in rules for number in rule.client_ids}
    if clients is None:
        found = Client.objects.filter(pk__in=people) if people else ()
        clients = {one.pk: named(one) for one in found}
    return Names(
        dict(PracticePayer.objects.filter(pk__in=payers).values_list("pk", "name")) if payers else {},
        dict(Location.objects.filter(pk__in=places).values_list("pk", "name")) if places else {},
        clients,
    )


def named(client: Client) -> str:
    """A client as pay rules name them."""
    return f"{client.first_name} {client.last_name}"
