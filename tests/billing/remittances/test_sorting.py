"""The biller's lists sort by payer, and what was narrowed, sorted and turned to a page stays together."""

from __future__ import annotations

import pytest

from billing.models import Claim, Denial, Remittance
from practice.models import PracticePayer
from tests.billing.claim_factories import answer, remittance
from tests.billing.remittances.hands import arrive_and_post
from tests.billing.remittances.rooms import Room, url


def of_payer(room: Room, name: str, number: int) -> None:
    """A refused claim and a payment of a payer by that name."""
    with room.open():
        payer = PracticePayer.objects.create(name=name, payer_id=f"SORT{number}")
        claim = room.bench.claim("150.00")
        rows = arrive_and_post(
            room.bench, remittance(answer(claim, "0.00", "CO-29 150.00"), trace=f"A{number}"), control=number
        )
        paid = room.bench.claim("80.00")
        rows += arrive_and_post(room.bench, remittance(answer(paid, "80.00"), trace=f"B{number}"), control=number + 50)
        Claim.objects.filter(pk=claim.pk).update(payer=payer)
        Remittance.objects.filter(pk__in=[row.pk for row in rows]).update(payer=payer)


@pytest.mark.parametrize("name", ["denials", "deposits"])
def test_by_payer_both_ways(room: Room, name: str) -> None:
    for number, payer in enumerate(("Midway", "Zenith", "Alpha"), 1):
        of_payer(room, payer, number)
    for sort, order in (("payer", ["Alpha", "Midway", "Zenith"]), ("-payer", ["Zenith", "Midway", "Alpha"])):
        rows = room.get(name, sort=sort).split("<tbody>")[1].split("</tbody>")[0]
        assert sorted(order, key=rows.index) == order


def test_an_act_comes_back_to_the_same_page_of_the_same_list(room: Room) -> None:
    of_payer(room, "Alpha", 1)
    with room.open():
        denial = Denial.objects.get()
    where = "?payer=7&sort=-payer&page=2"
    sent = room.bob.post(url("work_denials") + where, {"act": "assign", "denial": [denial.pk], "to": ""})
    assert sent["Location"].endswith("/denials/" + where)
    found = room.bob.post(url("search_denials") + "?payer=7&sort=payer&group=waiting", {"q": "Lindgren"})
    for part in ("payer=7", "sort=payer", "group=waiting", "s="):
        assert part in found["Location"]
    assert "Lindgren" not in found["Location"]
    form = room.get("denials", sort="-payer", group="work")
    assert f'action="{url("work_denials")}?sort=-payer&amp;group=work&amp;page=1"' in form
