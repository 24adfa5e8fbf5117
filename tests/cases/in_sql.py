"""What a database makes of expressions 公式在数据库里: over records written out in the question, none stored."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, cast, literal, null, select
from sqlalchemy.dialects.postgresql import JSONB

from builder.expression.check import check
from builder.expression.parse import Tree
from builder.expression.program import Program
from builder.expression.pushed import Beyond, plan
from builder.expression.values import Context, Failure, Scope
from runtime.ports import Calculation, Column
from server.store.condition import answers
from server.store.engine import make_engine
from server.store.expression import Reading, Source

KINDS = {"number": "number", "boolean": "boolean", "date": "time", "datetime": "time"}


class Refused(Exception):
    """The expression is not one for a database; says why."""


def calculation_of(tree: Tree, scope: Scope, at: Context, programs: bool = False) -> Calculation:
    """The calculation; raises `Refused`, unless the database runs programs itself."""
    try:
        found = plan(tree, scope, at)
    except Beyond as beyond:
        if not programs:
            raise Refused(beyond.sentence("en")) from None
        found = None
    return Calculation(found, Program(tree, scope), tuple(sorted(scope)), at)


def outcome(connection: Connection, calculation: Calculation, values: Mapping[str, Any]) -> Any:
    """Its value over these values as a record would hold it, or the `Failure` (of which a database knows the code)."""
    document = literal(json.dumps(dict(values)), Text())
    held = cast(document, JSONB) if connection.dialect.name == "postgresql" else document
    table = select(held.label("values"), null().label("keys")).subquery("r")
    scope = calculation.program.scope or {}
    columns = {name: Column(KINDS.get(shape.type, "text")) for name, shape in scope.items()}
    source = Source(table, columns)
    reading = Reading(connection.dialect.name, "w", source, answers)
    value, failure = reading.calculated(source, "_reckoned", calculation)
    row = connection.execute(select(value, failure).select_from(reading.tables())).one()
    if row[1] is not None:
        return Failure(str(row[1]), "broken_expression")
    return bool(int(row[0]) if str(row[0]) in "01" else row[0] == "true") if _is_truth(calculation, row[0]) else row[0]


def _is_truth(calculation: Calculation, value: Any) -> bool:
    if value is None:
        return False
    if calculation.plan is not None:
        return calculation.plan.kind == "boolean"
    return check(calculation.program.tree, calculation.program.scope or {}).type == "boolean"


def connect(kind: str) -> Iterable[Connection]:
    """A connection to an empty database of this kind."""
    from bench import machine

    with tempfile.TemporaryDirectory(prefix="qiaoban-cases-") as home, machine.database(kind, Path(home)) as url:
        with make_engine(url).connect() as connection:
            yield connection
