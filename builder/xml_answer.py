"""An XML answer as JSON 外部答复的 XML: elements by local names; what declares types or entities is refused."""

import re
from typing import Any
from xml.parsers import expat

DEEPEST = 60
MOST_PARTS = 20_000
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
ENCODINGS = {"utf-8", "utf-16", "gbk", "gb2312", "gb18030", "big5", "iso-8859-1", "us-ascii", "shift_jis", "euc-kr"}

Part = dict[str, Any]


def looks_like_xml(raw: bytes) -> bool:
    """Whether the answer begins as XML does."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or raw[:4] in (b"\xff\xfe<\x00", b"\xfe\xff\x00<")


def read_xml(raw: bytes) -> Any:
    """`{"root": {"item": [{"@id": "1", "name": "Desk"}]}}`; raises `ValueError` for what is no such text, or swells."""
    reading = _Reading()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.refuse
    parser.EntityDeclHandler = reading.refuse
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(_words(raw), True)
    except expat.ExpatError as error:
        raise ValueError("no XML") from error
    return reading.whole


def _words(raw: bytes) -> bytes:
    """The text in UTF-8, whatever it declares."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16").encode()
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = DECLARED.match(raw)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if encoding not in ENCODINGS:
        raise ValueError("an encoding that nobody uses")
    return raw.decode("gb18030" if encoding in ("gbk", "gb2312") else encoding).encode()


class _Reading:
    """The elements that are open, and what they hold so far."""

    def __init__(self) -> None:
        self.whole: Part = {}
        self.open: list[tuple[Part, list[str]]] = [(self.whole, [])]
        self.parts = 0

    def refuse(self, *_: object) -> None:
        """No document type, and so no entity of one's own, nothing from a file, nothing that swells."""
        raise ValueError("a document type is refused")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.parts += 1 + len(attributes)
        if len(self.open) > DEEPEST or self.parts > MOST_PARTS:
            raise ValueError("too deep, or too much")
        held = {f"@{_local(key)}": value for key, value in attributes.items() if not key.startswith("xmlns")}
        self.open.append((held, []))

    def text(self, text: str) -> None:
        """Words within an element."""
        self.open[-1][1].append(text)

    def end(self, name: str) -> None:
        """An element ends: words alone are a text, several of one name are a list."""
        held, texts = self.open.pop()
        words = "".join(texts).strip()
        value: Any = {**held, "#text": words} if held and words else held or words
        around, key = self.open[-1][0], _local(name)
        if key not in around:
            around[key] = value
        elif isinstance(around[key], list):
            around[key].append(value)
        else:
            around[key] = [around[key], value]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
