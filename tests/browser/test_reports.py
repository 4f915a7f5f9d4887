"""The report in a browser: its chart is drawn, also after a choice was made in place, and prints."""

from __future__ import annotations

import pytest

from tests.browser.site import Site
from tests.matrix import worlds  # noqa: F401 - registers the builders
from tests.matrix.world import make_world
from tests.people import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
DRAWN = "Chart.getChart(document.querySelector('[data-chart]')).data.datasets.length"


def test_the_chart_is_drawn_again_when_a_payer_is_chosen(site: Site, standing_clock: None) -> None:
    world = make_world(make_cast())
    payer = world.one(world.people.fernhollow, "payer")
    with site.visit(world.people.bob) as page:
        page.goto("/p/fernhollow/reports/?period=quarter&by=payer")
        assert page.evaluate(DRAWN) == 3
        page.locator("select[name=payer]").select_option(str(payer.pk))
        page.wait_for_url("**payer=*")
        assert payer.name in page.locator("#in-figures .hd").inner_text()
        assert page.evaluate(DRAWN) == 3
        assert page.get_by_role("button", name="Print").is_visible()
