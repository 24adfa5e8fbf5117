"""Is an app sound: everything that points nowhere is found, with its place and a sentence."""

from typing import Any

import pytest

from builder.check import check
from builder.definition import App
from builder.problem import Problem

Json = Any


def app(**changes: Json) -> App:
    """A small sound app, some of its artefacts replaced."""
    raw: dict[str, Json] = {"id": "shop", "name": "小店", "forms": {"customer": customer(), "order": order()}}
    return App.model_validate({**raw, **changes})


def customer(**changes: Json) -> Json:
    """A form of two fields."""
    fields = [
        {"id": "name", "type": "text", "label": "名称"},
        {"id": "level", "type": "choice", "label": "级别", "options": [{"id": "gold", "label": "金"}]},
    ]
    return {"id": "customer", "name": "客户", "fields": fields, **changes}


def order(*more: Json, **changes: Json) -> Json:
    """A form with a reference and rows."""
    price, total = (
        {"id": "price", "type": "number", "label": "单价"},
        {"id": "total", "type": "number", "label": "合计"},
    )
    fields = [
        {"id": "no", "type": "text", "label": "编号"},
        {"id": "customer", "type": "reference", "label": "客户", "form": "customer"},
        {"id": "lines", "type": "subform", "label": "明细", "fields": [price]},
        {**total, "formula": "SUM(lines.price)"},
        *more,
    ]
    return {"id": "order", "name": "订单", "fields": fields, **changes}


def number(id: str, formula: str) -> Json:
    """A computed field."""
    return {"id": id, "type": "number", "label": id, "formula": formula}


def orders(*more: Json, **changes: Json) -> App:
    """The small app with another order form."""
    return app(forms={"customer": customer(), "order": order(*more, **changes)})


def widget(**changes: Json) -> App:
    """The small app with one widget."""
    base = {"id": "w", "title": "图", "shown_as": "bar", "form": "order", "groups": [{"field": "customer.level"}],
            "measures": [{"operation": "sum", "field": "total"}]}  # fmt: skip
    return app(dashboards={"board": {"id": "board", "name": "看板", "widgets": [{**base, **changes}]}})


def flow(**changes: Json) -> App:
    """The small app with a workflow."""
    base = {
        "id": "f",
        "form": "order",
        "name": "审批",
        "start": "a",
        "nodes": {"a": {"type": "fill", "on": {"next": "b"}}, "b": {"type": "end"}},
    }
    return app(workflows={"f": {**base, **changes}})


def test_a_sound_app_has_no_problems() -> None:
    assert check(app()) == () == check(widget()) == check(flow())


GROUP = {"id": "g", "name": "组", "to": {"roles": ["boss"]}, "operations": ["read"]}
NESTED: Json = {"field": "no", "op": "empty"}
for _ in range(9):
    NESTED = {"all": [NESTED]}
CASES: list[tuple[str, App, str]] = [
    ("check_no_title", orders(title="nme"), "forms.order.title"),
    ("check_title_missing", app(forms={"f": {"id": "f", "name": "表"}}), "forms.f.title"),
    ("check_reserved_id", orders({"id": "status", "type": "text", "label": "状态"}), "forms.order.fields.4.id"),
    (
        "check_no_form",
        orders({"id": "r", "type": "reference", "label": "R", "form": "custmer"}),
        "forms.order.fields.4.form",
    ),
    (
        "check_no_field",
        orders({"id": "r", "type": "reference", "label": "R", "form": "customer", "fill": {"n": "name"}}),
        "forms.order.fields.4.fill.n",
    ),
    (
        "check_no_field_there",
        orders({"id": "r", "type": "reference", "label": "R", "form": "customer", "fill": {"no": "n"}}),
        "forms.order.fields.4.fill.no",
    ),
    (
        "check_no_field_there",
        orders({"id": "r", "type": "reference", "label": "R", "form": "customer", "show": ["n"]}),
        "forms.order.fields.4.show.0",
    ),
    (
        "check_no_field",
        orders(sections=[{"id": "s", "label": "S", "fields": ["n"]}]),
        "forms.order.sections.0.fields.0",
    ),
    (
        "check_placed_twice",
        orders(sections=[{"id": "s", "label": "S", "fields": ["no", "no"]}]),
        "forms.order.sections.0.fields.1",
    ),
    ("check_no_field", orders(rules=[{"id": "r", "when": "total > 1", "show": ["n"]}]), "forms.order.rules.0.show.0"),
    (
        "check_no_field",
        orders(checks=[{"id": "c", "that": "total > 1", "message": "m", "fields": ["n"]}]),
        "forms.order.checks.0.fields.0",
    ),
    ("check_no_field", orders(columns=["n"]), "forms.order.columns.0"),
    ("check_no_field", orders(sort=[{"field": "n"}]), "forms.order.sort.0.field"),
    (
        "check_no_field",
        orders(views=[{"id": "v", "name": "V", "filter": {"field": "n", "op": "empty"}}]),
        "forms.order.views.0.filter",
    ),
    ("check_no_path", orders(columns=["no.n"]), "forms.order.columns.0"),
    ("check_no_field", orders(columns=["lines.n"]), "forms.order.columns.0"),
    ("check_no_field_there", orders(columns=["customer.n"]), "forms.order.columns.0"),
    (
        "check_no_option",
        orders(
            views=[{"id": "v", "name": "V", "filter": {"field": "customer.level", "op": "in", "value": ["silver"]}}]
        ),
        "forms.order.views.0.filter",
    ),
    ("check_no_role", orders(groups=[GROUP]), "forms.order.groups.0.to.roles.0"),
    (
        "check_no_field",
        orders(groups=[{**GROUP, "to": {"everyone": True}, "hide": ["n"]}]),
        "forms.order.groups.0.hide.0",
    ),
    ("check_no_form", orders(actions=[{"id": "a", "label": "A", "target": "x"}]), "forms.order.actions.0.target"),
    (
        "check_no_field_there",
        orders(actions=[{"id": "a", "label": "A", "target": "customer", "fill": {"n": "no"}}]),
        "forms.order.actions.0.fill.n",
    ),
    ("check_no_workflow", orders(workflow="w"), "forms.order.workflow"),
    (
        "check_workflow_of_other_form",
        app(forms={"customer": customer(workflow="f"), "order": order()}, workflows=flow().dump()["workflows"]),
        "forms.customer.workflow",
    ),
    (
        "check_filter_too_large",
        orders(views=[{"id": "v", "name": "V", "filter": NESTED}]),
        "forms.order.views.0.filter",
    ),
    ("check_expression", orders(number("x", "SUM(lines.n)")), "forms.order.fields.4.formula"),
    ("check_expression", orders(number("x", "1 +")), "forms.order.fields.4.formula"),
    ("check_expression", orders(number("x", 'UPPER("a")')), "forms.order.fields.4.formula"),
    ("check_expression", orders(rules=[{"id": "r", "when": "n = 1"}]), "forms.order.rules.0.when"),
    ("check_expression", orders(checks=[{"id": "c", "that": "no", "message": "m"}]), "forms.order.checks.0.that"),
    ("check_cycle", orders(number("x", "y + 1"), number("y", "x + 1")), "forms.order.fields.4.formula"),
    ("check_no_form", flow(form="x"), "workflows.f.form"),
    ("check_no_node", flow(start="x"), "workflows.f.start"),
    ("check_no_node", flow(nodes={"a": {"type": "fill", "on": {"next": "x"}}}), "workflows.f.nodes.a.on.next"),
    ("check_no_node", flow(drawing={"x": [0, 0]}), "workflows.f.drawing.x"),
    ("check_no_form", widget(form="x"), "dashboards.board.widgets.0.form"),
    ("check_no_field", widget(groups=[{"field": "n"}]), "dashboards.board.widgets.0.groups.0.field"),
    (
        "check_no_field",
        widget(measures=[{"operation": "sum", "field": "n"}]),
        "dashboards.board.widgets.0.measures.0.field",
    ),
    (
        "check_not_a_number",
        widget(measures=[{"operation": "sum", "field": "no"}]),
        "dashboards.board.widgets.0.measures.0.field",
    ),
    ("check_no_measure", widget(measures=[]), "dashboards.board.widgets.0.measures"),
    ("check_no_measure", widget(shown_as="ratio"), "dashboards.board.widgets.0.measures"),
    ("check_no_group", widget(groups=[]), "dashboards.board.widgets.0.groups"),
    ("check_no_goal", widget(shown_as="target"), "dashboards.board.widgets.0.goal"),
    ("check_no_columns", widget(shown_as="records"), "dashboards.board.widgets.0.columns"),
    ("check_no_field", widget(date_field="n"), "dashboards.board.widgets.0.date_field"),
    (
        "check_no_form",
        widget(goal={"form": "x", "measure": {"operation": "count"}}),
        "dashboards.board.widgets.0.goal.form",
    ),
    (
        "check_no_field",
        widget(goal={"form": "customer", "measure": {"operation": "sum", "field": "n"}}),
        "dashboards.board.widgets.0.goal.measure.field",
    ),
    ("check_widget_too_wide", widget(x=20), "dashboards.board.widgets.0.w"),
    ("check_no_page", app(menu=[{"id": "m", "items": ["form:x"]}]), "menu.0.items.0"),
    ("check_page_twice", app(menu=[{"id": "m", "items": ["form:order", "form:order"]}]), "menu.0.items.1"),
]


@pytest.mark.parametrize(("code", "unsound", "place"), CASES, ids=[f"{code}-{place}" for code, _, place in CASES])
def test_what_points_nowhere_is_found_where_it_is(code: str, unsound: App, place: str) -> None:
    found = check(unsound)
    assert (code, place) in {(problem.code, ".".join(map(str, problem.path))) for problem in found}
    assert all(
        problem.sentence(language) not in ("", problem.code) for problem in found for language in ("zh-CN", "en")
    )


def test_a_cycle_through_rows_is_told_with_its_way_round() -> None:
    lines = {"id": "rows", "type": "subform", "label": "行", "fields": [number("share", "whole / 2")]}
    found = check(orders(lines, number("whole", "SUM(rows.share)")))
    assert [problem.params["path"] for problem in found] in (
        [["rows.share → whole → rows.share"][0]],
        [["whole → rows.share → whole"][0]],
    )


def test_a_row_formula_that_reads_its_own_column_of_the_same_name_as_a_field_is_no_cycle() -> None:
    lines = {
        "id": "rows",
        "type": "subform",
        "label": "行",
        "fields": [{"id": "sum", "type": "number", "label": "数"}, number("twice", "sum * 2")],
    }
    assert check(orders(lines, number("sum", "SUM(rows.twice)"))) == ()


def test_roles_of_the_workspace_are_known_too() -> None:
    assert check(orders(groups=[GROUP]), roles=["boss"]) == ()


def test_what_the_floor_above_says_of_nodes_stands_under_the_workflow() -> None:
    found = check(flow(), nodes=lambda app, workflow: [Problem("check_no_node", ("nodes", "a"))])
    assert [problem.path for problem in found] == [("workflows", "f", "nodes", "a")]


def test_a_guess_is_offered_for_a_typo() -> None:
    assert check(orders(columns=["custmer"]))[0].sentence("en").endswith("Did you mean 'customer'?")
