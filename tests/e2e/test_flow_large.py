"""Thirty nodes on the canvas, drawn with the mouse and the keyboard alone (大流程画布)."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.flowing import Canvas
from tests.e2e.pages.large_flow import thirty, with_thirty
from tests.e2e.pages.shell import Shell

COUNT = len(thirty())
Shoot = Callable[..., Path]


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A busy machine draws slowly: what is expected may take its time."""
    expect.set_options(timeout=25_000)
    yield
    expect.set_options(timeout=5_000)


def opened(page: Page, language: str = "zh-CN") -> Canvas:
    """The workflow of thirty nodes in the designer, as far as it was drawn."""
    page.set_default_timeout(30_000)
    with_thirty(Api(page, language).start_trial())
    Shell(page).go("design/flow/contract")
    canvas = Canvas(page)
    expect(canvas.nodes).to_have_count(COUNT)
    return canvas


def test_a_line_is_drawn_from_card_to_card_and_led_elsewhere(desktop: Page) -> None:
    """A drag from the lower edge of a card to another one; the end of a line is dragged on; undo takes both back."""
    canvas = opened(desktop)
    before = canvas.places()
    canvas.cut("seal/approved")
    canvas.see("seal")
    assert canvas.places() == before, "what is cut off stays where it stood"
    canvas.draw("seal", "archive")
    assert canvas.places() == before
    canvas.leads("seal/approved", "用印登记 → 合同归档")
    desktop.keyboard.press("Control+z")
    expect(canvas.line("seal/approved")).to_have_count(0)
    desktop.keyboard.press("Control+z")
    canvas.leads("seal/approved", "用印登记 → 用印复核")


def test_the_end_of_a_line_is_dragged_to_another_card(desktop: Page) -> None:
    """The arrow is taken hold of and let go on the next card but one."""
    canvas = opened(desktop)
    canvas.see("seal")
    canvas.lead("seal/approved", "archive")
    canvas.leads("seal/approved", "用印登记 → 合同归档")


def test_what_is_put_into_the_middle_of_thirty_nodes_moves_nothing_sideways(desktop: Page) -> None:
    """ "+" on a line; every card above stays, those below move straight down; tidying twice changes nothing."""
    canvas = opened(desktop)
    before = canvas.places()
    canvas.see("chief")
    canvas.insert("chief/approved", "审批")
    expect(canvas.nodes).to_have_count(COUNT + 1)
    after = canvas.places()
    assert {id: after[id][0] for id in before} == {id: x for id, (x, _) in before.items()}
    line = before["chief"][1]
    assert all(after[id] == place for id, place in before.items() if place[1] <= line)
    assert all(after[id][1] >= place[1] for id, place in before.items())
    tidy = desktop.get_by_role("button", name="整理布局")
    tidy.click()
    first = canvas.places()
    tidy.click()
    assert canvas.places() == first


def test_several_cards_are_copied_and_pasted_into_a_line_and_taken_back(desktop: Page) -> None:
    """Shift chooses two; Ctrl+C, a line, Ctrl+V: the line leads through both; Ctrl+Z and Ctrl+Shift+Z."""
    canvas = opened(desktop)
    canvas.see("middle_money")
    canvas.choose("middle")
    canvas.node("middle_money").click(modifiers=["Shift"])
    desktop.keyboard.press("Control+c")
    canvas.choose_line("tell/done")
    desktop.keyboard.press("Control+v")
    expect(canvas.nodes).to_have_count(COUNT + 2)
    expect(canvas.properties).to_contain_text("已选择 2 个节点")
    canvas.leads("tell/done", "抄送财务 → 销售总监审批")
    canvas.leads("approve_1/approved", "销售总监审批 → 财务复核")
    canvas.leads("approve_2/approved", "财务复核 → 同时会审")
    desktop.keyboard.press("Control+z")
    expect(canvas.nodes).to_have_count(COUNT)
    canvas.leads("tell/done", "抄送财务 → 同时会审")
    desktop.keyboard.press("Control+Shift+z")
    expect(canvas.nodes).to_have_count(COUNT + 2)


def test_a_remark_stands_on_the_card_is_found_and_is_there_for_the_next_person(desktop: Page) -> None:
    """Written in the properties; the search finds its words; it is there after loading again."""
    canvas = opened(desktop)
    canvas.find("用印登记")
    canvas.properties.get_by_placeholder("写给一起设计的人看，不影响流程").fill("印章室周五不上班")
    expect(canvas.node("seal").get_by_role("img", name="备注：印章室周五不上班")).to_be_visible()
    canvas.saved()
    desktop.reload()
    expect(canvas.nodes).to_have_count(COUNT)
    canvas.find("周五")
    expect(canvas.node("seal")).to_have_attribute("data-selected", "true")


def test_overlap_and_gap_of_conditions_are_told_with_values_and_their_way(desktop: Page, shoot: Shoot) -> None:
    """Advice that stops no publish: what both answer, what none answers; a click draws the way there."""
    canvas = opened(desktop)
    desktop.get_by_role("button", name=re.compile("条建议")).click()
    panel = desktop.locator(".react-flow__panel", has_text="条建议")
    expect(panel).to_contain_text("有重叠")
    expect(panel).to_contain_text("有空档")
    panel.get_by_role("button", name=re.compile("有重叠")).click()
    expect(canvas.node("risk")).to_have_attribute("data-trail", "accent")
    expect(canvas.node("middle")).to_have_attribute("data-trail", "accent")
    expect(canvas.node("small")).not_to_have_attribute("data-trail", "accent")
    expect(canvas.line("risk/high")).to_contain_text("合同金额 大于 ¥50,000.00")
    shoot(desktop, "flow-thirty-overlap-zh-desktop")


def test_map_zoom_and_keys_move_over_a_drawing_that_does_not_fit(desktop: Page, shoot: Shoot) -> None:
    """The map is shown and leads elsewhere; fit shows all cards; arrows walk and keep the chosen card in sight."""
    canvas = opened(desktop)
    desktop.get_by_role("button", name="缩略图").click()
    expect(desktop.locator(".react-flow__minimap")).to_be_visible()
    desktop.get_by_role("button", name="适应窗口").click()
    for id in ("draft", "signed", "closed"):
        expect(canvas.node(id)).to_be_in_viewport()
    shoot(desktop, "flow-thirty-map-zh-desktop")
    canvas.find("起草")
    for expected in ("check", "manager", "size"):
        desktop.keyboard.press("ArrowDown")
        expect(canvas.node(expected)).to_have_attribute("data-selected", "true")
        expect(canvas.node(expected)).to_be_in_viewport()


def test_thirty_nodes_in_english(visit: Callable[..., Page], shoot: Shoot) -> None:
    """The same drawing, told in English."""
    page = visit("desktop", locale="en-US")
    canvas = opened(page, "en")
    expect(page.get_by_role("button", name=re.compile("Advice: "))).to_be_visible()
    canvas.choose("draft")
    expect(canvas.line("size/low")).to_contain_text("Contract amount at most")
    shoot(page, "flow-thirty-en-desktop")


def test_on_a_phone_the_drawing_is_read_and_a_card_opens_its_properties(phone: Page, shoot: Shoot) -> None:
    """It opens where the workflow begins; a tap shows the properties from below; nothing runs out of the screen."""
    canvas = opened(phone)
    expect(canvas.node("draft")).to_be_in_viewport()
    canvas.node("check").tap()
    sheet = phone.get_by_role("dialog")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_label("节点名称")).to_have_value("合规初审")
    shoot(phone, "flow-thirty-zh-phone")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
