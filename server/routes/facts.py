"""What formulas being typed need of other records 跨表函数的取值."""

from typing import Annotated, Any

from pydantic import Field

from runtime import facts
from runtime.gate import Gate
from server.door import Door
from server.routes.shapes import AppId, FormId, Shape

router = Door(prefix="/apps/{app}/forms/{form}/facts", tags=["records"])


class FactAsk(Shape):
    """The function that asks, with its arguments as a record would hold them."""

    name: str = Field(max_length=20)
    arguments: list[Annotated[Any, Field()]] = Field(default=[], max_length=5)


class Fact(Shape):
    """The answer: its type in the expression language, and its value as a record would hold it."""

    type: str
    value: Any = None
    error: str = Field(default="", description="A spreadsheet's code when the function fails.")


@router.post("", reads=True)
def ask(app: AppId, form: FormId, body: FactAsk, gate: Gate) -> Fact:
    """What MAPX, RECNO or IP comes to for who asks 跨表取值."""
    return Fact.model_validate(facts.ask(gate, app, form, body.name, body.arguments))
