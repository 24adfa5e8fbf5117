"""Options are shown by label, and understood by label again 选项文字."""

import pytest

from builder.expression.check import compile_text, labels
from builder.expression.parse import print_tree
from builder.expression.values import Scope, Shape
from builder.expression.worded import worded

STAGES = {"won": "赢单", "lost": "输单", "twin_1": "重复", "twin_2": "重复"}
SCOPE: Scope = {
    "stage": Shape("text", "阶段", options=STAGES),
    "tags": Shape("list:text", "标签", item="text", options={"vip": "重点"}),
    "note": Shape("text", "备注"),
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('stage = "won"', '阶段 = "赢单"'),
        ('"lost" <> stage', '"输单" <> 阶段'),
        ('NOT(stage = "won")', 'NOT(阶段 = "赢单")'),
        ('SWITCH(stage, "won", 1, "lost", 0, 2)', 'SWITCH(阶段, "赢单", 1, "输单", 0, 2)'),
        ('CONTAINS(tags, "vip")', 'CONTAINS(标签, "重点")'),
        ('note = "won"', '备注 = "won"'),
        ('stage = "twin_1"', '阶段 = "twin_1"'),
    ],
)
def test_an_option_is_shown_by_its_label_and_read_back_as_its_id(text: str, shown: str) -> None:
    tree = compile_text(text, SCOPE).tree
    said = print_tree(worded(tree, SCOPE), labels(SCOPE))
    assert said == shown
    assert compile_text(said, SCOPE).tree == tree
