"""Fields are taken along, dragged, taken back (复制、拖拽、撤销): in a form, between two, into every kind of place."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.designing import Designer
from tests.e2e.pages.shell import Shell

FORMS = f"/api/apps/{APP}/draft/forms"
OPTIONS: list[dict[str, Any]] = [
    {"id": "a", "label": "甲", "color": "red"},
    {"id": "b", "label": "乙", "when": "price > 10"},
]
ORDER: dict[str, Any] = {
    "id": "order",
    "name": "订单",
    "fields": [
        {"id": "price", "type": "number", "label": "单价"},
        {"id": "amount", "type": "number", "label": "数量"},
        {"id": "total", "type": "number", "label": "小计", "formula": "price * amount"},
        {"id": "kind", "type": "choice", "label": "种类", "options": OPTIONS},
        {
            "id": "lines",
            "type": "subform",
            "label": "明细",
            "fields": [{"id": "part", "type": "text", "label": "部件"}],
        },
    ],
}
SHORT: dict[str, Any] = {
    "id": "bill",
    "name": "账单",
    "grid": 1,
    "fields": [
        {"id": "price", "type": "number", "label": "金额"},
        {"id": "note", "type": "text", "label": "备注一"},
        {"id": "pages", "type": "text", "label": "页"},
    ],
    "sections": [
        {"id": "more", "label": "更多", "fields": ["note"]},
        {"id": "tab", "label": "标签", "fields": ["pages"], "shown_as": "tab"},
    ],
}


def drawn(page: Page, *forms: dict[str, Any]) -> Api:
    """A trial whose draft holds these forms, with the first of them open."""
    api = Api(page).start_trial()
    for form in forms:
        api.put(f"{FORMS}/{form['id']}", {"value": form, "base": ""})
    Shell(page).go(f"design/form/{forms[0]['id']}")
    return api


def part(api: Api, form: str) -> dict[str, Any]:
    """The form as the draft has it."""
    return dict(api.get(f"/api/apps/{APP}/draft")["parts"][f"forms/{form}"])


def fields(api: Api, form: str) -> dict[str, dict[str, Any]]:
    """Its fields by id, in their order."""
    return {one["id"]: one for one in part(api, form)["fields"]}


def test_copies_have_ids_of_their_own_and_their_formulas_follow(desktop: Page) -> None:
    """Ctrl+C and Ctrl+V within a form and into another one: options travel, formulas name the copies."""
    api = drawn(desktop, ORDER, SHORT)
    designer, press = Designer(desktop), desktop.keyboard.press
    designer.card("单价").click()
    designer.card("种类").click(modifiers=["Shift"])
    expect(designer.chosen).to_have_count(4)
    press("Control+c")
    press("Control+v")
    expect(designer.chosen).to_have_count(4)
    designer.saved()
    found = fields(api, "order")
    assert list(found) == ["price", "amount", "total", "kind", "price_2", "amount_2", "total_2", "kind_2", "lines"]
    assert found["total_2"]["formula"] == "price_2 * amount_2"
    assert found["kind_2"]["options"][1]["when"] == "price_2 > 10"
    Shell(desktop).go("design/form/bill")
    designer.card("金额").click()
    press("Control+v")
    expect(designer.card("小计")).to_be_visible()
    designer.saved()
    there = fields(api, "bill")
    assert list(there)[:5] == ["price", "price_2", "amount", "total", "kind"]
    assert there["total"]["formula"] == "price_2 * amount"
    assert [one["label"] for one in there["kind"]["options"]] == ["甲", "乙"]


def test_a_column_is_copied_beside_itself_and_a_subform_stays_outside_of_rows(desktop: Page) -> None:
    """Columns are chosen with the arrows, copied within their rows; what cannot stand there is told."""
    api = drawn(desktop, ORDER)
    designer, press = Designer(desktop), desktop.keyboard.press
    designer.card("明细").click(position={"x": 12, "y": 8})
    press("Control+c")
    designer.card("部件").click()
    press("Control+v")
    expect(desktop.get_by_role("alert")).to_contain_text("不能放进子表单")
    press("Control+d")
    expect(designer.card("部件")).to_have_count(2)
    press("ArrowUp")
    expect(designer.card("部件").first).to_have_attribute("data-selected", "true")
    designer.card("部件").last.click(modifiers=["Control"])
    expect(designer.chosen).to_have_count(2)
    press("Delete")
    expect(designer.card("部件")).to_have_count(0)
    press("Control+z")
    expect(designer.card("部件")).to_have_count(2)
    designer.saved()
    assert [one["id"] for one in fields(api, "order")["lines"]["fields"]] == ["part", "part_2"]


def test_a_piece_is_dropped_where_the_line_shows(desktop: Page, shoot: Callable[..., object]) -> None:
    """Before a field, at the end of a section, into a tab, into rows; Escape while dragging puts nothing down."""
    api = drawn(desktop, {**SHORT, "fields": [*SHORT["fields"], ORDER["fields"][4]]})
    designer = Designer(desktop)

    def put(piece: str, target: Locator, across: float, down: float) -> None:
        line = designer.drag(designer.piece(piece), target, across, down)
        expect(line).not_to_have_count(0)
        if piece == "日期":
            shoot(desktop, "design-drag-zh-desktop")
        designer.drop()
        expect(line).to_have_count(0)

    put("日期", designer.card("金额"), 0.5, 0.1)
    put("评分", designer.card("备注一"), 0.5, 0.9)
    put("手机", designer.card("页"), 0.5, 0.1)
    put("邮箱", designer.card("部件"), 0.9, 0.5)
    designer.saved()
    value = part(api, "bill")
    order = [one["type"] for one in value["fields"]]
    assert order[:2] == ["date", "number"]
    assert [one["id"] for one in value["fields"] if one["id"] in value["sections"][0]["fields"]][1].startswith("rating")
    assert value["sections"][1]["fields"][0].startswith("mobile")
    rows = next(one for one in value["fields"] if one["type"] == "subform")
    assert [one["type"] for one in rows["fields"]] == ["text", "email"]


def test_several_fields_are_dragged_together(desktop: Page) -> None:
    """What is chosen moves as one, into another section, in its order."""
    api = drawn(desktop, SHORT, ORDER)
    designer = Designer(desktop)
    designer.card("金额").click()
    designer.card("备注一").click(modifiers=["Control"])
    designer.drag(designer.card("备注一"), designer.card("页"), 0.5, 0.9)
    designer.drop()
    designer.saved()
    assert part(api, "bill")["sections"][1]["fields"] == ["pages", "price", "note"]


def test_a_hundred_steps_of_every_kind_are_taken_back_across_tabs(desktop: Page) -> None:
    """Fields, layout, rules and settings share one row of steps, which a visit to another tab does not cut."""
    api = drawn(desktop, SHORT, ORDER)
    designer = Designer(desktop)
    before = part(api, "bill")
    designer.relabel("金额", "总金额")
    form = designer.form_panel("基本信息")
    form.get_by_text("3", exact=True).click()
    rules = designer.form_panel("显隐与必填规则")
    rules.get_by_role("button", name="添加规则").click()
    designer.card("备注一").click()
    for _ in range(100):
        desktop.keyboard.press("Control+d")
    expect(designer.fields).to_have_count(103)
    desktop.get_by_text("流程设计", exact=True).click()
    expect(desktop.get_by_role("complementary", name="字段", exact=True)).to_have_count(0)
    desktop.get_by_text("表单设计", exact=True).click()
    expect(designer.fields).to_have_count(103)
    undo = designer.canvas.get_by_role("button", name="撤销 (Ctrl+Z)")
    for _ in range(100):
        desktop.keyboard.press("Control+z")
    expect(designer.fields).to_have_count(3)
    for _ in range(3):
        undo.click()
    expect(undo).to_be_disabled()
    designer.saved()
    assert part(api, "bill") == before
    for _ in range(103):
        desktop.keyboard.press("Control+Shift+Z")
    expect(designer.fields).to_have_count(103)
    designer.saved()
    after = part(api, "bill")
    assert (after["grid"], len(after["rules"]), after["fields"][0]["label"]) == (3, 1, "总金额")


def test_a_problem_of_another_form_is_jumped_to(desktop: Page) -> None:
    """The panel counts what is wrong anywhere in the app; a click opens the form and chooses the field."""
    bad = {"id": "bad", "type": "number", "label": "坏公式", "formula": "nowhere + 1"}
    broken = {**ORDER, "fields": [*ORDER["fields"], bad]}
    drawn(desktop, SHORT, broken)
    designer = Designer(desktop)
    designer.canvas.get_by_role("button", name="1 个问题").click()
    desktop.get_by_role("button").filter(has_text="坏公式").click()
    expect(designer.card("坏公式")).to_have_attribute("data-selected", "true")
    expect(designer.properties.get_by_label("标题", exact=True)).to_have_value("坏公式")
