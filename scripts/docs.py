"""Renews the pages that tell what the code already knows (生成文档); with --check it only compares."""

import dataclasses
import inspect
import json
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from builder.expression.catalogue import FUNCTIONS
from builder.field import FieldType, Kind
from builder.problem import catalogue
from builder.registry import load
from runtime import effect
from runtime.node import NodeType
from server.app import make_app
from server.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
EXPRESSION_SENTENCES = ROOT / "builder" / "expression" / "sentences.json"
NOTE = "<!-- Written by `make docs` from the code; change the code, not this page. -->\n"
KINDS = {
    Kind.TEXT: "文本",
    Kind.NUMBER: "数值",
    Kind.BOOLEAN: "布尔",
    Kind.TIME: "时间",
    Kind.LIST: "列表",
    Kind.ROWS: "行",
}


def vocabulary() -> str:
    """Every field type, node type and effect, with its settings."""
    parts = [
        "# Vocabulary 词汇\n",
        NOTE,
        "Applications are written in these words. A word is one Python file and one web file of the same name.\n",
        "## Field types 字段类型\n",
        table(("type", "kind", "what it is", "settings"), field_rows()),
        "## Node types 节点类型\n",
        table(("type", "what it is", "settings"), node_rows()),
        "## Effects 动作\n",
        "Everything that a workflow may ask of the world.\n",
        table(("effect", "what it asks", "with"), effect_rows()),
    ]
    return "\n".join(parts)


def field_rows() -> Iterator[tuple[str, ...]]:
    """A line for every field type."""
    for name, kind in load("builder.fields", FieldType).items():
        yield f"`{name}`", f"{kind.kind} {KINDS[kind.kind]}", purpose(kind), settings(kind)


def node_rows() -> Iterator[tuple[str, ...]]:
    """A line for every node type."""
    for name, node in load("runtime.nodes", NodeType).items():
        yield f"`{name}`", purpose(node), settings(node)


def effect_rows() -> Iterator[tuple[str, ...]]:
    """A line for every effect."""
    for each in get_args(effect.Effect):
        names = ", ".join(f"`{field.name}`" for field in dataclasses.fields(each))
        yield f"`{each.__name__}`", inspect.getdoc(each) or "", names


def purpose(word: type) -> str:
    """Why a word exists: the first line of its file."""
    return str(sys.modules[word.__module__].__doc__).strip().splitlines()[0].rstrip(".")


def settings(word: Any) -> str:
    """A word's settings by name, with the choices where there are some."""
    properties = word.model_json_schema().get("properties", {})
    return ", ".join(f"`{name}`{choices(shape)}" for name, shape in properties.items()) or "–"


def choices(shape: dict[str, Any]) -> str:
    """The values among which a setting chooses, if it does."""
    values = shape.get("enum") or shape.get("items", {}).get("enum") or []
    return f" ({' · '.join(map(str, values))})" if values else ""


def functions() -> str:
    """Every function of the expression language, with what it does and examples."""
    parts = ["# Functions 函数\n", NOTE, "They mean the same in the browser and on the server.\n"]
    known = sorted(FUNCTIONS.values(), key=lambda each: (each.group, each.name))
    for group, each in groupby(known, key=lambda each: each.group):
        rows = (function_row(function) for function in each)
        parts += [f"## {group}\n", table(("call", "中文", "English", "for example"), rows)]
    return "\n".join(parts)


def function_row(function: Any) -> tuple[str, ...]:
    """A line for one function."""
    examples = "; ".join(f"`{call}` → `{result}`" for call, result in function.examples)
    return f"`{function.signature}`", function.zh, function.en, examples


def problems() -> str:
    """Every problem code with its sentence in both languages."""
    known = dict(catalogue())
    if EXPRESSION_SENTENCES.exists():
        known |= json.loads(EXPRESSION_SENTENCES.read_text(encoding="utf-8"))
    rows = ((f"`{code}`", words.get("zh-CN", ""), words.get("en", "")) for code, words in sorted(known.items()))
    intro = "A code is stable; programs may rely on it. The sentence comes in the language of whoever asks.\n"
    return "\n".join(["# Problems 问题\n", NOTE, intro, table(("code", "中文", "English"), rows)])


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cell(each) for each in line)} |\n" for line in lines)


def cell(text: str) -> str:
    """Text that stays in its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def openapi() -> str:
    """The OpenAPI document of the server, from which the browser's client gets its types."""
    with TemporaryDirectory() as home:
        app = make_app(Settings(database_url=f"sqlite:///{home}/none.db", home=Path(home)))
        app.state.wired.engine.dispose()
        return json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/vocabulary.md": vocabulary,
    "docs/functions.md": functions,
    "docs/problems.md": problems,
    "docs/openapi.json": openapi,
}


def stale() -> list[str]:
    """The pages that no longer tell what the code does."""
    return [name for name, page in PAGES.items() if not same(ROOT / name, page())]


def same(path: Path, text: str) -> bool:
    """Whether a file holds exactly this text."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def main() -> None:
    """Writes the pages, or tells which ones are out of date."""
    if "--check" in sys.argv:
        sys.exit(f"Out of date: {', '.join(old)}. Run `make docs`." if (old := stale()) else 0)
    for name in stale():
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"{name} written")


if __name__ == "__main__":
    main()
