"""Formatted text is harmless whatever was sent 富文本: read as a browser reads it, it holds only what may stay."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.markup import LINKS, PICTURE, TAGS, clean, pictures_in, words_of

STINGS = [
    '<a href="https://x/<img y">" onmouseover=alert(1) x="</a>',
    '<p><img src="/api/files/a" alt="<img y">" onerror=alert(1) x="</p>',
    '<img src="/api/files/a" alt=\'"><script>alert(1)</script>\'>',
    '<img src="/api/files/../session">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<base href=https://evil/>",
    "<meta http-equiv=refresh>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jAvAsCrIpT&colon;alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<p style="background:url(javascript:1)">x</p>',
    "<p onclick=alert(1)>x</p>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<template><script>1</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<table><td background=x>",
    '<ol start="1e9"><li>x</li></ol>',
    '<img src="/api/files/a" width="99999">',
    "<plaintext><img src=x onerror=alert(1)>",
    "<a href=//evil.example>x</a>",
    '<a href="https://x" target=_self rel=opener>x</a>',
    "\x00<scr\x00ipt>alert(1)</script>",
]
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "img": {"src", "alt", "width"}}


class Seen(HTMLParser):
    """What a reader finds that may not stay."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS | {"img"}:
            self.wrong.append(tag)
        for name, value in attrs:
            fits = name in ATTRIBUTES.get(tag, set())
            fits &= name != "href" or (value or "").lower().startswith(LINKS)
            fits &= name != "src" or PICTURE.match(value or "") is not None
            fits &= name != "rel" or value == "noopener noreferrer"
            if not fits:
                self.wrong.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag


def harmless(html: str) -> None:
    """Fails unless what is left of it is harmless, and cleaning again leaves it so."""
    for pictures in (True, False):
        kept = clean(html, pictures=pictures)
        assert Seen(kept).wrong == [], kept
        assert clean(kept, pictures=pictures) == kept
        assert pictures or not pictures_in(kept)
    assert "\x00" not in words_of(html)


@pytest.mark.parametrize("html", STINGS, ids=range(len(STINGS)))
def test_nothing_that_runs_is_left(html: str) -> None:
    harmless(html)
    harmless(f"<blockquote>{html}</blockquote>{html}")


PIECES = st.sampled_from(
    [*STINGS, '"', "'", ">", "<", "<img", ' src="/api/files/a"', "</a>", "<p>", "&lt;", "&quot;", "x="]
)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES, max_size=6).map("".join))
def test_pieces_of_attacks_put_together_leave_nothing_that_runs(html: str) -> None:
    harmless(html)


def test_what_may_stay_stays() -> None:
    """Formatting, a link, a numbered list, a stored picture."""
    html = (
        '<p>a <strong>b</strong> <a href="https://x.example/" rel="noopener noreferrer">c</a></p>'
        '<ol start="3"><li>d</li></ol><img src="/api/files/abc" alt="e" width="40">'
    )
    assert clean(html) == html
    assert pictures_in(html) == ("abc",)
    assert "<img" not in clean(html, pictures=False)
