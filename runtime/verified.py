"""Numbers that must be verified before they are kept 手机验证: by who writes, for this form, in this session."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from builder.problem import Problem
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record
from runtime.writing import Entry, Writing


def unverified(writing: Writing, entry: Entry, fresh: Collection[str]) -> Iterator[Problem]:
    """What of the changed numbers was not verified; a draft is asked when it is sent."""
    vouches, live = writing.gate.vouches, writing.live
    drafted = writing.draft and (entry.before is None or entry.before.status == "draft")
    if vouches is None or drafted or writing.dry or entry.problems:
        return
    anew = entry.before is not None and entry.before.status == "draft"
    yield from _unknown(live, vouches, {id: value for id, value in entry.values.items() if anew or id in fresh})


def unverified_draft(gate: Gate, live: LiveForm, record: Record) -> Iterator[Problem]:
    """What of a draft's numbers was not verified, now that it is sent."""
    if gate.vouches is not None and record.status == "draft":
        yield from _unknown(live, gate.vouches, record.values)


def _unknown(live: LiveForm, vouches: Callable[[str, str], bool], values: Mapping[str, Any]) -> Iterator[Problem]:
    for found in live.verifying:
        number = values.get(found.id)
        if number and not vouches(live.key, str(number)):
            yield Problem("phone_unverified", ("values", found.id), {"label": found.label})
