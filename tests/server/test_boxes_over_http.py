"""A box of tasks over HTTP 待办箱: paged, narrowed and counted by what stands in the address."""

import pytest

from tests.server.office import Office, furnish, open_office
from tests.server.site import Site

BOX = "/api/tasks/boxes"


@pytest.fixture
def office(site: Site) -> Office:
    """A company with records of everybody."""
    return furnish(open_office(site))


def test_a_box_is_paged_and_narrowed_by_its_address(office: Office) -> None:
    boss = office.boss
    everything = boss.get(f"{BOX}/initiated?limit=1&app=crm")
    assert len(everything["cards"]) <= 1
    nothing = f"{BOX}/todo?limit=50&form=crm.contract&overdue=true&since=2026-01-01T00:00:00Z&text=x"
    assert boss.get(nothing)["cards"] == []
    assert set(boss.get(f"{BOX}/todo/tally?app=crm")) == {"forms", "nodes", "initiators", "overdue"}


@pytest.mark.parametrize("asked", ["limit=0", "limit=101", "since=yesterday", "nonsense=1", f"text={'x' * 201}"])
def test_an_address_that_means_nothing_is_refused(office: Office, asked: str) -> None:
    office.boss.get(f"{BOX}/todo?{asked}", status=422)
