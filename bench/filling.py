"""A company with much to show for itself: customers and opportunities in bulk through the store.

The typed tables of the floor are filled from the same records, so that both sides answer about the same things.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from bench.floor import metadata
from runtime.ports import Change, Link, Record
from server.store.engine import make_engine
from server.store.records import SqlRecords
from server.transaction import transaction

CHUNK = 5_000
LEVELS, REGIONS = "abcd", ("east", "south", "north", "west", "overseas")
RELATIONS = ("potential", "following", "dealt", "lost")
STAGES = {"prospecting": "0.1", "engaging": "0.2", "qualified": "0.4", "proposal": "0.6", "negotiation": "0.8",
          "won": "1", "lost": "0", "invalid": "0"}  # fmt: skip
SOURCES = ("exhibition", "website", "referral", "advertising", "campaign", "cold_call", "partner")
PLACES = ("上海", "苏州", "宁波", "深圳", "青岛", "成都", "武汉", "杭州", "天津", "长沙")
FIRST, SECOND = "华信宏远瑞达金鼎恒昌博通新科盛泰", "源丰达诚辉隆创维腾越启明安康顺和"
TRADES = ("装备制造", "精密机械", "新能源", "生物医药", "食品", "软件", "物流", "建材")
START = datetime(2026, 1, 5, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Company:
    """Whose records they are."""

    workspace: str
    member: str
    customers: int
    opportunities: int

    def customer(self, number: int) -> str:
        """The id of a customer."""
        return f"bench-customer-{number:06}"

    def opportunity(self, number: int) -> str:
        """The id of an opportunity."""
        return f"bench-opportunity-{number:06}"


def name_of(number: int, chance: Random) -> str:
    """A company's name; the number makes it its own."""
    trade = chance.choice(TRADES)
    return f"{chance.choice(PLACES)}{chance.choice(FIRST)}{chance.choice(SECOND)}{trade}{number:06}有限公司"


def day(chance: Random) -> str:
    """Some day of two years."""
    return (date(2026, 1, 1) + timedelta(days=chance.randrange(730))).isoformat()


def customer_values(number: int, chance: Random, owner: str) -> dict[str, Any]:
    """A customer as the engine would keep it."""
    return {
        "no": f"KH{number:05}", "name": name_of(number, chance), "level": chance.choice(LEVELS), "owner": owner,
        "relation": chance.choice(RELATIONS), "region": chance.choice(REGIONS), "industry": chance.choice(TRADES),
        "phone": f"021-{chance.randrange(10_000_000, 99_999_999)}", "office_location": chance.choice(PLACES),
        "revenue": str(chance.randrange(1, 900)), "employees": str(chance.randrange(3, 9000)),
        "next_follow_up": day(chance),
    }  # fmt: skip


def opportunity_values(number: int, chance: Random, company: Company) -> dict[str, Any]:
    """An opportunity with its formulas computed."""
    stage, estimate = chance.choice(list(STAGES)), Decimal(chance.randrange(5, 500) * 1000)
    weighted = (estimate * Decimal(STAGES[stage])).quantize(Decimal(1))
    closed = {"close_date": day(chance), "close_value": str(estimate)} if stage == "won" else {}
    return {
        "no": f"SJ2026{number:05}", "name": f"{chance.choice(TRADES)}项目 {number:06}", "stage": stage,
        "customer": company.customer(chance.randrange(company.customers)), "region": chance.choice(REGIONS),
        "source": chance.choice(SOURCES), "owner": company.member, "win_rate": STAGES[stage],
        "estimate": str(estimate), "amount": str(estimate), "weighted": f"{weighted:f}", "lines": [],
        "engage_date": "2026-01-02", "expected_close": day(chance), **closed,
    }  # fmt: skip


SEARCHED = ("no", "name", "industry", "phone", "office_location")


def _record(form: str, id: str, values: dict[str, Any], member: str, number: int) -> Record:
    at = START + timedelta(seconds=number * 97)
    return Record(form, id, values, 1, "", at, member, at, member, "bench", title=values["name"])


def _batches(company: Company) -> Iterator[tuple[list[Record], list[Link], tuple[str, ...]]]:
    chance = Random(7)
    for start in range(0, company.customers, CHUNK):
        numbers = range(start, min(start + CHUNK, company.customers))
        yield [
            _record("crm.customer", company.customer(one), customer_values(one, chance, company.member),
                    company.member, one)
            for one in numbers
        ], [], ("no", "name")  # fmt: skip
    for start in range(0, company.opportunities, CHUNK):
        numbers = range(start, min(start + CHUNK, company.opportunities))
        made = [
            _record("crm.opportunity", company.opportunity(one), opportunity_values(one, chance, company),
                    company.member, one)
            for one in numbers
        ]  # fmt: skip
        links = [
            Link("crm.opportunity", one.id, "customer", "crm.customer", str(one.values["customer"])) for one in made
        ]
        yield made, links, ("no",)


def fill(url: str, company: Company) -> None:
    """Keep all of it, and the floor's copy."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hastily)
    for made, links, unique in _batches(company):
        tokens = {one.id: {key: one.values[key] for key in SEARCHED if key in one.values} for one in made}
        uniques = {one.id: {key: str(one.values[key]) for key in unique} for one in made}
        with transaction(engine) as connection:
            kept = SqlRecords(connection, company.workspace)
            kept.insert(made, links, tokens, uniques)
            kept.log([Change(r.id, r.form, r.created_at, r.created_by, "create", {}, r.values) for r in made])
    with transaction(engine) as connection:
        for form, field, scope, value in (("crm.customer", "no", "", company.customers),
                                          ("crm.opportunity", "no", "2026", company.opportunities)):  # fmt: skip
            connection.execute(text(COUNTER), {"w": company.workspace, "f": form, "i": field, "s": scope, "v": value})
        _fill_floor(connection, company.workspace)
    _settle(engine)
    engine.dispose()


def _hastily(connection: Any, _record: Any) -> None:
    """What is only for measuring need not outlive a power cut: half of the time went into waiting for the disk."""
    for words in ("synchronous = OFF", "cache_size = -200000"):
        connection.execute(f"PRAGMA {words}")


COUNTER = "INSERT INTO counter (workspace, form, field, scope, value) VALUES (:w, :f, :i, :s, :v)"


def _fill_floor(connection: Connection, workspace: str) -> None:
    """The typed copies, read out of the records by the database itself."""
    metadata.create_all(connection)
    postgres = connection.dialect.name == "postgresql"
    for table in metadata.sorted_tables:
        form = table.name.replace("floor_", "crm.")
        names, sources = ["id"], ["id"]
        for column in table.c:
            if column.name in ("id", "created_at", "updated_at"):
                continue
            kind = column.type.compile(connection.dialect)
            read = f"\"values\" ->> '{column.name}'"
            names.append(column.name)
            sources.append(f"CAST({read} AS {kind})" if postgres else _for_sqlite(read, kind))
        listed = f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(sources)} FROM record"
        connection.execute(text(f"{listed} WHERE workspace = :w AND form = :f"), {"w": workspace, "f": form})


def _for_sqlite(read: str, kind: str) -> str:
    return f"CAST({read} AS {kind})" if kind.startswith(("NUMERIC", "INTEGER")) else read


def _settle(engine: Engine) -> None:
    """Let the database look at what it has, as it would have by the next day."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        words = ("VACUUM (ANALYZE)", "CHECKPOINT") if engine.dialect.name == "postgresql" else ("ANALYZE",)
        for word in words:
            connection.exec_driver_sql(word)
