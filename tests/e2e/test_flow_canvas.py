"""A workflow is drawn by mouse and by keyboard; conditions are rows; problems show their way (流程画布)."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.flowing import Canvas
from tests.e2e.pages.records import pick
from tests.e2e.pages.shell import Shell


def opened(page: Page) -> Canvas:
    """The contract's workflow in the designer."""
    Api(page).start_trial()
    Shell(page).go("design/flow/contract")
    canvas = Canvas(page)
    expect(canvas.node("manager")).to_be_visible()
    return canvas


def test_what_is_put_in_moves_nothing_sideways_and_every_step_can_be_undone(desktop: Page) -> None:
    """Cards above stay, cards below move down only; undo takes each step back."""
    canvas = opened(desktop)
    before = {id: canvas.place(id) for id in ("draft", "manager", "large", "signed")}
    canvas.insert("manager/approved", "审批")
    expect(canvas.nodes).to_have_count(8)
    after = {id: canvas.place(id) for id in before}
    assert after["draft"] == before["draft"]
    assert after["manager"] == before["manager"]
    assert all(after[id][0] == before[id][0] and after[id][1] >= before[id][1] for id in before)
    canvas.insert("manager/approved", "条件审批")
    expect(canvas.nodes).to_have_count(10)
    for count in (8, 7):
        desktop.keyboard.press("Control+z")
        expect(canvas.nodes).to_have_count(count)


def test_the_keyboard_walks_finds_copies_and_deletes(desktop: Page) -> None:
    """Arrows choose, Ctrl+F finds, Ctrl+C and Ctrl+V copy, Del deletes, Enter edits."""
    canvas = opened(desktop)
    canvas.choose("draft")
    desktop.keyboard.press("ArrowDown")
    expect(canvas.node("manager")).to_have_attribute("data-selected", "true")
    desktop.keyboard.press("Control+f")
    desktop.keyboard.type("会签")
    desktop.keyboard.press("Enter")
    expect(canvas.node("countersign")).to_have_attribute("data-selected", "true")
    desktop.keyboard.press("Control+c")
    desktop.keyboard.press("Control+v")
    expect(canvas.nodes).to_have_count(8)
    expect(canvas.node("approve_1")).to_have_attribute("data-selected", "true")
    desktop.keyboard.press("Enter")
    expect(canvas.properties.get_by_label("节点名称")).to_be_focused()
    desktop.keyboard.press("Control+a")
    desktop.keyboard.type("复核")
    expect(canvas.node("approve_1")).to_contain_text("复核")
    canvas.node("approve_1").click()
    desktop.keyboard.press("Delete")
    expect(canvas.nodes).to_have_count(7)


def test_a_condition_is_written_in_rows_and_told_in_words(desktop: Page) -> None:
    """A row becomes an expression; the line says it aloud."""
    canvas = opened(desktop)
    expect(canvas.line("large/over")).to_contain_text("合同金额 大于 ¥100,000.00")
    canvas.choose("large")
    pane = canvas.properties
    pane.get_by_role("button", name="添加条件", exact=True).first.click()
    pick(desktop, pane.get_by_label("字段", exact=True).last, "合同名称", search="合同名称")
    pane.get_by_label("合同名称", exact=True).last.fill("框架")
    expect(canvas.line("large/over")).to_contain_text("且 合同名称 包含 框架")
    pane.get_by_text("按表达式").first.click()
    expect(pane.get_by_role("textbox", name="条件 1").first).to_have_value(re.compile(r"AND\(.*CONTAINS\("))


def test_a_problem_shows_its_way_on_the_canvas(desktop: Page) -> None:
    """The panel lists what is wrong; a click draws the counter-example and goes to the place."""
    canvas = opened(desktop)
    canvas.cut("large/else")
    canvas.saved()
    panel = desktop.get_by_role("button", name=re.compile(r"\d 个问题$")).last
    panel.click()
    expect(panel).to_have_attribute("aria-expanded", "true")
    desktop.locator(".react-flow__panel li button").first.click()
    expect(canvas.node("large")).to_have_attribute("data-selected", "true")
    for id in ("draft", "manager", "large"):
        expect(canvas.node(id)).to_have_attribute("data-trail", "danger")
    expect(canvas.node("signed")).not_to_have_attribute("data-trail", "danger")


def test_today_names_are_told_for_a_rule(desktop: Page) -> None:
    """A rule says whom it means today."""
    canvas = opened(desktop)
    canvas.choose("countersign")
    expect(canvas.properties.get_by_text(re.compile("今天是：.*周总监"))).to_be_visible()


def test_deadlines_and_fields_are_set_and_stand_on_the_card(desktop: Page) -> None:
    """A deadline stands on the card; a whole column of the field table is set at once."""
    canvas = opened(desktop)
    canvas.choose("manager")
    due = canvas.open("限时处理")
    due.get_by_role("button", name="添加时限").click()
    expect(canvas.node("manager")).to_contain_text("2 天后提醒处理人")
    fields = canvas.open("字段权限")
    fields.get_by_role("button", name="全部设为“只读”").click()
    expect(fields.locator("summary")).to_contain_text("只读")
    canvas.saved()


def test_a_search_makes_the_node_readable_however_small_the_drawing_is(desktop: Page) -> None:
    """From far away; Enter brings it near and chooses it."""
    Api(desktop).start_trial()
    canvas = Canvas(desktop)
    Shell(desktop).go("design/flow/contract")
    expect(canvas.node("countersign")).to_be_visible()
    for _ in range(4):
        desktop.get_by_role("button", name="缩小").click()
    desktop.keyboard.press("Control+f")
    desktop.get_by_role("textbox", name="查找节点").fill("会签")
    desktop.keyboard.press("Enter")
    expect(canvas.node("countersign")).to_have_attribute("data-selected", "true")
    wide = "() => document.querySelector('[data-node=countersign]').getBoundingClientRect().width > 150"
    desktop.wait_for_function(wide)
