"""Dashboards and their numbers 仪表盘."""

from typing import Any

from pydantic import Field

from runtime import dashboards
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import Answer, AppId, Shape

router = Door(prefix="/apps/{app}", tags=["dashboards"])


class DashboardOut(Answer):
    """A dashboard with labels in the asker's language; widgets over unreadable forms are absent."""

    id: str
    definition: dict[str, Any]
    people: list[dict[str, str]] = Field(default=[], description="Members to filter by: id and name.")


class DataAsk(Shape):
    """The dashboard's filters. `from`/`to` are dates, both included; null means no bound."""

    start: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    end: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    person: str | None = Field(default=None, max_length=64)
    widgets: list[str] = Field(default=[], max_length=60, description="Only these; empty means all.")


class WidgetData(Answer):
    """A widget's numbers. `rows` are groups (keys, labels, values); `records` for a list; `error` in words.

    `filter` is the whole filter that was applied, so that a click can open the records behind a number;
    each row carries the `filter` that narrows it to its own records.
    """

    rows: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    titles: dict[str, str] = {}
    measures: list[str] = []
    figure: dict[str, Any] = {}
    filter: dict[str, Any] = {}
    error: str = ""


class PreviewAsk(Shape):
    """A widget being designed."""

    widget: dict[str, Any]
    start: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    end: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    person: str | None = Field(default=None, max_length=64)


@router.get("/dashboards/{dashboard}")
def dashboard(app: AppId, dashboard: str, gate: Gate) -> DashboardOut:
    """A dashboard's definition 仪表盘定义."""
    return DashboardOut.model_validate(dashboards.describe(gate, app, dashboard))


@router.post("/dashboards/{dashboard}/data", reads=True)
def data(app: AppId, dashboard: str, body: DataAsk, gate: Gate) -> dict[str, WidgetData]:
    """The numbers of a dashboard's widgets; one that fails says so alone 仪表盘数据."""
    found = dashboards.data(gate, app, dashboard, **body.model_dump())
    return {id: WidgetData.model_validate(data) for id, data in found.items()}


@router.post("/widgets/preview", reads=True)
def preview(app: AppId, body: PreviewAsk, gate: Gate) -> WidgetData:
    """The numbers of a widget that is being designed 组件预览."""
    return WidgetData.model_validate(dashboards.preview(gate, app, **body.model_dump()))
