"""Any file of formula cases is run 公式用例文件: wherever it lies, whatever is in it, by every evaluator."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cases import formulas

CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("=SUM($A$1:A3)", {"A1": 1, "A2": "x", "A3": 3}, 4),
    ("YEAR(A1)-1", {"A1": {"date": "2026-05-06"}}, 2025),
    ('"A1"&B2', {"B2": 5}, "A15"),
    ("UPPER(A1)", {"A1": "straße"}, "STRASSE"),
    ("1/A1", {"A1": 0}, {"error": "#DIV/0!"}),
    ("1+1", {}, 3),
    ("1+", {}, 1),
    ("TRANSPOSE(A1:A2)", {"A1": 1, "A2": 2}, [[1, 2]]),
    ("FOO(1)", {}, 1),
]


@pytest.mark.parametrize("evaluator", ["python", "sqlite", "typescript"])
def test_a_file_of_ones_own_is_run_and_told(
    evaluator: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ids, with blank lines, with formulas that cannot be read: five pass, one fails, three are not ours."""
    file = tmp_path / "mine.jsonl"
    lines = [json.dumps({"formula": formula, "cells": cells, "expected": expected})
             for formula, cells, expected in CASES]  # fmt: skip
    file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["formulas", str(file), "--evaluator", evaluator])
    assert formulas.main() == 1
    told = capsys.readouterr().out
    assert f"{evaluator}: 5 passed, 1 failed, 3 not supported" in told
    assert "cannot be read: The formula ends too soon." in told
    assert "line 11  1+1" in told


def test_a_file_that_is_none_is_refused_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback."""
    file = tmp_path / "mine.jsonl"
    file.write_text("{", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["formulas", str(file)])
    with pytest.raises(SystemExit):
        formulas.main()
