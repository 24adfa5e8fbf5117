"""Two administrators draw one form at the same time (多人设计): both edits stay, or they are asked about one place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.designing import Designer
from tests.e2e.pages.shell import Shell

PHONE, CITY = "电话", "所在地"


@pytest.fixture
def pair(desktop: Page, visit: Callable[..., Page]) -> tuple[Api, Designer, Designer]:
    """Two browsers of one workspace in the designer of 客户."""
    api = Api(desktop).start_trial()
    second = visit("desktop")
    second.context.add_cookies(desktop.context.cookies())  # type: ignore[arg-type]
    for page in (desktop, second):
        Shell(page).go("design/form/customer")
        expect(page.get_by_role("group", name=PHONE, exact=True)).to_be_visible()
    return api, Designer(desktop), Designer(second)


def labels(api: Api) -> list[str]:
    """What the fields of the draft are called."""
    return [one["label"] for one in api.get(f"/api/apps/{APP}/draft")["parts"]["forms/customer"]["fields"]]


def test_each_sees_what_the_other_changes_and_undoes_only_their_own(pair: tuple[Api, Designer, Designer]) -> None:
    """An edit arrives by itself and is told; undo takes back one's own earlier step and leaves theirs."""
    api, first, second = pair
    first.relabel(PHONE, "联系电话")
    first.saved()
    expect(second.card("联系电话")).to_be_visible()
    Shell(second.page).says("联系电话")
    second.relabel(CITY, "城市")
    second.saved()
    expect(first.card("城市")).to_be_visible()
    first.undo()
    expect(first.card(PHONE)).to_be_visible()
    expect(first.card("城市")).to_be_visible()
    first.saved()
    expect(second.card(PHONE)).to_be_visible()
    assert {PHONE, "城市"} <= set(labels(api))


def test_edits_of_different_fields_made_at_once_come_together(
    pair: tuple[Api, Designer, Designer], console: Console
) -> None:
    """Whoever is saved second is merged: nobody is asked, nothing is lost."""
    console.expect("409")
    api, first, second = pair
    second.page.context.set_offline(True)
    console.expect("ERR_INTERNET_DISCONNECTED|Failed to load resource|EventSource")
    second.relabel(CITY, "城市")
    expect(second.page.locator("[data-state=failed]")).to_be_visible()
    first.relabel(PHONE, "联系电话")
    first.saved()
    second.page.context.set_offline(False)
    second.page.get_by_role("button", name="重试").click()
    second.saved()
    for one in (first, second):
        expect(one.card("联系电话")).to_be_visible()
        expect(one.card("城市")).to_be_visible()
    assert {"联系电话", "城市"} <= set(labels(api))


def test_the_same_place_changed_by_both_is_shown_with_both_and_asked_about(
    pair: tuple[Api, Designer, Designer], console: Console, shoot: Callable[..., object]
) -> None:
    """Only that place is chosen; what else was changed stays, and the choice can be undone."""
    console.expect("409|ERR_INTERNET_DISCONNECTED|Failed to load resource|EventSource")
    api, first, second = pair
    second.page.context.set_offline(True)
    second.relabel(PHONE, "手机或座机")
    second.relabel(CITY, "城市")
    expect(second.page.locator("[data-state=failed]")).to_be_visible()
    first.relabel(PHONE, "联系电话")
    first.saved()
    second.page.context.set_offline(False)
    second.page.get_by_role("button", name="重试").click()
    dialog = second.page.get_by_role("dialog", name="别人也修改了同一处")
    expect(dialog).to_contain_text("我的：手机或座机")
    expect(dialog).to_contain_text("对方的：联系电话")
    shoot(second.page, "design-conflict-zh-desktop")
    dialog.get_by_role("button", name="采用对方的").click()
    expect(second.card("联系电话")).to_be_visible()
    expect(second.card("城市")).to_be_visible()
    second.saved()
    assert {"联系电话", "城市"} <= set(labels(api))
    second.undo()
    expect(second.card("手机或座机")).to_be_visible()
