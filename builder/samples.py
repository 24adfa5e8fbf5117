"""Sample records made real 示例数据: relative dates become dates, keys become ids; no clock is asked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from builder.definition import App, Form
from builder.field import Field
from builder.problem import FieldError, Invalid, Problem, Refusal, Step
from builder.template import Samples
from builder.validation import closest

Json = Any
STATES = ("submitted", "approved", "rejected", "returned")
RELATIVE = re.compile(r"@(today|now|month|quarter|year)((?:[+-]\d{1,4}[hdwmy]){0,3})")
STEP = re.compile(r"([+-]\d{1,4})([hdwmy])")
POINTER = re.compile(r"@([a-z][a-z0-9_]*):([a-z0-9][a-z0-9_]*)")
MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Answer:
    """What somebody does with his task 办理: approve, reject, return…"""

    by: str
    action: str
    comment: str = ""


@dataclass(frozen=True)
class Ready:
    """A sample record 示例数据 with real values, formulas and serials not yet computed.

    `state` says where its workflow is to stand in the end, if it is to be submitted by `by`; playing `answers` in their
    order takes it there.
    """

    form: str
    key: str
    id: str
    values: Mapping[str, Json]
    state: str = ""
    by: str = ""
    answers: tuple[Answer, ...] = ()
    created_by: str = ""
    created_at: str = ""


@dataclass(frozen=True)
class World:
    """What a sample may name: the day and the moment, members and departments by key, record ids by form and key.

    `now` is in the workspace's time zone; `language` is the one in which the samples speak.
    """

    today: date
    now: datetime
    members: Mapping[str, str]
    departments: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "zh-CN"


def keys(samples: Samples) -> dict[str, tuple[str, ...]]:
    """Each form's sample keys in their order, so that the caller can give each an id; raises `Invalid`."""
    problems: list[Problem] = []
    found: dict[str, tuple[str, ...]] = {}
    for form, records in samples.records.items():
        seen: dict[str, None] = {}
        for index, record in enumerate(records):
            key = str(record.get("_id", ""))
            if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,62}", key) or key in seen:
                problems.append(Problem("sample_id_twice", _place(form, index, "_id"), {"value": key[:80]}))
            seen.setdefault(key)
        found[form] = tuple(seen)
    _raise(problems)
    return found


def resolve(app: App, samples: Samples, world: World) -> dict[str, tuple[Ready, ...]]:
    """The records by form, every value coerced; raises `Invalid` with the file and line of each problem."""
    problems: list[Problem] = []
    found: dict[str, tuple[Ready, ...]] = {}
    words = samples.words.get(world.language, {})
    for form_id, records in samples.records.items():
        form = app.forms.get(form_id)
        if form is None:
            params = {"value": form_id, **closest(form_id, app.forms)}
            problems.append(Problem("sample_no_form", (f"samples/{form_id}.jsonl",), params))
            continue
        made = (_record(form, spoken(record, words), index, world, problems) for index, record in enumerate(records))
        found[form_id] = tuple(made)
    _raise(problems)
    return found


def spoken(raw: Json, words: Mapping[str, str]) -> Json:
    """The same with every text that `words` has put into the other language."""
    if isinstance(raw, str):
        return words.get(raw, raw)
    if isinstance(raw, list):
        return [spoken(value, words) for value in raw]
    return {key: spoken(value, words) for key, value in raw.items()} if isinstance(raw, Mapping) else raw


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems[:MOST_PROBLEMS])


def _place(form: str, index: int, *steps: Step) -> tuple[Step, ...]:
    return (f"samples/{form}.jsonl:{index + 1}", *steps)


def _record(form: Form, raw: Mapping[str, Json], index: int, world: World, problems: list[Problem]) -> Ready:
    values: dict[str, Json] = {}
    for key, value in raw.items():
        if key.startswith("_"):
            continue
        try:
            values[key] = _value(form, key, value, world)
        except Refusal as error:
            problems += [problem.under(*_place(form.id, index, key)) for problem in error.problems]
        except FieldError as error:
            problems.append(_unfit(error.problem, value).under(*_place(form.id, index, key)))
    key = str(raw.get("_id", ""))
    id = world.ids.get(form.id, {}).get(key, "")
    try:
        return Ready(form.id, key, id, values, **_circumstances(raw, world))
    except Refusal as error:
        problems += [problem.under(*_place(form.id, index)) for problem in error.problems]
        return Ready(form.id, key, id, values)


def _circumstances(raw: Mapping[str, Json], world: World) -> dict[str, Any]:
    """Who made it, when, and how far its workflow went."""
    found: dict[str, Any] = {}
    if "_created" in raw:
        found["created_at"] = moment(str(raw["_created"]), world, instant=True)
    if "_by" in raw:
        found["created_by"] = pointer(str(raw["_by"]), world)
    workflow = raw.get("_workflow")
    if workflow is not None:
        if not isinstance(workflow, Mapping) or workflow.get("state") not in STATES or not workflow.get("by"):
            raise Invalid(Problem("sample_bad_workflow", ("_workflow",)))
        answers = tuple(_answer(answer, world) for answer in workflow.get("answers", ()))
        found |= {"state": str(workflow["state"]), "by": pointer(str(workflow["by"]), world), "answers": answers}
    return found


def _answer(raw: Json, world: World) -> Answer:
    if not isinstance(raw, Mapping) or not {"by", "action"} <= set(raw) <= {"by", "action", "comment"}:
        raise Invalid(Problem("sample_bad_workflow", ("_workflow", "answers")))
    return Answer(pointer(str(raw["by"]), world), str(raw["action"]), str(raw.get("comment", "")))


def _value(form: Form, id: str, raw: Json, world: World) -> Json:
    field = form.field(id)
    if field is None:
        known = [one.id for one in form.fields]
        raise Invalid(Problem("sample_no_field", (), {"value": id[:80], **closest(id, known)}))
    return field.coerce(_real(field, raw, world))


def _real(field: Field, raw: Json, world: World) -> Json:
    """The value with every @-word replaced by what it stands for."""
    if field.nested and isinstance(raw, list):
        return [_row(field, row, index, world) for index, row in enumerate(raw)]
    if isinstance(raw, list):
        return [_real(field, part, world) for part in raw]
    if not isinstance(raw, str) or not raw.startswith("@"):
        return raw
    if field.peopled is not None or field.points is not None:
        return pointer(raw, world)
    return moment(raw, world, field.zoned is not None)


def _row(field: Field, row: Json, index: int, world: World) -> Json:
    columns = {column.id: column for column in field.nested}
    if not isinstance(row, Mapping):
        return row
    real: dict[str, Json] = {}
    for key, value in row.items():
        try:
            real[key] = _real(columns[key], value, world) if key in columns else value
        except Refusal as error:
            raise Invalid(problem.under(index, key) for problem in error.problems) from error
    return real


def pointer(raw: str, world: World) -> str:
    """The id that `@member:xiaowang`, `@department:east` or `@customer:huaxin` stands for; raises `Invalid`."""
    found = POINTER.fullmatch(raw)
    room, key = (found[1], found[2]) if found else ("", raw)
    known = {"member": world.members, "department": world.departments}.get(room) or world.ids.get(room, {})
    if key not in known:
        code = {"member": "sample_no_member", "department": "sample_no_department"}.get(room, "sample_no_record")
        raise Invalid(Problem(code, (), {"value": raw[:80], **closest(key, known)}))
    return known[key]


def moment(raw: str, world: World, instant: bool = False) -> str:
    """The day or instant that `@today-3d`, `@month+1m` or `@now-5h` stands for; raises `Invalid`."""
    found = RELATIVE.fullmatch(raw)
    if not found:
        raise Invalid(Problem("sample_bad_date", (), {"value": raw[:80]}))
    if found[1] == "now":
        shifted = world.now.astimezone(UTC)
        for amount, unit in _steps(found[2]):
            shifted = _moved(shifted, amount, unit)
        return shifted.strftime("%Y-%m-%dT%H:%M:%SZ")
    day = datetime.combine(_first(found[1], world.today), datetime.min.time(), world.now.tzinfo or UTC)
    for amount, unit in _steps(found[2]):
        day = _moved(day, amount, unit)
    return day.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else day.date().isoformat()


def _steps(text: str) -> Iterator[tuple[int, str]]:
    return ((int(amount), unit) for amount, unit in STEP.findall(text))


def _first(unit: str, today: date) -> date:
    if unit == "month":
        return today.replace(day=1)
    if unit == "quarter":
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return today.replace(month=1, day=1) if unit == "year" else today


def _moved(start: datetime, amount: int, unit: str) -> datetime:
    """`start` moved; a month or a year later never leaves its month."""
    if unit in "hdw":
        return start + timedelta(hours=amount * {"h": 1, "d": 24, "w": 168}[unit])
    year, month = divmod(start.year * 12 + start.month - 1 + amount * (12 if unit == "y" else 1), 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def _unfit(problem: Problem, value: Json) -> Problem:
    words = {"zh": problem.sentence("zh-CN"), "en": problem.sentence("en")}
    return Problem("sample_bad_value", problem.path, {"value": str(value)[:80], **words})
