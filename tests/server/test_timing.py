"""A foreign id and one that never was take the same way 同一时间级: the same statements in the same order."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.server.test_tenants import FOREIGN, PUBLIC, Two, _tried, routes, two  # noqa: F401


@contextmanager
def statements(two: Two) -> Iterator[list[str]]:  # noqa: F811
    """Every statement of the application from now on, without its values."""
    told: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(re.sub(r"\s+", " ", statement))

    engine = two.site.wired.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def asked_of(two: Two) -> list[tuple[str, str]]:  # noqa: F811
    """The routes that take an id of a workspace's own."""
    return [
        (method, path)
        for method, path in routes(two)
        if {found for found in re.findall(r"\{(\w+)\}", path)} & set(FOREIGN) and (method, path) not in PUBLIC
    ]


@pytest.mark.parametrize("form", ["customer", "contract"])
def test_a_foreign_id_and_an_invented_one_run_the_same_statements(two: Two, form: str) -> None:  # noqa: F811
    """On every route: neither the number nor the shape of what is asked of the database tells them apart."""
    ids = {**two.ids, "record": two.ids["record" if form == "customer" else "contract"]}
    invented = {name: value[:-4] + "zzzz" for name, value in ids.items()}
    tried, wrong = 0, []
    for method, path in asked_of(two):
        _tried(two.ann, method, path, invented, form)  # what is read once is read now
        ways = []
        for some in (ids, invented):
            with statements(two) as told:
                _tried(two.ann, method, path, some, form)
            ways.append(list(told))
        tried += 1
        if ways[0] != ways[1]:
            wrong.append((method, path, ways))
    assert wrong == []
    assert tried >= 20


def test_what_is_compared_is_really_heard(two: Two) -> None:  # noqa: F811
    """The look for the record is among the statements, and a history that is there asks for more."""
    own = two.ann.add("customer", name="Ann's")["id"]
    with statements(two) as told:
        two.ann.get(f"{two.ann.records('customer')}/{own}/history")
    with statements(two) as missing:
        two.ann.get(f"{two.ann.records('customer')}/{own[:-4]}zzzz/history", 404)
    assert any("FROM record" in statement for statement in missing)
    assert len(told) > len(missing)
