"""XML answers become JSON, and nothing in them makes us do more 外部答复的 XML."""

import pytest

from builder.json_path import found_at
from builder.xml_answer import DEEPEST, MOST_PARTS, looks_like_xml, read_xml

ORDER = """<?xml version="1.0" encoding="{}"?>
<s:answer xmlns:s="urn:x" xmlns="urn:y"><!-- a remark --><company id="7">巧板 &amp; Co</company>
<item><name>桌</name><price>1.10</price></item><item><name>灯</name></item><empty/></s:answer>"""


@pytest.mark.parametrize("encoding", ["utf-8", "GBK", "gb18030", "UTF-16", "Big5"])
def test_elements_become_parts_by_their_local_names(encoding: str) -> None:
    text = ORDER.format(encoding).replace("灯", "燈") if encoding == "Big5" else ORDER.format(encoding)
    found = read_xml(text.encode(encoding))
    assert found_at(found, "answer.company") == {"@id": "7", "#text": "巧板 & Co"}
    assert found_at(found, "answer.item[0].name") == "桌"
    assert found_at(found, "answer.item[0].price") == "1.10"
    assert found_at(found, "answer.empty") == ""


def test_one_of_a_kind_is_found_at_the_first_place_too() -> None:
    found = read_xml(b"<a><item><name>x</name></item></a>")
    assert found_at(found, "a.item[0].name") == "x"
    assert found_at(found, "a.item[1].name") is None
    assert found_at({"0": "zero"}, "[0]") == "zero"


def test_what_is_xml_is_known_by_its_beginning() -> None:
    assert [looks_like_xml(raw) for raw in (b" \n<a/>", b"\xef\xbb\xbf<a/>", "<a/>".encode("utf-16"))] == [True] * 3
    assert not any(map(looks_like_xml, (b"", b"{}", b"[1]", b'"<a/>"')))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
HOSTILE = {
    "laughs": LAUGHS.encode(),
    "a file of the machine": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a type elsewhere": b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>',
    "a type without anything": b"<!DOCTYPE html><html></html>",
    "parameters": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><x/>',
    "in another encoding": LAUGHS.encode("utf-16"),
    "unknown entity": b"<x>&a;</x>",
    "too deep": b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1),
    "too many": b"<a>" + b"<b/>" * MOST_PARTS + b"</a>",
    "never ends": b"<a>",
    "two roots": b"<a/><b/>",
    "words": b"<",
    "an odd encoding": b'<?xml version="1.0" encoding="utf-7"?><a/>',
    "no such encoding": b'<?xml version="1.0" encoding="gbk"?><a>\xff\xff</a>',
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_would_swell_reach_out_or_break_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_xml(HOSTILE[name])
