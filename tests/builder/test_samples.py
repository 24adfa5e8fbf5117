"""Sample records become real: relative dates, members and other records by key, problems by file and line."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builder.definition import App
from builder.problem import Invalid
from builder.samples import Answer, Ready, World, keys, moment, resolve
from builder.template import Samples, location

Json = Any

APP = App.model_validate(
    {
        "id": "shop",
        "name": "小店",
        "forms": {
            "order": {
                "id": "order",
                "name": "订单",
                "fields": [
                    {"id": "no", "type": "text", "label": "编号"},
                    {"id": "day", "type": "date", "label": "日期"},
                    {"id": "at", "type": "datetime", "label": "时间"},
                    {"id": "by", "type": "member", "label": "成员"},
                    {"id": "team", "type": "department", "label": "部门"},
                    {"id": "before", "type": "reference", "label": "前一单", "form": "order"},
                    {
                        "id": "lines",
                        "type": "subform",
                        "label": "明细",
                        "fields": [
                            {"id": "due", "type": "date", "label": "应收"},
                            {"id": "price", "type": "number", "label": "单价"},
                        ],
                    },
                ],
            }
        },
    }
)
NOW = datetime(2026, 3, 31, 1, 30, tzinfo=UTC)
WORLD = World(date(2026, 3, 31), NOW, {"bo": "m1"}, {"east": "d1"}, {"order": {"first": "r1"}})


def ready(**record: Json) -> Ready:
    """The one record, resolved."""
    return resolve(APP, Samples({}, {"order": ({"_id": "one", **record},)}), WORLD)["order"][0]


def refused(**record: Json) -> list[tuple[str, str]]:
    """The codes and places of what is wrong with the one record."""
    with pytest.raises(Invalid) as caught:
        ready(**record)
    assert all(problem.sentence(one) != problem.code for problem in caught.value.problems for one in ("zh-CN", "en"))
    return [(problem.code, location(problem)) for problem in caught.value.problems]


DAYS = [
    ("@today", "2026-03-31"),
    ("@today-3d", "2026-03-28"),
    ("@today+1w", "2026-04-07"),
    ("@today-1m", "2026-02-28"),
    ("@today-2y+1d", "2024-04-01"),
    ("@month", "2026-03-01"),
    ("@month-2m+14d", "2026-01-15"),
    ("@quarter", "2026-01-01"),
    ("@year+11m", "2026-12-01"),
    ("2026-05-06", "2026-05-06"),
]


@pytest.mark.parametrize(("written", "day"), DAYS)
def test_a_relative_day_is_counted_from_the_day_of_installation(written: str, day: str) -> None:
    assert ready(day=written).values == {"day": day}


def test_a_moment_is_counted_from_now() -> None:
    assert ready(at="@now-5h").values == {"at": "2026-03-30T20:30:00Z"}


def test_a_day_in_a_moment_begins_at_midnight_of_the_workspace() -> None:
    local = World(date(2026, 3, 31), NOW.astimezone(ZoneInfo("Asia/Shanghai")), {})
    assert moment("@today", local, instant=True) == "2026-03-30T16:00:00Z"


def test_people_and_records_are_named_by_key() -> None:
    values = ready(by="@member:bo", team="@department:east", before="@order:first").values
    assert values == {"by": "m1", "team": "d1", "before": "r1"}


def test_rows_are_made_real_too() -> None:
    assert ready(lines=[{"due": "@today+1d", "price": "1.50"}]).values["lines"] == [
        {"due": "2026-04-01", "price": "1.5"}
    ]


def test_the_workflow_says_who_submits_and_who_answers_what() -> None:
    answers = [{"by": "@member:bo", "action": "approve", "comment": "好"}]
    found = ready(_workflow={"state": "approved", "by": "@member:bo", "answers": answers})
    assert (found.state, found.by, found.answers) == ("approved", "m1", (Answer("m1", "approve", "好"),))


def test_who_made_it_and_when_is_said_beside_the_values() -> None:
    found = ready(_created="@today-1d", _by="@member:bo")
    assert (found.created_at, found.created_by, found.values) == ("2026-03-30T00:00:00Z", "m1", {})


WRONG = [
    ({"day": "@tomorrow"}, "sample_bad_date", "$.day"),
    ({"day": "soon"}, "sample_bad_value", "$.day"),
    ({"by": "@member:bob"}, "sample_no_member", "$.by"),
    ({"team": "@department:west"}, "sample_no_department", "$.team"),
    ({"before": "@order:frist"}, "sample_no_record", "$.before"),
    ({"dya": "@today"}, "sample_no_field", "$.dya"),
    ({"lines": [{"due": "@never"}]}, "sample_bad_date", "$.lines[0].due"),
    ({"lines": [{"price": "much"}]}, "must_be_number", "$.lines[0].price"),
    ({"_workflow": {"state": "done"}}, "sample_bad_workflow", "$._workflow"),
    (
        {"_workflow": {"state": "approved", "by": "@member:bo", "answers": [1]}},
        "sample_bad_workflow",
        "$._workflow.answers",
    ),
]


@pytest.mark.parametrize(("record", "code", "place"), WRONG, ids=[f"{code}{place}" for _, code, place in WRONG])
def test_what_is_wrong_is_told_with_file_and_line(record: Json, code: str, place: str) -> None:
    assert refused(**record) == [(code, f"samples/order.jsonl:1 {place}")]


def test_texts_are_said_in_the_language_of_the_workspace() -> None:
    samples = Samples({}, {"order": ({"_id": "one", "no": "首单", "lines": []},)}, {"en": {"首单": "The first"}})
    assert resolve(APP, samples, replace(WORLD, language="en"))["order"][0].values["no"] == "The first"
    assert resolve(APP, samples, WORLD)["order"][0].values["no"] == "首单"


def test_samples_of_no_form_are_refused() -> None:
    with pytest.raises(Invalid, match="sample_no_form"):
        resolve(APP, Samples({}, {"ordr": ({"_id": "one"},)}), WORLD)


def test_keys_are_answered_in_their_order() -> None:
    assert keys(Samples({}, {"order": ({"_id": "b"}, {"_id": "a"})})) == {"order": ("b", "a")}


@pytest.mark.parametrize("ids", [["a", "a"], ["A b"], [""]], ids=str)
def test_a_key_given_twice_or_misspelt_is_refused(ids: list[str]) -> None:
    with pytest.raises(Invalid, match="sample_id_twice"):
        keys(Samples({}, {"order": tuple({"_id": id} for id in ids)}))
