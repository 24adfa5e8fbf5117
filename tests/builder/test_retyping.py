"""What a value becomes in another type 改类型: by words and by abilities, and back again to the very same value."""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from builder.field import Field, field_types
from builder.problem import FieldError, Refusal
from builder.retyping import Change, Retyped, Step, changed, refusal, refused, retyped, unwound
from tests.fields.table import TABLE
from tests.fields.test_round_trip import MORE
from tests.fields.words import Words, field_of

COLOURS = [{"id": "red", "label": "Red"}, {"id": "blue", "label": "Blue, dark"}]
AGAIN = [{"id": "red", "label": "Scarlet"}, {"id": "b", "label": "Blue, dark"}]
WORDS = Words()
CASES: list[tuple[str, Mapping[str, Any], Any, str, Mapping[str, Any], Any]] = [
    ("text", {}, " 1,234.50 ", "number", {}, "1234.5"),
    ("text", {}, "15%", "number", {"format": "percent"}, "0.15"),
    ("text", {}, "2026/1/5", "date", {}, "2026-01-05"),
    ("text", {}, "2026-01-05 08:00", "datetime", {}, "2026-01-05T00:00:00Z"),
    ("text", {}, "是", "boolean", {}, True),
    ("text", {}, "Red", "choice", {"options": COLOURS}, "red"),
    ("text", {}, "Red、Blue, dark", "choices", {"options": COLOURS}, ["red", "blue"]),
    ("text", {}, "purple", "choice", {"options": COLOURS, "other": True}, "other:purple"),
    ("text", {}, "王安", "member", {}, "ann"),
    ("text", {}, "别人", "reference", {"form": "other"}, "other1"),
    ("text", {}, "a < b", "richtext", {}, "<p>a &lt; b</p>"),
    ("longtext", {}, "a\nb", "richtext", {}, "<p>a</p><p>b</p>"),
    ("longtext", {}, "a\nb", "text", {}, "a b"),
    ("richtext", {}, "<p>a <b>b</b></p><p>c</p>", "longtext", {}, "a b\nc"),
    ("number", {}, "1234567.5", "text", {}, "1234567.5"),
    ("number", {"format": "percent"}, "0.125", "text", {}, "12.5%"),
    ("number", {"unit": "km"}, "7", "slider", {}, "7"),
    ("number", {}, "3", "rating", {}, "3"),
    ("number", {}, "1", "boolean", {}, True),
    ("boolean", {}, False, "number", {}, "0"),
    ("boolean", {}, True, "text", {}, "是"),
    ("date", {}, "2026-11-23", "datetime", {}, "2026-11-22T16:00:00Z"),
    ("datetime", {}, "2026-11-22T16:30:00Z", "date", {}, "2026-11-23"),
    ("datetime", {}, "2026-11-22T16:30:00Z", "time", {}, "00:30"),
    ("datetime", {}, "2026-11-22T16:30:00Z", "month", {}, "2026-11-01"),
    ("month", {}, "2026-11-01", "date", {}, "2026-11-01"),
    ("month", {}, "2026-11-01", "text", {}, "2026-11"),
    ("choice", {"options": COLOURS}, "blue", "choices", {"options": AGAIN}, ["b"]),
    ("choices", {"options": COLOURS}, ["red"], "choice", {"options": AGAIN}, "red"),
    ("choices", {"options": COLOURS}, ["red", "blue"], "text", {}, "Red, Blue, dark"),
    ("member", {}, "bob", "members", {}, ["bob"]),
    ("members", {}, ["bob"], "member", {}, "bob"),
    ("member", {}, "ann", "text", {}, "王安"),
    ("reference", {"form": "other"}, "other2", "text", {}, "Two, Ltd."),
    ("serial", {}, "HT-0001", "text", {}, "HT-0001"),
]


def change_of(old: str, before: Mapping[str, Any], new: str, after: Mapping[str, Any]) -> Change:
    """A field before and after."""
    pair = ({"id": "x", "label": "x", "type": name, **more} for name, more in ((old, before), (new, after)))
    return Change(*(Field.model_validate(one) for one in pair))


@pytest.mark.parametrize(("old", "before", "value", "new", "after", "expected"), CASES)
def test_a_value_is_what_it_says_in_the_new_type(
    old: str, before: Mapping[str, Any], value: Any, new: str, after: Mapping[str, Any], expected: Any
) -> None:
    """Read as a file's text would be, or exactly where both types know what words would lose."""
    assert retyped(value, change_of(old, before, new, after), WORDS) == Retyped(expected, "converted")


@pytest.mark.parametrize(
    ("old", "before", "value", "new", "after", "code"),
    [
        ("text", {}, "abc", "number", {}, "must_be_number"),
        ("text", {}, "abc", "number", {"max": "5"}, "must_be_number"),
        ("number", {}, "7", "number", {}, ""),
        ("text", {}, "7", "slider", {"max": "5"}, "number_above"),
        ("text", {}, "nobody", "member", {}, "no_such_member"),
        ("choices", {"options": COLOURS}, ["red", "blue"], "choice", {"options": COLOURS}, "too_many_chosen"),
        ("choice", {"options": COLOURS}, "blue", "choice", {"options": COLOURS}, ""),
        ("choice", {"options": COLOURS}, "blue", "choices", {"options": AGAIN[:1]}, "no_such_option"),
        ("reference", {"form": "other"}, "gone", "text", {}, "retype_unreadable"),
        ("number", {}, [1], "text", {"max_length": 3}, ""),
        ("time", {}, "09:30", "datetime", {}, "must_be_datetime"),
    ],
)
def test_what_does_not_convert_says_why(
    old: str, before: Mapping[str, Any], value: Any, new: str, after: Mapping[str, Any], code: str
) -> None:
    """With the words of the value, so that a person can mend it."""
    found = retyped(value, change_of(old, before, new, after), WORDS)
    assert [one.problem.code for one in found.lost] == ([code] if code else [])
    assert all(one.words for one in found.lost)


def test_rows_are_converted_cell_by_cell() -> None:
    """Cells that do not convert are told by their column; the others keep what they hold."""
    text = {"id": "price", "label": "Price", "type": "text"}
    kept = {"id": "name", "label": "Name", "type": "text"}
    change = change_of("subform", {"fields": [text, kept]}, "subform", {"fields": [{**text, "type": "number"}, kept]})
    rows = [{"id": "r1", "price": "1.50", "name": "a"}, {"id": "r2", "price": "two", "name": "b"}]
    assert changed(change.before, change.after)
    found = retyped(rows, change, WORDS)
    assert found.value == [{"id": "r1", "price": "1.5", "name": "a"}, {"id": "r2", "price": None, "name": "b"}]
    assert [(one.path, one.words) for one in found.lost] == [("x.price", "two")]


def test_changes_that_make_no_sense_say_so() -> None:
    """Rows, files, numbers of the machine, and what holds nothing."""
    types = field_types()
    told = {
        (old, new): found.code
        for old in types
        for new in types
        if (found := refusal(types[old], types[new])) is not None
    }
    assert told["subform", "number"] == told["text", "subform"] == "retype_rows"
    assert told["text", "attachment"] == told["image", "text"] == "retype_files"
    assert told["text", "serial"] == "retype_numbers"
    assert told["text", "divider"] == "retype_holds_nothing"
    assert not {pair for pair in told if pair[0] == pair[1] or pair in (("serial", "text"), ("image", "attachment"))}
    inner = [{"id": "a", "label": "A", "type": "text"}]
    rows = change_of("subform", {"fields": inner}, "subform", {"fields": [{**inner[0], "type": "attachment"}]})
    assert getattr(refused(rows), "code", "") == "retype_files"


ROWS = [(name, row) for name, rows in TABLE.items() for row in rows if field_types()[name].valued]


def stored(field: Field, raw: Any) -> Any:
    """What the field stores of it, if it takes it."""
    try:
        return field.coerce(raw)
    except (FieldError, Refusal):
        reject()


def moved(held: Any, change: Change, steps: list[Step]) -> Any:
    """What the value becomes, as the machine does it: back to what it was, or by the rule; the step is kept."""
    found, was = unwound(held, change.after, steps)
    result = Retyped(was, "converted") if found else retyped(held, change, WORDS)
    assert result.value is None or result.state in ("converted", "refused")
    if result.state == "converted" and not found and not change.after.nested:
        assert change.after.coerce(result.value) == result.value, "what is stored is what the type stores"
    steps.insert(0, Step(change.before, held, result.value, result.state == "computed"))
    return result.value


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_there_and_back_again_is_where_it_began(data: st.DataObject) -> None:
    """Through one to four types with any settings: whatever was lost on the way, the first value comes back."""
    way = data.draw(st.lists(st.sampled_from(ROWS), min_size=2, max_size=5))
    name, row = way[0]
    told: st.SearchStrategy[Any] = st.sampled_from([one[1] for one in row.values] or [None])
    first = data.draw(told | MORE[name].map(partial(stored, field_of(name, row))) if name in MORE else told)
    fields, steps, held = [field_of(*one) for one in way], list[Step](), first
    for before, after in pairwise([*fields, fields[0]]):
        assume(changed(before, after))
        held = moved(held, Change(before, after), steps)
    assert held == first


def test_who_edited_the_value_since_keeps_his() -> None:
    """Then the way back is by words, as for any other value."""
    change = change_of("text", {}, "number", {})
    steps = [Step(change.before, "1,0", "10")]
    assert unwound("10", change.before, steps) == (True, "1,0")
    assert unwound("11", change.before, steps) == (False, None)
