"""What people and admins do on a whole company in memory: claims, stash, signatures, columns, proxies, many at once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builder.definition import App
from builder.locales import in_language, translatable
from runtime import administering, inbox, proxies, reading
from runtime.ports import StoredFile
from tests.runtime.office import FORM, Office, changed, code, office

LINES = {
    **FORM,
    "fields": [
        *FORM["fields"],
        {"id": "lines", "type": "subform", "label": "明细", "fields": [
            {"id": "what", "type": "text", "label": "名称"},
            {"id": "price", "type": "number", "label": "单价"},
            {"id": "cost", "type": "number", "label": "成本"},
        ]},
    ],
}  # fmt: skip
ROWS = [{"what": "a", "price": "1", "cost": "9"}, {"what": "b", "price": "2", "cost": "8"}]


def with_lines(**access: str) -> tuple[Office, str]:
    """A deal with rows, and the manager's access to fields and columns (`lines__price` for `lines.price`)."""
    fields = {name.replace("__", "."): word for name, word in access.items()}
    company = office(changed("manager", fields=fields), LINES)
    return company, company.submit(amount=10, lines=ROWS)


def rows(company: Office, record: str) -> list[dict[str, Any]]:
    """The rows as they are kept."""
    found = company.memory.records.get("crm.deal", record)
    assert found is not None
    return list(found.values["lines"])


def test_a_column_that_the_node_hides_is_not_shown_with_the_task() -> None:
    company, _ = with_lines(lines="read", lines__cost="hidden")

    shown = inbox.one(company.gate("boss"), company.task("boss").id)["record"]["values"]["lines"]

    assert [set(row) for row in shown] == [{"id", "what", "price"}] * 2


def test_who_takes_part_only_by_the_node_never_reads_the_hidden_column_elsewhere() -> None:
    flow = changed("manager", assignees=[{"member": "out"}], fields={"lines.cost": "hidden"})
    company = office(flow, LINES)
    record = company.submit(amount=10, lines=ROWS)

    shown = reading.one(company.gate("out"), "crm", "deal", record)["values"]["lines"]

    assert all("cost" not in row for row in shown)


def test_only_the_open_column_is_written_and_rows_neither_come_nor_go() -> None:
    company, record = with_lines(lines__price="edit")
    before = rows(company, record)
    sent = [{**before[0], "price": "5", "what": "x", "cost": "1"}, {"what": "new", "price": "7"}]

    company.act("boss", "approve", values={"lines": sent})

    assert [(row["what"], row["price"], row["cost"]) for row in rows(company, record)] == [
        ("a", "5", "9"),
        ("b", "2", "8"),
    ]


def test_an_open_subform_keeps_its_closed_columns() -> None:
    company, record = with_lines(lines="edit", lines__cost="read")
    first = rows(company, record)[0]

    company.act("boss", "approve", values={"lines": [{**first, "price": "5", "cost": "1"}, {"what": "c", "cost": "1"}]})

    assert [(row["what"], row.get("price"), row.get("cost")) for row in rows(company, record)] == [
        ("a", "5", "9"), ("c", None, None),
    ]  # fmt: skip


def test_a_column_that_is_required_must_be_there_in_every_row() -> None:
    company, record = with_lines(lines__price="required")
    empty = [{**row, "price": None} for row in rows(company, record)]

    assert code(company.act, "boss", "approve", values={"lines": empty}) == "required"


def test_a_stash_keeps_what_was_filled_in_and_the_task() -> None:
    company = office(changed("manager", fields={"amount": "edit", "invoice": "required"}))
    record = company.submit(amount=10)

    company.act("boss", "stash", values={"amount": 77})

    assert company.asked(record) == {"boss": "manager"}
    found = company.memory.records.get("crm.deal", record)
    assert found is not None
    assert found.values["amount"] == "77"


def test_the_nodes_own_check_holds_when_it_is_completed_and_not_before() -> None:
    check = {"that": "amount < 100", "message": "金额太大"}
    company = office(changed("manager", checks=[check]))
    record = company.submit(amount=500)
    assert code(company.act, "boss", "approve") == "check_failed"

    company.act("boss", "reject")

    assert company.status(record) == "rejected"


def stored(company: Office, id: str, by: str, type: str = "image/png") -> None:
    """Somebody has uploaded a file."""
    company.memory.files.files[id] = StoredFile(id, "sign.png", 10, type, id, by)


def test_a_signature_is_an_image_of_ones_own_and_stays_with_the_record() -> None:
    company = office(changed("manager", signature_required=["approve"]))
    record = company.submit(amount=10)
    for id, by, type in (("other", "dir", "image/png"), ("text", "boss", "text/plain"), ("mine", "boss", "image/png")):
        stored(company, id, by, type)
    assert code(company.act, "boss", "approve") == "signature_required"
    assert code(company.act, "boss", "approve", signature="other") == "signature_unknown"
    assert code(company.act, "boss", "approve", signature="text") == "signature_unknown"

    company.act("boss", "approve", signature="mine")

    assert company.memory.files.files["mine"].record == record
    assert company.instance(record).state["log"][1]["signature"] == "mine"


def stand_in(company: Office, who: str, for_whom: str, **more: Any) -> None:
    """Somebody lets another stand in."""
    proxies.keep(company.gate(for_whom), proxies.Wanted(who, **more))


def test_a_proxy_finds_the_task_and_acts_and_both_names_are_told() -> None:
    company = office()
    record = company.submit(amount=10, cost=3)
    stand_in(company, "out", "boss")
    assert inbox.counts(company.gate("out"))["todo"] == 1
    card = inbox.box(company.gate("out"), "todo")["cards"][0]
    shown = inbox.one(company.gate("out"), card["task"])
    assert (shown["on_behalf_of"], "cost" in shown["record"]["values"]) == ("boss", False)

    inbox.act(company.gate("out"), card["task"], action="approve")

    line = company.instance(record).state["log"][1]
    assert (line["by"], line["person"], company.status(record)) == ("out", "boss", "approved")


def test_the_principal_may_act_himself() -> None:
    company = office()
    record = company.submit(amount=10)
    stand_in(company, "out", "boss")

    company.act("boss", "approve")

    assert company.status(record) == "approved"


@pytest.mark.parametrize(
    "more",
    [{"first": date(2026, 11, 24)}, {"last": date(2026, 11, 22)}, {"forms": ("crm.deal", )}],
    ids=["not yet", "not any more", "this form"],
)  # fmt: skip
def test_a_proxy_holds_on_its_days_and_forms(more: dict[str, Any]) -> None:
    company = office()
    company.submit(amount=10)
    stand_in(company, "out", "boss", **more)

    assert inbox.counts(company.gate("out"))["todo"] == int("forms" in more)


@pytest.mark.parametrize(
    ("who", "wanted", "refusal"),
    [
        ("boss", proxies.Wanted("boss"), "proxy_same_person"),
        ("boss", proxies.Wanted("gone"), "no_such_member"),
        ("boss", proxies.Wanted("out", principal="dir"), "not_your_proxy"),
        ("boss", proxies.Wanted("out", first=date(2026, 2, 2), last=date(2026, 1, 1)), "proxy_dates"),
        ("boss", proxies.Wanted("out", forms=("crm.none",)), "no_such_form"),
    ],
)
def test_a_proxy_that_makes_no_sense_is_refused(who: str, wanted: proxies.Wanted, refusal: str) -> None:
    assert code(proxies.keep, office().gate(who), wanted) == refusal


def test_nobody_takes_away_the_proxy_of_another() -> None:
    company = office()
    stand_in(company, "out", "boss")
    id = proxies.listed(company.gate("boss"))[0].id
    assert code(proxies.drop, company.gate("dir"), id) == "no_such_proxy"
    assert code(proxies.drop, company.gate("out"), id) == "not_your_proxy"

    proxies.drop(company.gate("boss"), id)

    assert proxies.listed(company.gate("adm")) == []


def test_many_tasks_are_answered_and_one_refusal_undoes_nothing() -> None:
    company = office(changed("manager", fields={"invoice": "required"}))
    good, bad = company.submit(invoice="1"), company.submit()
    ids = {
        company.instance(record).record: company.memory.instances.tasks(company.instance(record).id)[0].id
        for record in (good, bad)
    }

    said = administering.act_on_many(company.gate("boss"), [ids[bad], ids[good], "none"], "approve", "")

    assert [(row["ok"], row["code"]) for row in said] == [(False, "required"), (True, ""), (False, "no_such_task")]
    assert (company.status(good), company.status(bad)) == ("approved", "running")


def test_a_leavers_work_is_handed_over_by_an_admin_only() -> None:
    company = office()
    first, second = company.submit(amount=1), company.submit(amount=2)
    people = company.memory.directory.people
    people["boss"] = replace(people["boss"], enabled=False)
    assert code(administering.hand_over, company.gate("dir"), "boss", "dir", "") == "admins_only"
    assert inbox.open_tasks_of(company.gate("adm"), "boss")["count"] == 2

    said = administering.hand_over(company.gate("adm"), "boss", "dir", "离职")

    assert [row["ok"] for row in said] == [True, True]
    assert (company.asked(first), company.asked(second)) == ({"dir": "manager"}, {"dir": "manager"})


def test_an_admin_jumps_starts_again_and_replaces() -> None:
    company = office()
    record = company.submit(amount=10)
    admin = company.gate("adm")
    live = admin.form("crm", "deal")
    assert code(administering.jump, company.gate("boss"), live, record, "both") == "admins_only"

    administering.jump(admin, live, record, "both")
    administering.reassign(company.gate("adm"), company.task("fin").id, "out")
    company.act("dir", "approve")
    company.act("out", "approve")
    assert company.status(record) == "approved"

    administering.reactivate(company.gate("adm"), live, record, "manager")
    assert (company.status(record), company.asked(record)) == ("running", {"boss": "manager"})


def test_people_in_rotation_take_turns() -> None:
    flow = changed("manager", assignees=[{"department": "sales", "round_robin": True}], initiator="ask")
    company = office(flow)

    asked = [next(iter(company.asked(company.submit(amount=1)))) for _ in range(4)]

    assert asked == ["boss", "ini", "boss", "ini"]


def test_an_expression_names_who_is_asked() -> None:
    company = office(changed("manager", assignees=[{"expression": 'IF(amount > 5, "dir", "fin")'}]))

    assert [company.asked(company.submit(amount=amount)) for amount in (10, 1)] == [
        {"dir": "manager"},
        {"fin": "manager"},
    ]


def test_what_comes_next_is_imagined_without_using_up_a_turn() -> None:
    flow = changed("both", assignees=[{"department": "head", "round_robin": True}], agree="any")
    company = office(flow)
    record = company.submit(amount=5000)
    for _ in range(3):
        inbox.flow(company.gate("boss"), "crm", "deal", record)

    company.act("boss", "approve")

    assert company.asked(record) == {"adm": "both"}


def test_the_initiator_urges_and_a_stranger_does_not() -> None:
    company = office()
    record = company.submit(amount=10)
    assert code(inbox.urge, company.gate("out"), "crm", "deal", record, "") in ("no_such_record", "not_allowed")

    inbox.urge(company.gate("ini"), "crm", "deal", record, "快点")

    assert code(inbox.urge, company.gate("ini"), "crm", "deal", record, "") == "urged_recently"


def test_custom_words_and_what_may_be_done_come_with_the_task() -> None:
    company = office(
        changed("manager", buttons={"approve": "同意付款"}, agree="claim", actions=["approve", "transfer"])
    )
    company.submit(amount=10)

    shown = inbox.one(company.gate("boss"), company.task("boss").id)
    assert (shown["buttons"], shown["actions"]) == ({"approve": "同意付款"}, ["claim"])
    assert code(company.act, "boss", "stash", values={"amount": 77}) == "claim_first"

    company.act("boss", "claim")
    shown = inbox.one(company.gate("boss"), company.task("boss").id)
    assert shown["actions"] == ["approve", "transfer", "unclaim", "stash"]


def test_a_node_s_own_copies_stand_among_the_copies_and_not_among_what_was_handled() -> None:
    company = office(changed("manager", copy_on_arrival=[{"member": "out"}], copy_after=[{"member": "dir"}]))
    company.submit(amount=10)
    company.act("boss", "approve")

    boxes = {
        box: [len(inbox.box(company.gate(who), box)["cards"]) for who in ("out", "dir")]
        for box in ("copied", "handled")
    }

    assert boxes == {"copied": [1, 1], "handled": [0, 0]}


def test_a_node_s_own_words_are_translated_like_every_other() -> None:
    flow = changed("manager", buttons={"approve": "同意付款"}, checks=[{"that": "amount < 5", "message": "太大"}])
    app = App.model_validate({"id": "crm", "name": "CRM", "forms": {"deal": FORM}, "workflows": {"deal": flow}})
    place = "workflows.deal.nodes.manager"
    words = {f"{place}.buttons.approve": "Agree to pay", f"{place}.checks.0.message": "Too much"}
    assert set(words) <= set(translatable(app))

    said = (
        in_language(app.model_copy(update={"locales": {"en": words}}), "en").workflows["deal"].nodes["manager"].settings
    )

    assert (said["buttons"]["approve"], said["checks"][0]["message"]) == ("Agree to pay", "Too much")
