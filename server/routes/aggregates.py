"""Aggregates being designed 聚合表."""

from typing import Any

from pydantic import Field

from runtime import aggregates
from runtime.gate import Gate
from server.door import Door
from server.routes.records import SourcePage
from server.routes.shapes import AppId, Shape

router = Door(prefix="/apps/{app}", tags=["aggregates"])


class AggregateAsk(Shape):
    """An aggregate being designed."""

    aggregate: dict[str, Any]
    search: str = Field(default="", max_length=200)
    after: str = Field(default="", max_length=20)


class AggregatePage(SourcePage):
    """Its columns as fields, and some of its rows. `problem` says why there are none; `more` that groups were cut."""

    problem: str = ""
    more: bool = False


@router.post("/aggregates/preview", reads=True)
def preview(app: AppId, body: AggregateAsk, gate: Gate) -> AggregatePage:
    """The rows of an aggregate that is being designed 聚合表预览."""
    found = aggregates.preview(gate, app, body.aggregate, body.search, body.after)
    return AggregatePage.model_validate(found)
