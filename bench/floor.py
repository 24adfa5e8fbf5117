"""The floor: what FastAPI, uvicorn and SQLAlchemy Core alone need for the same on typed, indexed tables.

No sign-in, no rights, no history, no formulas: one statement. Beside it the list's SQL by hand on our own JSON.
"""

import csv
import io
import os
from datetime import date, datetime
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from pydantic import BaseModel
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Engine,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
    update,
)

PAGE, BOUND = 50, 10_000
metadata = MetaData()


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


customer = Table(
    "floor_customer", metadata,
    Column("id", Text, primary_key=True), Column("name", Text, nullable=False, unique=True),
    *_texts("no", "level", "relation", "industry", "region", "phone", "office_location", "owner"),
    Column("revenue", Numeric(18, 2)), Column("employees", Integer), Column("next_follow_up", Date),
    Column("created_at", DateTime, server_default=func.now()),
    Column("updated_at", DateTime, server_default=func.now()),
    Index("ix_floor_customer", "level", "region", "next_follow_up", "id"),
)  # fmt: skip
opportunity = Table(
    "floor_opportunity", metadata,
    Column("id", Text, primary_key=True), Column("name", Text, nullable=False),
    *_texts("no", "customer", "region", "source", "stage", "owner"),
    Column("estimate", Numeric(18, 2)), Column("amount", Numeric(18, 2)), Column("weighted", Numeric(18, 2)),
    Column("win_rate", Numeric(6, 4)), Column("engage_date", Date), Column("expected_close", Date),
    Column("created_at", DateTime, server_default=func.now()),
    Column("updated_at", DateTime, server_default=func.now()),
    Index("ix_floor_opportunity", "stage", "expected_close", "id"), Index("ix_floor_sum", "stage", "amount"),
)  # fmt: skip


class CustomerIn(BaseModel):
    """A customer as it is sent."""

    id: str
    name: str
    level: str | None = None
    relation: str | None = None
    industry: str | None = None
    region: str | None = None
    phone: str | None = None
    owner: str | None = None
    revenue: str | None = None
    next_follow_up: date | None = None


class OpportunityIn(BaseModel):
    """An opportunity as it is sent."""

    id: str
    name: str
    customer: str
    stage: str
    source: str
    estimate: str
    expected_close: date
    engage_date: date


class Change(BaseModel):
    """What changes."""

    phone: str
    level: str


class Ask(BaseModel):
    """A list's question."""

    workspace: str = ""
    first: str
    second: str


def make_engine(url: str) -> Engine:
    """An engine as the SQLAlchemy manual makes it; SQLite with the journal and patience that the product gives it."""
    engine = create_engine(url, pool_size=20)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connect(connection: Any, entry: Any) -> None:
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 15000", "cache_size = -32000"):
                connection.execute(f"PRAGMA {pragma}")

    return engine


def make_app(engine: Engine) -> FastAPI:
    """The bare application."""
    app = FastAPI()
    _typed(app, engine)
    _lists(app, engine)
    _by_hand(app, engine)
    return app


def _typed(app: FastAPI, engine: Engine) -> None:
    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/customer/{id}")
    def get(id: str) -> dict[str, Any]:
        with engine.connect() as connection:
            return dict(connection.execute(select(customer).where(customer.c.id == id)).one()._mapping)

    @app.post("/customer", status_code=201)
    def create(body: CustomerIn) -> dict[str, Any]:
        with engine.begin() as connection:
            connection.execute(insert(customer), body.model_dump())
        return body.model_dump()

    @app.post("/opportunity", status_code=201)
    def create_opportunity(body: OpportunityIn) -> dict[str, Any]:
        with engine.begin() as connection:
            connection.execute(insert(opportunity), body.model_dump())
        return body.model_dump()

    @app.patch("/customer/{id}")
    def edit(id: str, body: Change) -> dict[str, Any]:
        changed = {**body.model_dump(), "updated_at": datetime.now()}
        with engine.begin() as connection:
            connection.execute(update(customer).where(customer.c.id == id).values(changed))
        return body.model_dump()

    @app.post("/import")
    async def bring(request: Request) -> dict[str, int]:
        rows = list(csv.DictReader(io.StringIO((await request.body()).decode("utf-8-sig"))))
        for row in rows:
            row["next_follow_up"] = date.fromisoformat(row["next_follow_up"])
        with engine.begin() as connection:
            connection.execute(insert(customer), rows)
        return {"done": len(rows)}


def _lists(app: FastAPI, engine: Engine) -> None:
    @app.post("/customers")
    def customers(body: Ask) -> dict[str, Any]:
        where = (customer.c.level == body.first) & (customer.c.region == body.second)
        few = select(customer.c.id).where(where).limit(BOUND).subquery()
        total = select(func.count()).select_from(few).scalar_subquery().label("total")
        order = (customer.c.next_follow_up.desc(), customer.c.id.desc())
        return _page(engine, select(customer, total).where(where).order_by(*order).limit(PAGE + 1))

    @app.post("/opportunities")
    def opportunities(body: Ask) -> dict[str, Any]:
        where = (opportunity.c.stage == body.first) & (opportunity.c.amount >= float(body.second))
        few = select(opportunity.c.id).where(where).limit(BOUND).subquery()
        total = select(func.count()).select_from(few).scalar_subquery().label("total")
        both = opportunity.join(customer, customer.c.id == opportunity.c.customer)
        asked = select(opportunity, customer.c.name.label("customer_name"), total).select_from(both).where(where)
        order = (opportunity.c.expected_close.desc(), opportunity.c.id.desc())
        return _page(engine, asked.order_by(*order).limit(PAGE + 1))

    @app.post("/sums")
    def sums() -> dict[str, Any]:
        asked = select(opportunity.c.stage, func.sum(opportunity.c.amount).label("sum")).group_by(opportunity.c.stage)
        return _page(engine, asked.order_by(opportunity.c.stage))


def _page(engine: Engine, asked: Any) -> dict[str, Any]:
    with engine.connect() as connection:
        return {"records": [dict(row._mapping) for row in connection.execute(asked)]}


COLUMNS = 'id, "values", revision, status, created_at, created_by, updated_at, updated_by, title, sample'


def _by_hand(app: FastAPI, engine: Engine) -> None:
    """The same questions to the table of records, as somebody who knows it would write them."""
    postgres = engine.dialect.name == "postgresql"

    def field(name: str) -> str:
        return f"\"values\" ->> '{name}'" if postgres else f'json_extract("values", \'$."{name}"\')'

    def number(name: str) -> str:
        return f"({field(name)})::numeric" if postgres else f"cast({field(name)} AS REAL)"

    def order(name: str) -> str:
        how = ' COLLATE "C"' if postgres else ""
        return f"({field(name)}){how} DESC NULLS LAST, id DESC"

    own = "workspace = :workspace AND form = :form AND deleted_at IS NULL"

    def page(asked: dict[str, Any], where: str, by: str, titles: bool) -> dict[str, Any]:
        with engine.connect() as connection:
            listed = f"SELECT {COLUMNS} FROM record WHERE {where} ORDER BY {by} LIMIT {PAGE + 1}"
            rows = [dict(row._mapping) for row in connection.execute(text(listed), asked)]
            counted = f"SELECT count(*) FROM (SELECT 1 FROM record WHERE {where} LIMIT {BOUND}) AS few"
            total = connection.execute(text(counted), asked).scalar_one()
            found = _titles(connection, asked["workspace"], rows) if titles else {}
        return {"records": rows, "total": total, "titles": found}

    @app.post("/hand/customers")
    def customers(body: Ask) -> dict[str, Any]:
        asked = {"workspace": body.workspace, "form": "crm.customer", "first": body.first, "second": body.second}
        where = f"{own} AND {field('level')} = :first AND {field('region')} = :second"
        return page(asked, where, order("next_follow_up"), False)

    @app.post("/hand/opportunities")
    def opportunities(body: Ask) -> dict[str, Any]:
        asked = {"workspace": body.workspace, "form": "crm.opportunity", "first": body.first}
        where = f"{own} AND {field('stage')} = :first AND {number('amount')} >= :second"
        return page({**asked, "second": float(body.second)}, where, order("expected_close"), True)

    @app.post("/hand/sums")
    def sums(body: Ask) -> dict[str, Any]:
        asked = {"workspace": body.workspace, "form": "crm.opportunity"}
        listed = f"SELECT {field('stage')} AS stage, sum({number('amount')}) AS sum FROM record WHERE {own} GROUP BY 1"
        with engine.connect() as connection:
            return {"records": [dict(row._mapping) for row in connection.execute(text(listed), asked)]}


def _titles(connection: Any, workspace: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """One statement for the names of the customers on the page."""
    import json

    documents = [row["values"] if isinstance(row["values"], dict) else json.loads(row["values"]) for row in rows]
    wanted = sorted({document["customer"] for document in documents if document.get("customer")})
    names = {f"id{place}": id for place, id in enumerate(wanted)}
    listed = ", ".join(f":{name}" for name in names) or "NULL"
    asked = f"SELECT id, title FROM record WHERE workspace = :workspace AND form = 'crm.customer' AND id IN ({listed})"
    return {row.id: row.title for row in connection.execute(text(asked), {"workspace": workspace, **names})}


def main() -> None:
    """Serve, under uvicorn as the product is."""
    engine = make_engine(os.environ["QIAOBAN_DATABASE_URL"])
    port = int(os.environ["QIAOBAN_PORT"])
    uvicorn.run(make_app(engine), host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
