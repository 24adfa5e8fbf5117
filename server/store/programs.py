"""Programs that SQLite calls by name 库内公式: it runs in this process, so one evaluator is enough for both."""

import hashlib
import json
from collections import OrderedDict
from threading import Lock
from typing import Any

from builder.expression.values import Failure
from runtime.ports import Calculation

MOST = 1000
KNOWN: "OrderedDict[str, Calculation]" = OrderedDict()
LOCK = Lock()
PARSED = ("rows", "list")


def remembered(calculation: Calculation) -> str:
    """The name by which SQLite calls a calculation."""
    program, at = calculation.program, calculation.at
    kinds = [(name, shape.type, shape.item) for name, shape in (program.scope or {}).items()]
    columns = [(name, each, inner.type) for name, shape in (program.scope or {}).items() if shape.type == "rows"
               for each, inner in shape.inside.items()]  # fmt: skip
    said = f"{program.tree!r} {kinds!r} {columns!r} {at.timezone} {at.now.isoformat()} {at.me!r}"
    name = hashlib.blake2s(said.encode(), digest_size=16).hexdigest()
    with LOCK:
        KNOWN[name] = calculation
        KNOWN.move_to_end(name)
        while len(KNOWN) > MOST:
            KNOWN.popitem(last=False)
    return name


def calculated(name: str, *raws: Any) -> str | int | None:
    """The value of a calculation over what stands at its names, as JSON would hold it; NULL for a failure."""
    found = _outcome(name, raws)
    if isinstance(found, bool):
        return int(found)
    return None if found is None or isinstance(found, Failure) else str(found)


def calculated_failure(name: str, *raws: Any) -> str | None:
    """The code of the failure, NULL when there is none."""
    found = _outcome(name, raws)
    return found.code if isinstance(found, Failure) else None


def _outcome(name: str, raws: tuple[Any, ...]) -> Any:
    calculation = KNOWN[name]
    scope = calculation.program.scope or {}
    values = {each: _held(raw, scope[each].type) for each, raw in zip(calculation.names, raws, strict=True)}
    return calculation.program.json(values, calculation.at)


def _held(raw: Any, type_: str) -> Any:
    if type_ == "boolean" and raw in (0, 1, "0", "1"):
        return raw in (1, "1")
    return json.loads(raw) if type_ in PARSED and isinstance(raw, str) else raw
