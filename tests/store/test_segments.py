"""Numbers made of segments 流水号分段: drawn by fifty at once on both databases, each once, and anew each period."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from builder.field import Field
from tests.store.worlds import Store

NUMBER = {
    "id": "no", "type": "serial", "label": "No", "reset": "day", "start": 100,
    "segments": [{"kind": "text", "text": "X"}, {"kind": "date", "date": "short_day"}, {"kind": "count", "digits": 5}],
}  # fmt: skip
FORM = "shop.order"


def test_fifty_writers_draw_fifty_numbers(database: Engine) -> None:
    """One transaction each, all at once; another day begins at the start again."""
    store, field = Store(database), Field.model_validate(NUMBER)
    workspace = store.workspace()
    assert field.numbers is not None
    given = field.numbers

    def draw(today: str) -> str:
        with store.world(workspace) as world:
            first = world.records.draw(FORM, field.id, given.scope(today))
            return given.number(first, today, {})

    with ThreadPoolExecutor(50) as writers:
        numbers = list(writers.map(draw, ["2026-11-23"] * 50))
    assert sorted(numbers) == [f"X-261123-{count:05}" for count in range(100, 150)]
    assert draw("2026-11-24") == "X-261124-00100"
