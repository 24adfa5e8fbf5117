"""Who is named in a comment is told of it, if he may see the record; the others are not even offered (提到)."""

from typing import Any

from tests.server.site import Person

RECORDS = "/api/apps/crm/forms/contract/records"
DAYS = {"signed_on": "2026-11-23", "start_on": "2026-12-01", "end_on": "2027-11-30"}


def begun(boss: Person) -> tuple[str, dict[str, str]]:
    """A contract of the salesperson's in approval, and everybody's id by name."""
    people = {one["name"]: one["id"] for one in boss.get("/api/session")["personas"]}
    boss.play("Xiao Wang")
    product, customer = (
        boss.post(f"{boss.records(form)}/query", {"limit": 1})["records"][0]["id"] for form in ("product", "customer")
    )
    line = {"product": product, "price": "9000", "quantity": "1", "discount": "1"}
    values = {"name": "Board", "customer": customer, "owner": people["Xiao Wang"], "lines": [line], **DAYS}
    return boss.post(RECORDS, {"values": values, "submit": True}, 201)["id"], people


def told(boss: Person, name: str) -> list[str]:
    """The kinds of what somebody was told of the contract, newest first."""
    notices: list[dict[str, Any]] = boss.play(name).get("/api/notices")["notices"]
    return [one["kind"] for one in notices if "Board" in one["sentence"]]


def test_only_people_who_may_see_the_record_are_offered_those_of_its_workflow_first(boss: Person) -> None:
    record, _ = begun(boss)
    names = [one["name"] for one in boss.get(f"{RECORDS}/{record}/people")]
    assert names[0] == "Manager Liu"
    assert "Director Zhou" in names
    assert not {"Xiao Li", "Xiao Wang"} & set(names)
    assert [one["name"] for one in boss.get(f"{RECORDS}/{record}/people?text=zho")] == ["Director Zhou"]
    boss.play("Xiao Li").get(f"{RECORDS}/{record}/people", 404)


def test_a_chinese_name_is_offered_by_its_initials(boss: Person) -> None:
    record, _ = begun(boss)
    boss.play("Chen (you)").post("/api/members", {"name": "欧阳海", "admin": True}, 201)
    for text in ("oyh", "yh", "海"):
        assert [one["name"] for one in boss.get(f"{RECORDS}/{record}/people?text={text}")] == ["欧阳海"]


def test_who_may_see_it_is_told_and_who_may_not_is_not(boss: Person) -> None:
    record, people = begun(boss)
    words = "@Director Zhou and @Xiao Li, please look"
    ids = [people["Director Zhou"], people["Xiao Li"]]
    boss.post(f"{RECORDS}/{record}/comment", {"comment": words, "mentions": ids})
    assert told(boss, "Director Zhou") == ["mentioned"]
    assert told(boss, "Xiao Li") == []
    assert told(boss, "Manager Liu") == ["commented", "task_opened"]


def test_a_name_in_an_answer_is_told_too_and_a_name_that_is_not_written_is_not(boss: Person) -> None:
    record, people = begun(boss)
    boss.play("Manager Liu")
    cards = boss.get("/api/tasks/boxes/todo")["cards"]
    task = next(card["id"] for card in cards if card["record"] == record)
    said = {"comment": "Fine, @Director Zhou", "mentions": [people["Director Zhou"], people["Accountant Zhao"]]}
    boss.post(f"/api/tasks/{task}/act", {"action": "approve", **said})
    assert "mentioned" in told(boss, "Director Zhou")
    assert "mentioned" not in told(boss, "Accountant Zhao")


def test_more_names_than_a_comment_may_hold_are_refused(boss: Person) -> None:
    record, _ = begun(boss)
    boss.post(f"{RECORDS}/{record}/comment", {"comment": "@", "mentions": ["x"] * 51}, 422)
