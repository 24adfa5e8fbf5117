"""Reads the house's own sources as trees and lines, so that test_house.py can say what must hold (代码检查)."""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("builder", "runtime", "server")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its text, its tree."""

    path: str

    @cached_property
    def text(self) -> str:
        """The file as written."""
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python understands it."""
        return ast.parse(self.text, filename=self.path)

    def at(self, node: ast.AST) -> str:
        """Where a node stands, in the form that editors open."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def each(self, *kinds: type[Any]) -> Iterator[Any]:
        """Every node of these kinds, however deep."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def functions(self) -> Iterator[Function]:
        """Every function and method."""
        return self.each(ast.FunctionDef, ast.AsyncFunctionDef)

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call, with the dotted name of what is called."""
        return ((node, dotted(node.func)) for node in self.each(ast.Call))

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Everything that is imported, at the top or hidden, by its dotted name."""
        for node in self.each(ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        for node in self.each(ast.ImportFrom):
            yield from ((node, f"{node.module or ''}.{alias.name}") for alias in node.names)

    def code_lines(self, node: ast.AST) -> int:
        """How many lines of a node are code: no blank line, no comment, no docstring."""
        first, last = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
        told = {line for text in docstrings(node) for line in range(text.lineno, (text.end_lineno or 0) + 1)}
        lines = enumerate(self.text.splitlines()[first - 1 : last], start=first)
        return sum(1 for number, line in lines if is_code(line) and number not in told)


def is_code(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.strip().startswith("#")


def docstrings(node: ast.AST) -> Iterator[ast.Constant]:
    """The docstring of a node and of every function and class within it."""
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and ast.get_docstring(each):
            told = each.body[0]
            if isinstance(told, ast.Expr) and isinstance(told.value, ast.Constant):
                yield told.value


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute chain, and as much of its end as has names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


def python(*folders: str) -> list[Source]:
    """The Python files under these folders; none when a folder is not there."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [Source(path.relative_to(ROOT).as_posix()) for path in found if "__pycache__" not in path.parts]


def web(*folders: str) -> list[Path]:
    """The TypeScript files under these folders of web/src, without what a machine wrote."""
    found = (path for folder in folders or (".",) for path in sorted((ROOT / "web" / "src" / folder).rglob("*.ts*")))
    return [path for path in found if path.suffix in {".ts", ".tsx"} and not path.name.endswith(".d.ts")]


def is_web_test(path: Path) -> bool:
    """Whether a TypeScript file is a test."""
    return ".test." in path.name or "__tests__" in path.parts


def stems(folder: str, suffix: str) -> set[str]:
    """The names of the words in a folder: its files, without the private ones and the tests."""
    files = (ROOT / folder).glob(f"*{suffix}")
    return {path.stem for path in files if not path.name.startswith("_") and "." not in path.stem}


def tracked() -> list[Path]:
    """Every file that is, or would be, in the repository; all files of the tree where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def leaves(tree: Any, path: str = "") -> dict[str, str]:
    """A nested JSON object of sentences as one flat one, keyed by path."""
    if not isinstance(tree, dict):
        return {path: str(tree)}
    return {key: text for name, branch in tree.items() for key, text in leaves(branch, f"{path}/{name}").items()}


def sentences(path: Path) -> dict[str, str]:
    """The sentences of one language file."""
    return leaves(json.loads(path.read_text(encoding="utf-8")))


def placeholders(sentence: str) -> set[str]:
    """The names that a sentence leaves open: {name} and {{name}}; `meant_zh` and `meant_en` are one name."""
    return {re.sub(r"_?(zh|en)$", "", name) for name in re.findall(r"\{\{?\s*-?\s*(\w+)", sentence)}
