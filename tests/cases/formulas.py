"""Runs formula cases 公式用例 of spreadsheets: `python -m tests.cases.formulas FILE --evaluator postgresql`.

A cell becomes a name, a range becomes a list, a spreadsheet's serial number stands for the date or time it means.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from builder.expression.catalogue import FUNCTIONS
from builder.expression.evaluate import evaluate_json
from builder.expression.parse import Tree, parse
from builder.expression.problem import ExpressionError
from builder.expression.values import Context, Failure, Shape
from tests.cases import in_sql

ROOT = Path(__file__).parents[2]
EVALUATORS = ("python", "typescript", "sqlite", "postgresql")
CELL = re.compile(r'"[^"]*"|\b([A-Z]{1,3})([0-9]+)(?::([A-Z]{1,3})([0-9]+))?\b(?![(.])')
ABSOLUTE = re.compile(r'("[^"]*")|\$?\b([A-Z]{1,3})\$?(?=[0-9]+\b)')
CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
AT = Context(now=datetime(2026, 11, 23, 2, 0, tzinfo=UTC), timezone="UTC")


@dataclass(frozen=True)
class Case:
    """One case, with the tree of its formula and the cells it reads."""

    id: str
    formula: str
    tree: Tree
    values: Mapping[str, Any]
    types: Mapping[str, str]
    expected: Any
    tolerance: float

    @property
    def scope(self) -> dict[str, Shape]:
        """Every cell may hold anything; a range is a list."""
        return {name: Shape(type_) for name, type_ in self.types.items()}


def read(path: Path) -> tuple[list[Case], Counter[str]]:
    """The cases of a file that this language can say, and why the others were left out."""
    cases, left_out = [], Counter[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        raw = {"id": f"line {number}", "cells": {}, **json.loads(line)}
        why = _beyond(raw)
        try:
            if not why:
                cases.append(_case(raw))
        except ExpressionError as error:
            why = f"cannot be read: {error}"
        left_out.update([why] if why else [])
    return cases, left_out


def _beyond(raw: Mapping[str, Any]) -> str:
    fails = isinstance(raw["expected"], dict) and "error" in raw["expected"]
    unknown = [name for name in CALL.findall(raw["formula"]) if name not in FUNCTIONS]
    if unknown and not fails:
        return f"no function {unknown[0]}"
    if "note" in raw and "DATE(" not in raw["formula"] and not fails:
        return "a number as a date"
    if fails and "?" in raw["expected"]["error"]:
        return "a name that does not exist"
    return "a matrix" if isinstance(raw["expected"], list) else ""


def _case(raw: Mapping[str, Any]) -> Case:
    values: dict[str, Any] = {}
    types: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0]
        if not found[3]:
            values[found[0]], types[found[0]] = _cell(raw["cells"].get(found[0]))
            return found[0]
        key = found[0].replace(":", "_")
        values[key], types[key] = [_cell(raw["cells"].get(cell))[0] for cell in _cells(found)], "list"
        return key

    formula = CELL.sub(name, ABSOLUTE.sub(r"\1\2", raw["formula"].lstrip().removeprefix("=")))
    tolerance = float(raw.get("tolerance", 0)) or 1e-12
    return Case(raw["id"], formula, parse(formula), values, types, raw["expected"], tolerance)


def _cell(held: Any) -> tuple[Any, str]:
    """What a cell holds, and its type; a day says that it is one."""
    return (held["date"], "date") if isinstance(held, dict) and "date" in held else (held, "any")


def _cells(found: re.Match[str]) -> Iterable[str]:
    columns = sorted((_column(found[1]), _column(found[3])))
    rows = sorted((int(found[2]), int(found[4])))
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            yield f"{_letters(column)}{row}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(65 + digit) + text
    return text


def agrees(case: Case, got: Any) -> bool:
    """Whether an outcome is what the case expects; dates are compared with serial numbers."""
    expected = case.expected
    if isinstance(expected, dict) and "error" in expected:
        return bool(isinstance(got, dict) and got.get("error") == expected["error"])
    if isinstance(expected, dict):
        expected = expected["date"]
        return isinstance(got, str) and got[:10] == expected[:10]
    if isinstance(expected, bool) or isinstance(got, bool) or got is None:
        return got is expected
    if isinstance(expected, str):
        return bool(got == expected)
    number = serial(got)
    return number is not None and abs(number - expected) <= case.tolerance * max(1.0, abs(expected))


def serial(got: Any) -> float | None:
    """An outcome as the number a spreadsheet would show in its place."""
    if not isinstance(got, str):
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", got):
        return float((date.fromisoformat(got) - date(1899, 12, 30)).days)
    if re.fullmatch(r"\d\d:\d\d:\d\d", got):
        hour, minute, second = map(int, got.split(":"))
        return (hour * 3600 + minute * 60 + second) / 86_400
    try:
        return float(Decimal(got))
    except ArithmeticError:
        return None


def outcome(case: Case) -> Any:
    """What the Python evaluator makes of a case, as JSON."""
    got = evaluate_json(case.tree, case.scope, case.values, AT)
    return {"error": got.code} if isinstance(got, Failure) else got


def in_browser(cases: list[Case]) -> list[Any]:
    """What the TypeScript evaluator makes of the cases, as JSON."""
    return in_the_browser([{"tree": case.tree, "values": case.values, "types": case.types} for case in cases], AT)


def in_the_browser(asked: Sequence[Mapping[str, Any]], at: Context) -> list[Any]:
    """What the TypeScript evaluator makes of trees with values and types, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder, "question.json"), Path(folder, "answer.json")
        question.write_text(json.dumps({"now": at.now.isoformat(), "timezone": at.timezone, "cases": asked}))
        command = ["npx", "vitest", "run", "src/expression/outcomes.test.ts"]
        where = {**os.environ, "EXPRESSION_QUESTION": str(question), "EXPRESSION_ANSWER": str(answer)}
        subprocess.run(command, cwd=ROOT / "web", env=where, check=True, capture_output=True)
        found: list[Any] = json.loads(answer.read_text())
        return found


def in_database(kind: str, cases: list[Case]) -> list[Any]:
    """What a database makes of the cases, as JSON; `Refused` for those that it is not asked."""
    return [got for connection in in_sql.connect(kind) for got in (_asked(connection, case) for case in cases)]


def _asked(connection: Connection, case: Case) -> Any:
    """The outcome of one case, its cells as fields of the types that their values have."""
    try:
        tree, scope = _with_fields(case)
        made = in_sql.calculation_of(tree, scope, AT, programs=connection.dialect.name == "sqlite")
    except in_sql.Refused as refused:
        return refused
    values = {name: f"{Decimal(repr(value)):f}" if shape.type == "number" else value
              for name, shape in scope.items() for value in (case.values[name],)}  # fmt: skip
    got = in_sql.outcome(connection, made, values)
    return {"error": got.code} if isinstance(got, Failure) else got


def _with_fields(case: Case) -> tuple[Tree, dict[str, Shape]]:
    """The tree and its fields: a cell has the type of what is in it, an empty one is blank, a range is a list."""
    types = {name: next((word for type_, word in CELLS if isinstance(value, type_)), "list")
             for name, value in case.values.items() if value is not None}  # fmt: skip
    types |= {name: word for name, word in case.types.items() if word == "date" and name in types}

    def filled(tree: Tree) -> Tree:
        if tree[0] == "ref":
            return tree if tree[1] in types else ["lit", None]
        return tree if tree[0] == "lit" else [filled(part) if isinstance(part, list) else part for part in tree]

    return filled(case.tree), {name: Shape(word) for name, word in types.items()}


CELLS: tuple[tuple[Any, str], ...] = ((bool, "boolean"), (int | float, "number"), (str, "text"))


def outcomes(evaluator: str, cases: list[Case]) -> list[Any]:
    """What an evaluator makes of the cases."""
    if evaluator == "typescript":
        return in_browser(cases)
    return list(map(outcome, cases)) if evaluator == "python" else in_database(evaluator, cases)


def main() -> int:
    """Prints how many cases passed and failed, and how many are not supported, with the reasons."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--evaluator", choices=EVALUATORS, default="python")
    chosen = options.parse_args()
    try:
        cases, left_out = read(chosen.file)
    except (OSError, ValueError, KeyError) as error:
        options.error(f"{chosen.file}: {error}")
    passed = failed = 0
    for case, got in zip(cases, outcomes(chosen.evaluator, cases), strict=True):
        if isinstance(got, in_sql.Refused):
            left_out[str(got)] += 1
        elif agrees(case, got):
            passed += 1
        else:
            failed += 1
            print(f"{case.id}  {case.formula}  {dict(case.values)}\n    expected {case.expected!r}, got {got!r}")  # noqa: T201
    print(f"{chosen.evaluator}: {passed} passed, {failed} failed, {left_out.total()} not supported")  # noqa: T201
    for why, count in left_out.most_common():
        print(f"  {count:4} {why}")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
