"""A dashboard tells the truth: its numbers are the records' numbers (仪表盘)."""

import json
import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.records import RecordList, pick
from tests.e2e.pages.shell import Shell

OPEN = {"field": "stage", "op": "not_in", "value": ["won", "lost", "invalid"]}


def widget(page: Page, title: str) -> Locator:
    """The card of a widget."""
    return page.get_by_role("main").get_by_role("region", name=title, exact=True)


def count(api: Api, *conditions: dict[str, object]) -> int:
    """How many opportunities answer all conditions, grouped by the server."""
    body = {"filter": {"all": [OPEN, *conditions]}, "measures": [{"operation": "count"}]}
    groups = api.post(f"/api/apps/{APP}/forms/opportunity/records/group", body)
    return int(groups[0]["values"][0])


def test_the_numbers_are_the_records_and_a_person_narrows_them(desktop: Page) -> None:
    """What the figure says is what the records sum up to, for everybody and for one."""
    api = Api(desktop).start_trial()
    Shell(desktop).go("dashboard/sales")
    figure = widget(desktop, "在途商机金额")
    expect(figure).to_contain_text(re.compile(rf"商机数\s*{count(api)}\b"))
    pick(desktop, desktop.get_by_role("main").locator(".ant-select").last, "销售小王")
    own = count(api, {"field": "owner", "op": "in", "value": [api.member("销售小王")]})
    expect(figure).to_contain_text(re.compile(rf"商机数\s*{own}\b"))


def test_a_range_is_kept_in_the_address(desktop: Page) -> None:
    """The link shows a colleague the same."""
    Api(desktop).start_trial()
    Shell(desktop).go("dashboard/sales")
    this_year = desktop.get_by_role("main").get_by_text("本年", exact=True)
    this_year.click()
    expect(desktop).to_have_url(re.compile(r"\?"))
    desktop.reload()
    expect(desktop.get_by_role("radio", name="本年")).to_be_checked()


def test_a_part_of_a_chart_leads_to_its_records(desktop: Page) -> None:
    """The list asks what the part was made of, and holds as many records as the server counts for that."""
    api = Api(desktop).start_trial()
    Shell(desktop).go("dashboard/sales")
    chart = widget(desktop, "销售漏斗").locator("canvas").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    for part in (0.5, 0.4, 0.6, 0.3, 0.7):
        if "/form/opportunity" in desktop.url:
            break
        desktop.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * part)
        desktop.wait_for_load_state("networkidle")
    expect(desktop).to_have_url(re.compile(r"/form/opportunity.*filter="))
    asked = json.loads(parse_qs(urlsplit(desktop.url).query)["filter"][0])
    assert '"stage"' in json.dumps(asked)
    RecordList(desktop).counts(api.total("opportunity", filter=asked))
