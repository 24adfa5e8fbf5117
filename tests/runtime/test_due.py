"""Deadlines on a whole company in memory: the clock moves, moments come once, the robot acts (限时处理)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from builder.access import system
from builder.working_time import WorkingCalendar
from runtime import inbox, outside, recalendared, tasks
from runtime.deadline import instant, read_span
from runtime.gate import Gate
from runtime.step import fold
from tests.runtime.office import FORM, Office, changed, office

DATED = {**FORM, "fields": [*FORM["fields"], {"id": "until", "type": "date", "label": "截止"}]}


def robot(company: Office) -> Gate:
    """The door, opened for the clock."""
    return Gate(company.memory.world(), system("timer"), "zh-CN", company.library)


def pass_time(company: Office, by: timedelta) -> int:
    """Time passes; everything that comes happens. Answers how much it was."""
    company.memory.clock.advance(by)
    count = 0
    while came := company.memory.timers.come(company.memory.clock.now()):
        count += sum(outside.come(robot(company), timer) for timer in came)
    return count


def due(node: str = "manager", **rule: Any) -> Office:
    """A company whose manager's approval is due."""
    return office(changed(node, due=[rule]), DATED)


def actions(company: Office, record: str) -> list[str]:
    """What is in the log."""
    return [line["action"] for line in company.instance(record).state["log"]]


def test_nothing_happens_before_the_time() -> None:
    company = due(after="PT24H", do="submit")
    record = company.submit(amount=1)
    assert pass_time(company, timedelta(hours=23, minutes=59)) == 0
    assert company.asked(record) == {"boss": "manager"}


def test_what_is_due_passes_by_itself_and_the_robot_is_in_the_story() -> None:
    company = due(after="PT24H", do="submit")
    record = company.submit(amount=1)
    assert pass_time(company, timedelta(hours=24)) == 1
    assert company.status(record) == "approved"
    line = company.instance(record).state["log"][1]
    assert (line["action"], line["by"], line["auto"]) == ("auto_submitted", "system", True)
    assert company.memory.instances.tasks(company.instance(record).id)[0].outcome == "overdue"


def test_a_decided_task_kills_its_timer() -> None:
    company = due(after="PT24H", do="reject")
    record = company.submit(amount=1)
    company.act("boss", "approve")
    assert company.memory.timers.timers == {}
    assert pass_time(company, timedelta(days=9)) == 0
    assert company.status(record) == "approved"


def test_what_is_due_is_rejected() -> None:
    company = due(after="PT1H", do="reject")
    record = company.submit(amount=1)
    pass_time(company, timedelta(hours=1))
    assert company.status(record) == "rejected"


def test_what_is_due_goes_back_to_the_start_and_reentry_starts_the_clock_anew() -> None:
    company = due(after="PT2H", do="return", to="start")
    record = company.submit(amount=1)
    pass_time(company, timedelta(hours=2))
    assert company.asked(record) == {"ini": "draft"}
    company.act("ini", "submit")
    assert pass_time(company, timedelta(hours=1, minutes=59)) == 0
    assert pass_time(company, timedelta(minutes=1)) == 1
    assert company.asked(record) == {"ini": "draft"}


def test_what_is_due_is_transferred_and_the_new_person_decides() -> None:
    company = due(after="PT1H", do="transfer", assignees=[{"role": "director"}])
    record = company.submit(amount=1)
    pass_time(company, timedelta(hours=1))
    assert company.asked(record) == {"dir": "manager"}
    company.act("dir", "approve")
    assert company.status(record) == "approved"


def test_reminders_repeat_as_often_as_they_should_and_change_nothing() -> None:
    company = due(after="PT1H", do="remind", every="PT1H", times=3)
    record = company.submit(amount=1)
    assert pass_time(company, timedelta(hours=10)) == 1
    assert pass_time(company, timedelta(hours=10)) == 1
    assert pass_time(company, timedelta(hours=10)) == 1
    assert pass_time(company, timedelta(days=10)) == 0
    assert actions(company, record).count("reminded") == 3
    assert company.asked(record) == {"boss": "manager"}
    told = [one for one in company.memory.notices.notices.values() if one.kind == "overdue"]
    assert [one.member for one in told] == ["boss"] * 3


def test_a_reminder_before_the_deadline_says_that_it_is_near() -> None:
    rules = [{"after": "PT1H", "do": "remind"}, {"after": "PT2H", "do": "submit"}]
    company = office(changed("manager", due=rules), DATED)
    record = company.submit(amount=1)
    pass_time(company, timedelta(hours=1))
    assert {one.kind for one in company.memory.notices.notices.values()} == {"task_opened", "due_soon"}
    pass_time(company, timedelta(hours=1))
    assert company.status(record) == "approved"
    assert "auto_handled" in {one.kind for one in company.memory.notices.notices.values()}


def test_a_date_field_counts_as_it_was_when_the_node_was_reached() -> None:
    company = due(field="until", after="PT9H", do="submit")
    record = company.submit(amount=1, until="2026-11-30")
    timer = next(iter(company.memory.timers.timers.values()))
    assert timer.due_at == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    assert company.asked(record) == {"boss": "manager"}


def test_a_blank_date_is_never_due() -> None:
    company = due(field="until", do="submit")
    company.submit(amount=1)
    assert company.memory.timers.timers == {}


def test_a_suspended_workflow_waits_and_its_moment_comes_when_it_is_resumed() -> None:
    company = due(after="PT1H", do="submit")
    record = company.submit(amount=1)
    live = company.gate("adm").form("crm", "deal")
    tasks.suspend(company.gate("adm"), live, record)
    assert pass_time(company, timedelta(days=2)) == 0
    tasks.resume(company.gate("adm"), live, record)
    assert pass_time(company, timedelta()) == 1
    assert company.status(record) == "approved"


def test_a_moment_happens_once_even_when_it_is_told_twice() -> None:
    company = due(after="PT1H", do="submit")
    company.submit(amount=1)
    timer = next(iter(company.memory.timers.timers.values()))
    company.memory.clock.advance(timedelta(hours=2))
    assert outside.come(robot(company), timer)
    assert not outside.come(robot(company), timer)


def test_an_instance_with_deadlines_is_the_fold_of_its_events() -> None:
    company = due(after="PT1H", do="return", to="start")
    record = company.submit(amount=1)
    pass_time(company, timedelta(hours=1))
    instance = company.instance(record)
    running = tasks.look(company.gate("adm"), instance)
    happened = [each.event for each in company.memory.instances.happenings(instance.id)]
    assert fold(running.workflow, happened) == instance.state


def test_where_nothing_can_be_returned_to_the_admins_learn_of_it() -> None:
    flow = changed("manager", due=[{"after": "PT1H", "do": "transfer", "assignees": [{"member": "boss"}]}])
    company = office(flow, DATED)
    record = company.submit(amount=1)
    pass_time(company, timedelta(hours=1))
    assert company.asked(record) == {"boss": "manager"}
    assert [one.member for one in company.memory.notices.notices.values() if one.kind == "node_failed"] == ["adm"]


def test_the_story_says_when_it_is_due() -> None:
    company = due(after="PT24H", do="submit")
    record = company.submit(amount=1)
    said = inbox.flow(company.gate("ini", "en"), "crm", "deal", record)
    assert said is not None
    assert "2026-11-24 18:00" in said["waiting"]


@pytest.mark.parametrize(
    ("text", "span"),
    [("PT30M", (0, 1800)), ("P1DT2H", (1, 7200)), ("P2W", (14, 0)), ("-P1D", (-1, 0)), ("P365D", (365, 0))],
)
def test_durations_are_read(text: str, span: tuple[int, int]) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["", "P", "PT", "1D", "P1Y", "P1M", "P366D", "PT1S", "P1.5D", "P1DT"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_span(text)


CALENDAR = WorkingCalendar.model_validate(
    {
        "holidays": {"2026-11-25": "休"},
        "workdays": {"2026-11-28": "班"},
        "hours": [["09:00", "12:00"], ["13:30", "18:00"]],
    }
)


@pytest.mark.parametrize(
    ("start", "after", "until"),
    [
        ("2026-11-23T11:00", "PT1H", "2026-11-23T12:00"),
        ("2026-11-23T11:00", "PT2H", "2026-11-23T14:30"),
        ("2026-11-23T17:00", "PT2H", "2026-11-24T10:00"),
        ("2026-11-24T17:00", "PT2H", "2026-11-26T10:00"),
        ("2026-11-27T17:00", "PT2H", "2026-11-28T10:00"),
        ("2026-11-28T17:00", "PT2H", "2026-11-30T10:00"),
        ("2026-11-24T10:00", "P1D", "2026-11-26T10:00"),
        ("2026-11-24T10:00", "P2DT1H", "2026-11-27T11:00"),
        ("2026-11-22T08:00", "PT1M", "2026-11-23T09:01"),
    ],
)
def test_working_time_skips_nights_weekends_and_holidays_and_counts_make_up_days(
    start: str, after: str, until: str
) -> None:
    at = datetime.fromisoformat(f"{start}:00+08:00")
    asked = {"after": after, "field": "", "working": True}
    assert instant(asked, {}, at, "Asia/Shanghai", CALENDAR) == datetime.fromisoformat(f"{until}:00+08:00")


def test_a_calendar_without_working_time_is_refused() -> None:
    for wrong in ({"weekdays": []}, {"hours": []}, {"hours": [["12:00", "09:00"]]}):
        with pytest.raises(ValueError, match=r"\w"):
            WorkingCalendar.model_validate(wrong)


def follow_calendar(company: Office, **said: Any) -> None:
    """An administrator changes the calendar, and the worker follows."""
    usual = {"weekdays": [1, 2, 3, 4, 5], "hours": [["09:00", "18:00"]], "holidays": {}, "workdays": {}}
    recalendared.write(company.gate("adm"), {**usual, **said})
    for job in [one for one in company.memory.outbox.jobs.values() if one.topic == recalendared.TOPIC]:
        recalendared.go_on(Gate(company.memory.world(), system("x"), "zh-CN", company.library), job.payload)


def waited(company: Office, record: str) -> datetime:
    """When the next moment comes."""
    return company.memory.timers.of(company.instance(record).id)[0].due_at


def test_a_changed_calendar_moves_deadlines_in_working_time_and_the_story_says_so() -> None:
    company = due(after="P2D", working=True, do="submit")
    record = company.submit(amount=1)
    before = waited(company, record)
    off = {(before.date()).isoformat(): "台风"}
    follow_calendar(company, holidays=off)
    assert waited(company, record) > before
    assert actions(company, record)[-1] == "calendar_changed"
    [task] = [one for one in company.memory.instances.tasks(company.instance(record).id) if one.state == "open"]
    assert task.due_at == waited(company, record)
    events = [each.event for each in company.memory.instances.happenings(company.instance(record).id)]
    running = tasks.look(company.gate("adm"), company.instance(record))
    assert fold(running.workflow, events) == running.instance.state
    assert pass_time(company, waited(company, record) - company.memory.clock.now()) == 1
    assert company.status(record) == "approved"


def test_a_changed_calendar_leaves_what_does_not_count_in_working_time() -> None:
    company = due(after="P2D", do="submit")
    record = company.submit(amount=1)
    before = waited(company, record)
    follow_calendar(company, holidays={before.date().isoformat(): "台风"})
    assert (waited(company, record), actions(company, record)) == (before, ["submit"])


def test_a_suspended_workflow_follows_the_calendar_and_its_deadline_still_does_not_come() -> None:
    company = due(after="P2D", working=True, do="submit")
    record = company.submit(amount=1)
    inbox.suspend(company.gate("adm"), "crm", "deal", record, "")
    before = waited(company, record)
    follow_calendar(company, holidays={before.date().isoformat(): "台风"})
    assert waited(company, record) > before
    assert pass_time(company, timedelta(days=30)) == 0
