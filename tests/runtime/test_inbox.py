"""Tasks as people see them 待办箱: boxes, one task, the story, and who is woken, on the world in memory."""

from datetime import timedelta

from runtime import inbox, records
from tests.runtime.office import Office, code, office


def test_a_comment_is_told_in_the_story_and_decides_nothing() -> None:
    company = office()
    record = company.submit(amount=10)

    inbox.comment(company.gate("ini"), "crm", "deal", record, "请尽快")
    company.act("boss", "comment", comment="好")

    assert company.asked(record) == {"boss": "manager"}
    assert [line["comment"] for line in company.instance(record).state["log"][1:]] == ["请尽快", "好"]
    assert code(inbox.comment, company.gate("ini"), "crm", "deal", record, "  ") == "comment_required"


def notices(company: Office) -> list[tuple[str, tuple[str, ...] | None]]:
    """What was told to whom."""
    found = [
        (payload["about"], members) for topic, members, payload in company.memory.outbox.signals if topic == "notices"
    ]
    company.memory.outbox.signals.clear()
    return found


def test_everybody_concerned_is_woken() -> None:
    company = office()
    company.submit(amount=10)

    assert ("tasks", ("boss", "ini")) in [(topic, members) for topic, members, _ in company.memory.outbox.signals]


def test_people_are_told_of_new_tasks_of_copies_of_returns_and_of_the_end() -> None:
    company = office()
    company.submit(amount=10)
    assert notices(company) == [("task_opened", ("boss",))]

    company.act("boss", "return", comment="看看")
    assert notices(company) == [("returned", ("ini",)), ("task_opened", ("ini",))]

    company.act("ini", "submit")
    company.act("boss", "approve")
    assert notices(company) == [("task_opened", ("boss",)), ("copied", ("fin",)), ("approved", ("ini",))]


def test_the_story_says_who_did_what_who_is_awaited_since_when_and_what_is_expected() -> None:
    company = office()
    record = company.submit(amount=5000)
    company.memory.clock.advance(timedelta(hours=2))

    flow = inbox.flow(company.gate("ini"), "crm", "deal", record)

    assert flow is not None
    told = [(line["state"], line["node"], line["actor"], line["people"], line["seconds"]) for line in flow["timeline"]]
    assert told == [
        ("done", "draft", "ini", [], 0),
        ("open", "manager", "", ["boss"], 7200),
        ("expected", "both", "", ["dir", "fin"], None),
    ]
    assert flow["waiting"] == "等待 李主管 处理“主管审批”，自 2026-11-23 18:00 起。"
    assert (flow["can_withdraw"], flow["can_end"]) == (True, False)


def test_an_approval_that_a_return_took_back_is_marked_in_the_story() -> None:
    company = office()
    record = company.submit(amount=5000)
    company.act("boss", "approve")
    company.act("dir", "return", to="manager")

    flow = inbox.flow(company.gate("ini"), "crm", "deal", record)

    assert flow is not None
    assert [(line["action"], line["void"]) for line in flow["timeline"] if line["state"] == "done"] == [
        ("submit", False),
        ("approve", True),
        ("return", True),
    ]


def test_a_record_that_never_started_has_no_flow() -> None:
    company = office()
    record = records.submit(company.gate("ini"), "crm", "deal", {"name": "x"}, start=False)["id"]

    assert inbox.flow(company.gate("ini"), "crm", "deal", record) is None
    assert code(inbox.withdraw, company.gate("ini"), "crm", "deal", record) == "no_such_instance"


def test_a_task_is_shown_with_what_may_be_done_and_without_what_is_hidden() -> None:
    company = office()
    company.submit(amount=10, cost=7)

    shown = inbox.one(company.gate("boss"), company.task("boss").id)

    assert shown["actions"] == ["approve", "reject", "return", "transfer", "stash"]
    assert shown["return_to"] == [{"id": "draft", "label": "起草"}]
    assert shown["comment_required"] == ["return"]
    assert "cost" not in shown["record"]["values"]
    assert shown["record"]["writable"] == ["amount"]
    assert [entry["label"] for entry in shown["card"]["summary"]] == ["金额"]


def test_the_boxes_hold_what_waits_what_i_started_what_i_did_and_what_i_was_told() -> None:
    company = office()
    record = company.submit(amount=10)
    todo = inbox.box(company.gate("boss"), "todo")["cards"]
    company.act("boss", "approve")

    found = {
        (who, box): [card["record"] for card in inbox.box(company.gate(who), box)["cards"]]
        for who, box in [("ini", "initiated"), ("boss", "handled"), ("boss", "todo"), ("fin", "copied")]
    }

    assert [(card["title"], card["node_label"], card["unread"]) for card in todo] == [("华信", "主管审批", True)]
    assert found == {
        ("ini", "initiated"): [record],
        ("boss", "handled"): [record],
        ("boss", "todo"): [],
        ("fin", "copied"): [record],
    }


def test_reading_a_copy_makes_it_read() -> None:
    company = office()
    company.submit(amount=10)
    company.act("boss", "approve")
    copy = inbox.box(company.gate("fin"), "copied")["cards"][0]

    company.act("fin", "read", copy["task"])

    assert inbox.counts(company.gate("fin")) == {"todo": 0, "copied": 0}


def test_after_acting_the_next_task_is_named() -> None:
    company = office()
    company.submit(amount=10)
    first = company.task("boss").id
    company.submit(amount=20)

    assert company.act("boss", "approve")["next"] == first


def test_a_task_that_is_done_shows_nothing_more_to_do() -> None:
    company = office()
    company.submit(amount=10)
    mine = company.task("boss").id
    company.act("boss", "approve")

    shown = inbox.one(company.gate("boss"), mine)

    assert (shown["actions"], shown["return_to"]) == ([], [])


def test_the_story_speaks_english_to_who_asks_in_english() -> None:
    company = office()
    record = company.submit(amount=10)

    flow = inbox.flow(company.gate("ini", "en"), "crm", "deal", record)

    assert flow is not None
    assert flow["waiting"] == "Waiting for 李主管 at '主管审批' since 2026-11-23 18:00."


def test_a_card_shows_no_more_than_a_few_fields() -> None:
    company = office()
    company.submit(amount=10, cost=2, invoice="I-1")

    card = inbox.box(company.gate("ini"), "initiated")["cards"][0]

    assert [entry["label"] for entry in card["summary"]] == ["金额", "成本", "发票号"]
