"""Filters mean the same to matches(), to memory, to SQLite and to PostgreSQL (筛选一致)."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.filter import matches, parse_filter
from runtime.ports import Query
from tests.store.worlds import FORM, Store, columns, make, order

CASES = Path(__file__).parents[1] / "cases" / "filter"
FILES = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(CASES.glob("*.json"))}


@pytest.fixture
def filled(store: Store, case_file: dict[str, Any]) -> tuple[Store, str]:
    """A store with the records of a case file."""
    workspace = store.workspace()
    with store.world(workspace) as world:
        world.records.insert([make(id, values) for id, values in case_file["records"].items()], [], {})
    return store, workspace


@pytest.fixture(params=FILES.values(), ids=FILES.keys())
def case_file(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each case file."""
    found: dict[str, Any] = request.param
    return found


def test_matches_answers_every_case(case_file: dict[str, Any]) -> None:
    """The reader in memory is the reference."""
    kinds = {**case_file["kinds"], "id": "text", "status": "text", "created_by": "text", "created_at": "time"}
    for case in case_file["cases"]:
        found = [
            id
            for id, values in case_file["records"].items()
            if matches(parse_filter(case["filter"]), make(id, values).seen(), kinds)
        ]
        assert "".join(found) == case["finds"], case


def test_the_store_answers_every_case(filled: tuple[Store, str], case_file: dict[str, Any]) -> None:
    """And every store answers as it does."""
    store, workspace = filled
    with store.world(workspace) as world:
        for case in case_file["cases"]:
            query = Query(FORM, columns(case_file["kinds"]), parse_filter(case["filter"]))
            found = "".join(record.id for record in world.records.find(query).records)
            assert found == case["finds"], case
            assert world.records.count(query, 100) == len(case["finds"])


def test_the_store_sorts_every_case(filled: tuple[Store, str], case_file: dict[str, Any]) -> None:
    """One order on every store; a second page begins where the first ended."""
    store, workspace = filled
    with store.world(workspace) as world:
        for case in case_file["sorts"]:
            orders = tuple(order(*entry) for entry in case["orders"])
            found, after = "", ""
            while True:
                page = world.records.find(Query(FORM, columns(case_file["kinds"]), orders=orders, limit=2, after=after))
                found += "".join(record.id for record in page.records)
                after = page.next
                if not after:
                    break
            assert found == case["gives"], case
