"""Everybody can use the screens of the walk: axe finds nothing serious, the console stays silent (无障碍)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.records import Drawer, RecordList
from tests.e2e.pages.shell import Shell

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN = "() => axe.run(document, { resultTypes: ['violations'] })"


def violations(page: Page) -> list[str]:
    """What axe finds serious or critical: the rule and the first places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(RUN)
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]


def test_the_landing_page_is_accessible(desktop: Page) -> None:
    """Before anybody has signed in."""
    desktop.goto("/")
    expect(desktop.get_by_role("button", name="立即体验")).to_be_visible()
    assert violations(desktop) == []


@pytest.mark.parametrize(
    ("place", "sign"),
    [
        ("dashboard/sales", "销售漏斗"),
        ("form/customer", "共 30 条"),
        ("tasks/todo", "同意"),
        ("design/form/customer", "客户编号"),
        ("design/flow/contract", "主管审批"),
        ("versions", "最初的版本"),
    ],
)
def test_a_screen_of_the_app_is_accessible(desktop: Page, place: str, sign: str) -> None:
    """Names for every control, contrast for every word."""
    Api(desktop).start_trial()
    Shell(desktop).go(place)
    expect(desktop.get_by_role("main").get_by_text(sign, exact=True).first).to_be_visible()
    assert violations(desktop) == []


def test_a_record_is_accessible_when_read_and_when_typed(desktop: Page) -> None:
    """The drawer with a contract, then its editor."""
    Api(desktop).start_trial()
    Shell(desktop).go("form/opportunity")
    RecordList(desktop).rows.first.click()
    drawer = Drawer(desktop)
    expect(drawer.field("销售阶段")).to_be_visible()
    assert violations(desktop) == []
    drawer.click("编辑")
    expect(drawer.box("商机名称")).to_be_visible()
    assert violations(desktop) == []


@pytest.mark.parametrize(
    ("place", "sign"),
    [
        ("dashboard/sales", "销售漏斗"),
        ("form/customer", "共 30 条"),
        ("tasks/todo", "同意"),
        ("versions", "最初的版本"),
    ],
)
def test_a_screen_is_accessible_in_the_dark(desktop: Page, place: str, sign: str) -> None:
    """Contrast holds in the dark theme too."""
    desktop.add_init_script("localStorage.setItem('qiaoban.mode', 'dark')")
    Api(desktop).start_trial()
    Shell(desktop).go(place)
    expect(desktop.get_by_role("main").get_by_text(sign, exact=True).first).to_be_visible()
    assert violations(desktop) == []


@pytest.mark.parametrize(
    ("place", "sign"), [("dashboard/sales", "在途商机金额"), ("form/customer", "共 30 条"), ("tasks/todo", "待办")]
)
def test_a_screen_is_accessible_on_a_phone(phone: Page, place: str, sign: str) -> None:
    """Where the list is cards and the menu is a bar."""
    Api(phone).start_trial()
    Shell(phone).go(place)
    expect(phone.get_by_text(sign, exact=True).first).to_be_visible()
    assert violations(phone) == []
