"""Writes the files that follow from the expression language: trees for the browser's tests, signatures, sentences."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from builder.expression.catalogue import FUNCTIONS  # noqa: E402
from builder.expression.evaluate import evaluate_json  # noqa: E402
from builder.expression.parse import parse  # noqa: E402
from builder.expression.problem import sentences  # noqa: E402
from builder.expression.table import Function  # noqa: E402
from builder.expression.values import Context, Failure, Shape  # noqa: E402
from builder.working_time import WorkingCalendar  # noqa: E402
from tests.cases import formulas  # noqa: E402

CASES = ROOT / "tests/cases/expression"
NOW = "2026-11-23T02:00:00Z"


def shape(raw: Any) -> Shape:
    """A shape as the case files write it: a type, or an object with more."""
    if isinstance(raw, str):
        return Shape(raw)
    return Shape(
        raw["type"],
        item=raw.get("item", "any"),
        columns=scope(raw["columns"]) if "columns" in raw else None,
        target=scope(raw["target"]) if "target" in raw else None,
    )


def scope(raw: Mapping[str, Any]) -> dict[str, Shape]:
    """The scope of a case."""
    return {name: shape(one) for name, one in raw.items()}


def context(case: Mapping[str, Any]) -> Context:
    """The world of a case."""
    related = case.get("related")
    names = case.get("names")
    return Context(
        now=datetime.fromisoformat(case.get("now", NOW)).astimezone(UTC),
        timezone=case.get("timezone", "Asia/Shanghai"),
        me=case.get("me"),
        related=None if related is None else lambda path, id_: related.get(".".join(path), {}).get(id_),
        chance=None if "chance" not in case else lambda: Decimal(case["chance"]),
        names=None if names is None else lambda kind, id_: names.get(kind, {}).get(id_),
        calendar=None if "calendar" not in case else lambda: WorkingCalendar.model_validate(case["calendar"]),
    )


def outcome(case: Mapping[str, Any]) -> Any:
    """What the Python evaluator makes of a case with a tree."""
    got = evaluate_json(case["tree"], scope(case.get("types", {})), case.get("values", {}), context(case))
    return {"error": got.code, "reason": got.reason} if isinstance(got, Failure) else got


def written() -> Iterator[dict[str, Any]]:
    """Every case of the hand-written files, with its file's name."""
    for file in sorted(CASES.glob("*.json")):
        if file.name != "trees.json":
            for case in json.loads(file.read_text(encoding="utf-8")):
                yield {"source": file.stem, **case}


def cases() -> Iterator[dict[str, Any]]:
    """Every case that both evaluators must answer alike."""
    yield from written()
    for function in FUNCTIONS.values():
        for text, _ in function.examples:
            yield {"source": function.name, "text": text, "chance": "0.25"}
    for case in formulas.read(CASES / "formula_cases.jsonl")[0]:
        yield {
            "source": case.id, "text": case.formula, "values": dict(case.values), "types": dict(case.types),
            "timezone": "UTC",
        }  # fmt: skip


def trees() -> str:
    """The cases with their trees and what the server makes of them."""
    found = []
    for case in cases():
        case = {key: value for key, value in case.items() if key not in ("expected", "error")}
        case["tree"] = parse(case["text"])
        found.append({**case, "outcome": outcome(case)})
    return lines(found)


def lines(items: Iterable[Any]) -> str:
    """A JSON list with one item on each line."""
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n"


def signature(function: Function) -> dict[str, Any]:
    """What the browser needs to know to call a function."""
    parameters = [
        {"type": one.type, **({"optional": True} if one.optional else {}), **({"repeats": True} if one.repeats else {})}
        for one in function.parameters
    ]
    how = {key: True for key in ("lazy", "catches", "timeless") if getattr(function, key)}
    return {"write": function.signature, "parameters": parameters, **how}


def keyed(items: Mapping[str, Any]) -> str:
    """A JSON object with one entry on each line."""
    rows = (f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in items.items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


def files() -> dict[Path, str]:
    """Every file that follows from the language, with what it should hold."""
    return {
        CASES / "trees.json": trees(),
        ROOT / "web/src/expression/signatures.json": keyed({name: signature(one) for name, one in FUNCTIONS.items()}),
        ROOT / "web/src/expression/reasons.json": keyed(sentences()),
    }


if __name__ == "__main__":
    for path, content in files().items():
        path.write_text(content, encoding="utf-8")
