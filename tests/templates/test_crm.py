"""The CRM 客户管理: it loads, it is sound, it exports to the same bytes, and every sample is a legal record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from builder.access import Actor, decide
from builder.check import check
from builder.definition import App, Operation
from builder.expression.values import Context
from builder.locales import check_locales, in_language, translatable
from builder.problem import Problem, sentence
from builder.samples import Ready, World, keys, resolve
from builder.template import Samples, read_folder, write_files
from runtime import compute
from runtime.live import LiveApp
from runtime.node import read as read_node
from runtime.soundness import for_check
from tests.templates.company import open_company

FOLDER = Path(__file__).parents[2] / "templates" / "crm"
FORMS = ["lead", "customer", "contact", "opportunity", "follow_up", "contract", "payment", "product", "target"]
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def template() -> tuple[App, Samples]:
    """The CRM as it lies in the folder."""
    return read_folder(FOLDER)


@pytest.fixture(scope="module")
def app(template: tuple[App, Samples]) -> App:
    """The app alone."""
    return template[0]


def world(samples: Samples, today: date = TODAY) -> World:
    """Everybody of the small company, and an id for every sample."""
    people = samples.people
    return World(
        today,
        NOW,
        {member["id"]: f"id-{member['id']}" for member in people["members"]},
        {one["id"]: f"id-{one['id']}" for one in people["departments"]},
        {form: {key: f"{form}-{key}" for key in ids} for form, ids in keys(samples).items()},
    )


@pytest.fixture(scope="module")
def records(template: tuple[App, Samples]) -> dict[str, tuple[Ready, ...]]:
    """The samples as they are on one day."""
    app, samples = template
    return resolve(app, samples, world(samples))


def test_it_has_the_forms_of_a_sales_team(app: App) -> None:
    assert sorted(app.forms) == sorted(FORMS)
    assert set(app.dashboards) == {"sales", "receivable"}
    assert set(app.workflows) == {"contract"}


def test_it_is_sound(app: App) -> None:
    assert check(app) == ()


def test_its_workflow_finds_somebody_at_every_node_of_the_small_company(app: App) -> None:
    assert check(app, nodes=for_check(open_company().memory.directory)) == ()


def test_it_exports_to_the_same_bytes(template: tuple[App, Samples]) -> None:
    stored = {
        place.relative_to(FOLDER).as_posix(): place.read_bytes() for place in FOLDER.rglob("*") if place.is_file()
    }
    assert write_files(*template) == stored


def test_nothing_is_untranslated_and_no_translation_is_left_over(app: App) -> None:
    assert check_locales(app) == ()
    assert "en" in app.locales


def test_samples_speak_english_too(template: tuple[App, Samples]) -> None:
    app, samples = template
    found = resolve(app, samples, replace(world(samples), language="en"))
    texts = [
        text for rows in found.values() for ready in rows for text in (str(ready.values), *map(str, ready.answers))
    ]
    assert [text for text in texts if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


def test_english_words_hold_no_chinese(app: App) -> None:
    assert [
        path for path, word in app.locales["en"].items() if any("\u4e00" <= letter <= "\u9fff" for letter in word)
    ] == []


def test_every_label_of_the_english_app_is_the_translation(app: App) -> None:
    assert translatable(in_language(app, "en")) == app.locales["en"]


@pytest.mark.parametrize("form", FORMS)
def test_lists_show_about_eight_columns(app: App, form: str) -> None:
    assert 5 <= len(app.forms[form].columns) <= 10


@pytest.mark.parametrize("form", FORMS)
def test_every_field_stands_in_a_section_or_the_form_has_none(app: App, form: str) -> None:
    sections = app.forms[form].sections
    placed = {id for section in sections for id in section.fields}
    assert not sections or placed == {field.id for field in app.forms[form].fields}


def test_every_node_is_understood_by_the_machine(app: App) -> None:
    kinds = [type(read_node(node)).__name__ for node in app.workflows["contract"].nodes.values()]
    assert sorted(set(kinds)) == ["Approve", "Branch", "Copy", "End", "Fill"]


def test_there_are_samples_for_every_form(template: tuple[App, Samples]) -> None:
    counts = {form: len(rows) for form, rows in template[1].records.items()}
    assert set(counts) == set(FORMS)
    assert counts["customer"] == 30
    assert counts["opportunity"] == 60


@pytest.mark.parametrize("form", FORMS)
def test_every_sample_could_have_been_entered_by_hand(
    app: App, records: dict[str, tuple[Ready, ...]], form: str
) -> None:
    assert [(ready.key, problem) for ready in records[form] for problem in problems_of(app, form, ready, records)] == []


def problems_of(app: App, form: str, ready: Ready, records: dict[str, tuple[Ready, ...]]) -> list[Problem]:
    """What the rules and checks of the form say of a sample; its formulas are computed first."""
    values = computed(app, form, ready)
    live = LiveApp(app, {}).form(form)
    at = Context(NOW, "Asia/Shanghai")
    shown = compute.rules(live, values, at)
    return compute.required_missing(live, values, shown) + compute.checks(live, values, at)


def computed(app: App, form: str, ready: Ready) -> dict[str, object]:
    """A sample's values with formulas."""
    live = LiveApp(app, {}).form(form)
    at = Context(NOW, "Asia/Shanghai")
    values = {
        id: [dict(row) for row in value] if id in ("lines", "plan") else value for id, value in ready.values.items()
    }
    compute.defaults(live, values, at)
    compute.formulas(live, values, at)
    return values


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29), date(2026, 3, 31), date(2026, 12, 31)], ids=str)
def test_samples_are_legal_on_any_day(template: tuple[App, Samples], today: date) -> None:
    app, samples = template
    found = resolve(app, samples, world(samples, today))
    assert all(
        ready.values["close_date"] <= today.isoformat()
        for ready in found["opportunity"]
        if "close_date" in ready.values
    )


@pytest.mark.parametrize("form", FORMS)
def test_unique_fields_hold_each_value_once(app: App, records: dict[str, tuple[Ready, ...]], form: str) -> None:
    for field in (field for field in app.forms[form].fields if field.unique):
        held = [ready.values[field.id] for ready in records[form] if field.id in ready.values]
        assert len(held) == len(set(held))


def test_payments_add_up_to_what_the_contracts_say_was_received(
    app: App, records: dict[str, tuple[Ready, ...]]
) -> None:
    received: dict[str, Decimal] = {}
    for payment in records["payment"]:
        contract = payment.values["contract"]
        received[contract] = received.get(contract, Decimal(0)) + Decimal(payment.values["amount"])
    paid = {ready.id: Decimal(str(computed(app, "contract", ready)["paid"])) for ready in records["contract"]}
    assert received == {id: amount for id, amount in paid.items() if amount}


def test_some_contracts_are_overdue_and_some_wait_for_the_visitor(
    app: App, template: tuple[App, Samples], records: dict[str, tuple[Ready, ...]]
) -> None:
    contracts = [(ready, computed(app, "contract", ready)) for ready in records["contract"]]
    overdue = [
        ready.key
        for ready, values in contracts
        if ready.state == "approved" and str(values["next_due"] or "9") < "2026-11-23"
    ]
    visitor = next(member["id"] for member in template[1].people["members"] if member.get("visitor"))
    heads = {one["id"]: one["heads"] for one in template[1].people["departments"]}
    waiting = [ready for ready in records["contract"] if ready.state == "submitted" and not ready.answers]
    assert len(overdue) >= 3
    assert heads["company"] == [visitor]
    assert [ready.by for ready in waiting].count("id-liuqiang") + [ready.by for ready in waiting].count(
        "id-huangmin"
    ) == 2


def test_the_win_rate_follows_the_stage(app: App, records: dict[str, tuple[Ready, ...]]) -> None:
    rates = {ready.values["stage"]: computed(app, "opportunity", ready)["win_rate"] for ready in records["opportunity"]}
    assert rates == {
        "prospecting": "0.1", "engaging": "0.2", "qualified": "0.4", "proposal": "0.6", "negotiation": "0.8",
        "won": "1", "lost": "0", "invalid": "0",
    }  # fmt: skip


RIGHTS = [
    ("sales_director", {form: "crud" for form in FORMS}),
    ("sales_manager", {**dict.fromkeys(FORMS, "crud"), "payment": "r", "product": "r", "target": "r"}),
    (
        "salesperson",
        {**dict.fromkeys(FORMS, "cru"), "follow_up": "crud", "payment": "r", "product": "r", "target": "r"},
    ),
    ("finance", {"customer": "r", "contract": "ru", "payment": "crud", "product": "cru", "target": "r"}),
]


@pytest.mark.parametrize(("role", "wanted"), RIGHTS, ids=[role for role, _ in RIGHTS])
def test_each_role_may_do_what_its_work_needs_and_no_more(app: App, role: str, wanted: dict[str, str]) -> None:
    actor = Actor("member", "someone", frozenset({role}))
    operations: tuple[Operation, ...] = ("create", "read", "update", "delete")
    found = {
        form: "".join(each[0] for each in operations if decide(actor, app.forms[form], each).allowed) for form in FORMS
    }
    assert {form: may for form, may in found.items() if may} == wanted


HIDDEN = [
    ("product", "cost"),
    ("product", "margin"),
    ("contract", "cost"),
    ("contract", "margin"),
    ("contract", "margin_rate"),
]


@pytest.mark.parametrize(("form", "field"), HIDDEN)
def test_cost_and_margin_are_for_the_director_and_finance_only(app: App, form: str, field: str) -> None:
    roles = {role.id for role in app.roles}
    may = {
        role
        for role in roles
        if decide(Actor("member", "x", frozenset({role})), app.forms[form], "read").covers([field])
    }
    assert may == {"sales_director", "finance"}


def test_every_problem_code_of_templates_and_samples_has_a_sentence_in_both_languages() -> None:
    for code in ("template_unknown_key", "check_no_field", "sample_no_member"):
        assert sentence(code, "zh-CN", {}) != sentence(code, "en", {}) != code
