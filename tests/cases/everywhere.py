"""An app with a formula in every place that takes one 处处公式: written with labels, as people write them."""

from typing import Any

from builder.definition import App
from builder.parts import Parts, from_parts
from runtime.ports import Json

AMOUNT, STAGE, PRICE = "金额", "阶段", "单价"
LABELS = {"amount": AMOUNT, "stage": STAGE, "price": PRICE, "won": "赢单"}
RENAMED = {"amount": "Sum (total)", "stage": "进度", "price": "每件 价格", "won": "Won, at last"}
YES = f'AND({AMOUNT} > 1, {STAGE} = "赢单")'
"""A condition that reads a number, a choice and the label of an option."""
NUMBER = f'IF({STAGE} = "赢单", {AMOUNT} * 2, 0)'
IN_ROW = f"{PRICE} * {AMOUNT}"
PERSON = f'IF({STAGE} = "赢单", created_by, created_by)'
RECORD = {"title": "Thing", "amount": "21", "stage": "won", "lines": [{"price": "2"}, {"price": "3"}]}


def holds(text: str) -> dict[str, Json]:
    """A condition of a filter that is a formula."""
    return {"all": [{"field": "id", "op": "holds", "value": text}]}


def choice(id: str, label: str, when: str) -> dict[str, Json]:
    """A choice, one of whose options may be chosen under a condition."""
    options = [{"id": "yes", "label": "Yes", "when": when}, {"id": "no", "label": "No"}]
    return {"id": id, "type": "choice", "label": label, "options": options}


def number(id: str, label: str, **more: Json) -> dict[str, Json]:
    """A number."""
    return {"id": id, "type": "number", "label": label, **more}


def thing() -> dict[str, Json]:
    """The form whose labels the formulas name."""
    stages = [{"id": "won", "label": "赢单"}, {"id": "lost", "label": "输单"}]
    columns = [
        number("price", PRICE), number("worth", "小计", formula=IN_ROW),
        number("guess", "估计", default_formula=IN_ROW), choice("fit", "合适", f"{PRICE} < {AMOUNT}"),
    ]  # fmt: skip
    fields = [
        {"id": "title", "type": "text", "label": "名称"}, number("amount", AMOUNT),
        {"id": "stage", "type": "choice", "label": STAGE, "options": stages},
        number("double", "双倍", formula=NUMBER), number("more", "更多", default_formula=NUMBER),
        choice("kind", "种类", YES), {"id": "lines", "type": "subform", "label": "明细", "fields": columns},
        number("all_worth", "总计", formula=f"SUM(明细.{PRICE})"),
        number("won_worth", "赢单额", formula=f'SUMIFS({AMOUNT}, {STAGE}, "赢单") + COUNTIF({STAGE}, "<>赢单")'),
        number("found", "找到", formula=f'MAPX("count", "赢单", "事物", "{STAGE}", "{AMOUNT}")'),
        {"id": "button", "type": "button", "label": "查", "does": "event"},
    ]  # fmt: skip
    request = {"url": "https://example.com/a", "parameters": {"a": NUMBER}, "body": {"b": NUMBER}}
    event = {"id": "asking", "label": "Ask", "on": "press", "fields": ["button"], "when": YES, "request": request,
             "fills": [{"into": "title", "path": "x"}],
             "further": [{"when": YES, "request": request, "fills": [{"into": "title", "path": "y"}]}]}  # fmt: skip
    return {
        "id": "thing", "name": "事物", "title": "title", "fields": fields, "workflow": "thing", "events": [event],
        "rules": [{"id": "one", "when": YES, "show": ["more"]}],
        "checks": [{"id": "one", "that": YES, "message": "No", "fields": ["amount"]}],
        "actions": [{"id": "turn", "label": "Turn", "target": "other", "fill": {"worth": NUMBER}, "when": YES}],
        "views": [{"id": "won", "name": "Won", "filter": holds(YES)}],
        "groups": [{"id": "all", "name": "All", "to": {"everyone": True}, "operations": ["create", "read", "update"],
                    "rows": holds(YES)}],
    }  # fmt: skip


def other() -> dict[str, Json]:
    """A form that points there, and reads what lies behind."""
    fields = [{"id": "name", "type": "text", "label": "名字"}, number("worth", "价值"),
              {"id": "thing", "type": "reference", "label": "事", "form": "thing"},
              number("far", "远", formula=f"事.{AMOUNT} + 1")]  # fmt: skip
    return {"id": "other", "name": "其他", "title": "name", "fields": fields}


def workflow() -> dict[str, Json]:
    """Nodes of every type that takes a formula."""
    who = [{"expression": PERSON}]
    due = [{"after": "P1D", "do": "transfer", "assignees": who}]
    nodes = {
        "start": {"type": "fill", "label": "Start", "on": {"submitted": "way"}},
        "way": {"type": "branch", "label": "Way", "when": {"yes": YES}, "on": {"yes": "ask", "else": "end"}},
        "ask": {"type": "approve", "label": "Ask", "assignees": who, "copy_on_arrival": who, "copy_after": who,
                "due": due, "checks": [{"that": YES, "message": "No"}], "on": {"approved": "set", "rejected": "end"}},
        "set": {"type": "update", "label": "Set", "values": {"more": NUMBER}, "on": {"done": "call"}},
        "call": {"type": "webhook", "label": "Call", "url": "https://example.com", "body": {"a": NUMBER}, "wait": False,
                 "on": {"done": "sub"}},
        "sub": {"type": "subflow", "label": "Sub", "form": "other", "fill": {"worth": IN_ROW}, "rows": "lines",
                "wait": False, "on": {"done": "tell"}},
        "tell": {"type": "notify", "label": "Tell", "assignees": who, "message": "{amount}", "on": {"done": "end"}},
        "end": {"type": "end", "label": "End"},
    }  # fmt: skip
    return {"id": "thing", "form": "thing", "name": "Flow", "start": "start", "nodes": nodes}


def dashboard() -> dict[str, Json]:
    """A widget with a goal."""
    measure = {"operation": "sum", "expression": NUMBER, "filter": holds(YES)}
    goal = {"form": "thing", "measure": measure, "filter": holds(YES)}
    widget = {"id": "a", "title": "A", "shown_as": "target", "form": "thing", "filter": holds(YES),
              "measures": [measure], "goal": goal}  # fmt: skip
    return {"id": "room", "name": "Room", "widgets": [widget]}


def aggregate() -> dict[str, Json]:
    """Groups and measures."""
    measure = {"id": "worth", "operation": "sum", "expression": NUMBER, "filter": holds(YES), "label": "W"}
    return {"id": "sums", "name": "Sums", "form": "thing", "filter": holds(YES),
            "groups": [{"id": "stage", "field": "stage"}], "measures": [measure]}  # fmt: skip


def parts() -> Parts:
    """The parts of the app but the app itself, each as a person would save it."""
    found: dict[str, Any] = {"forms/thing": thing(), "forms/other": other(), "workflows/thing": workflow(),
                             "dashboards/room": dashboard()}  # fmt: skip
    return {**found, "aggregates/sums": aggregate()} if "aggregates" in App.model_fields else found


def app() -> App:
    """The whole app, in memory."""
    return from_parts({"app": {"id": "all", "name": "All"}, **parts()})


def renamed(form: dict[str, Json]) -> dict[str, Json]:
    """The form with other labels, and nothing else changed."""
    fields = [_called(one) for one in form["fields"]]
    return {**form, "fields": fields}


def _called(field: dict[str, Json]) -> dict[str, Json]:
    inner = {key: [_called(one) for one in field[key]] for key in ("fields", "options") if key in field}
    return {**field, **inner, "label": RENAMED.get(field["id"], field["label"])}
