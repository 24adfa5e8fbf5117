"""`qiaoban eval` 手工求值: an expression over values in JSON, its problems in both languages."""

import pytest
from typer.testing import CliRunner, Result

from server.cli import cli


def run(expression: str, values: str = "{}", *more: str) -> Result:
    """The command's outcome."""
    return CliRunner().invoke(cli, ["eval", expression, "--values", values, *more])


@pytest.mark.parametrize(
    ("expression", "values", "printed"),
    [
        ('ROUND(价格 * 1.13, 2) & "元"', '{"价格": "9.90"}', '"11.19元"'),
        ("SUM(lines.p * lines.q)", '{"lines": [{"p": "1.5", "q": 2}, {"p": 3}]}', '"3"'),
        ("IF(done, 1, 0)", '{"done": true}', '"1"'),
        ('customer.level = "A"', '{"customer": {"level": "A"}}', "true"),
        ('DAYS("2026-12-01", day)', '{"day": "2026-11-01"}', '"30"'),
        ("BLANK()", "{}", "null"),
    ],
)
def test_it_prints_what_a_record_would_hold(expression: str, values: str, printed: str) -> None:
    result = run(expression, values)
    assert (result.exit_code, result.output.strip()) == (0, printed)


def test_a_failure_is_a_value_with_its_sentence() -> None:
    assert run("1 / 0").output.startswith("#DIV/0! 除数为零。 / ")


@pytest.mark.parametrize(
    ("expression", "values", "words"),
    [("RIGTH(a, 1)", '{"a": "x"}', "RIGHT(a, 1)"), ("1 +", "{}", "没有写完"), ("a", "[1]", "JSON"), ("a", "{", "JSON")],
)
def test_what_is_wrong_is_said_with_a_fix_and_a_bad_exit(expression: str, values: str, words: str) -> None:
    result = run(expression, values)
    assert (result.exit_code, words in result.output) == (1, True)


def test_the_day_is_that_of_the_time_zone() -> None:
    day = '{"at": "2026-11-22T20:00:00Z"}'
    there = [run('DAY(DATEVALUE("2026-11-22T20:00:00Z"))', day, "--timezone", zone).output.strip()
             for zone in ("Asia/Shanghai", "Europe/Rome")]  # fmt: skip
    assert there == ['"23"', '"22"']
