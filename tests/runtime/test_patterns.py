"""Control-flow patterns 控制流模式: every model is played, and its trace is the one that was written down."""

from pathlib import Path

import pytest

from builder.definition import App, Form
from runtime.soundness import check
from tests.cases.patterns import models, read, trace, workflow

MUST = {*range(1, 8), 10, 11, 14, 15, 19, 20, 25, 26, 27, 34, 35, 36, 43}
SHOULD = {12, 13, 16, 18, 21, 24, 29, 30, 32, 37, 40}
FIELDS = [{"id": "n", "type": "number", "label": "n"}, {"id": "people", "type": "member", "label": "people"}]
OPEN_ON_PURPOSE = {12, 43}
"""12 starts records of a form that is not in the model; in 43 an end closes the other branch, which is the point."""


def test_every_pattern_that_must_be_there_is() -> None:
    assert {read(path)["pattern"] for path in models()} == MUST | SHOULD


@pytest.mark.parametrize("path", models(), ids=lambda path: path.stem)
def test_the_model_goes_the_way_that_was_written_down(path: Path) -> None:
    model = read(path)

    assert trace(model) == model["trace"]


@pytest.mark.parametrize("path", models(), ids=lambda path: path.stem)
def test_the_model_is_sound(path: Path) -> None:
    model = read(path)
    form = Form.model_validate({"id": "f", "name": "f", "fields": FIELDS})
    app = App(id="a", name="a", forms={"f": form})

    codes = {problem.code for problem in check(app, workflow(model))}

    assert not codes or model["pattern"] in OPEN_ON_PURPOSE, codes
