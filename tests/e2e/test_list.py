"""Somebody finds records: words, conditions, order, columns, an address that can be sent (数据列表)."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.records import RecordList
from tests.e2e.pages.shell import Shell

EAST_OR_SOUTH = {"field": "region", "op": "in", "value": ["east", "south"]}
KEY = {"field": "level", "op": "in", "value": ["a"]}


def customers(page: Page) -> tuple[Api, RecordList]:
    """A trial of one's own, at the list of customers."""
    api = Api(page).start_trial()
    Shell(page).go("form/customer")
    found = RecordList(page)
    found.counts(api.total("customer"))
    return api, found


def test_two_chinese_characters_find_a_customer(desktop: Page) -> None:
    """Quick search needs no third character."""
    api, found = customers(desktop)
    found.search("泰科")
    found.counts(api.total("customer", search="泰科"))
    expect(found.row("惠州泰科电池有限公司")).to_be_visible()
    found.search("绝没有这家公司")
    expect(desktop.get_by_text("没有符合条件的数据")).to_be_visible()
    desktop.get_by_role("button", name="清除条件").click()
    found.counts(api.total("customer"))


def test_conditions_are_joined_by_and_and_or(desktop: Page) -> None:
    """What the list counts is what the server counts."""
    api, found = customers(desktop)
    both = api.total("customer", filter={"all": [{**EAST_OR_SOUTH, "value": ["east"]}, KEY]})
    either = api.total("customer", filter={"any": [{**EAST_OR_SOUTH, "value": ["east"]}, KEY]})
    assert 0 < both < either
    conditions = found.filter()
    conditions.condition("区域", "是任一", "华东")
    conditions.condition("客户级别", "是任一", "A 重点客户")
    found.counts(both)
    conditions.popup.get_by_text("满足以下任一条件").click()
    found.counts(either)


def test_order_columns_and_words_survive_in_the_address(desktop: Page) -> None:
    """A reload, or a colleague with the link, sees the same list."""
    api, found = customers(desktop)
    found.column("客户名称").get_by_role("button", name="客户名称", exact=True).click()
    expect(found.column("客户名称")).to_have_attribute("aria-sort", "ascending")
    found.button("显示字段").click()
    desktop.get_by_role("checkbox", name="员工人数").check()
    desktop.get_by_role("checkbox", name="区域").uncheck()
    found.search("公司")
    expect(desktop).to_have_url(re.compile("q="))
    desktop.reload()
    expect(found.column("客户名称")).to_have_attribute("aria-sort", "ascending")
    expect(found.column("员工人数")).to_be_visible()
    expect(found.column("区域")).to_have_count(0)
    expect(desktop.get_by_label("快速搜索")).to_have_value("公司")
    first = api.records("customer", search="公司", sort=[{"field": "name"}], limit=1)[0]["title"]
    expect(found.rows.first).to_contain_text(first)
