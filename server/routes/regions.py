"""Provinces, cities and districts over HTTP 行政区划."""

from typing import Annotated, Any

from pydantic import Field

from server import regions
from server.asker import Asker, Visitor
from server.door import Door
from server.routes.shapes import Answer, Shape

router = Door(tags=["people"])


class RegionsOut(Answer):
    """Each region is `[name]`, or `[name, regions within]`; a district is its name alone."""

    regions: list[Any]


class RegionLines(Shape):
    """One region a line, `广东省/深圳市/南山区`; no line brings back the table that comes with the house."""

    lines: list[Annotated[str, Field(max_length=200)]] = Field(max_length=20_000)


class RegionLinesOut(Answer):
    """The table as lines."""

    lines: list[str]


@router.get("/regions")
def table(asker: Asker) -> RegionsOut:
    """The workspace's table of regions 行政区划."""
    return RegionsOut(regions=regions.regions(asker))


@router.get("/regions/shipped")
def shipped(visitor: Visitor) -> RegionsOut:
    """The table that comes with the house, for who fills a form without an account."""
    return RegionsOut(regions=regions.shipped())


@router.get("/regions/lines")
def lines(asker: Asker) -> RegionLinesOut:
    """The table to edit, a region a line 编辑行政区划."""
    return RegionLinesOut(lines=regions.lines(asker))


@router.put("/regions")
def replace(body: RegionLines, asker: Asker) -> RegionLinesOut:
    """Put another table in its place; administrators only 修改行政区划."""
    regions.replace(asker, body.lines)
    return RegionLinesOut(lines=regions.lines(asker))
