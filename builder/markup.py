"""Formatted text made harmless 富文本清洗: a short list of what may stay; the browser cleans again before it shows."""

import html as entities
import re

import nh3

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "strong", "b", "em", "i", "u", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a"),
}
PICTURE = re.compile(r"^/api/files/([A-Za-z0-9_-]{1,64})$")
HELD = re.compile(r'<img[^>]*\ssrc="/api/files/([A-Za-z0-9_-]{1,64})"')
BARE_PICTURE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
"""What is left of a picture from elsewhere."""
BLOCK_END = re.compile(r"</(?:p|h[1-4]|li|blockquote|pre)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
SCHEMES = {"http", "https", "mailto", "tel"}
LINKS = tuple(f"{scheme}:" for scheme in sorted(SCHEMES))
"""How a link begins: one without a scheme would lead to wherever the text is shown."""


def clean(html: str, pictures: bool = True) -> str:
    """Only formatting, links to the web and, with `pictures`, our own stored files; cleaning twice changes nothing."""
    attributes = {"a": {"href"}, "ol": {"start"}, **({"img": {"src", "alt", "width"}} if pictures else {})}
    cleaned: str = nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS | ({"img"} if pictures else set()),
        attributes=attributes,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return BARE_PICTURE.sub("", cleaned)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if PICTURE.match(value) else None
    if name == "href":
        return value.strip() if value.strip().lower().startswith(LINKS) else None
    if name in ("width", "start"):
        return value if value.isascii() and value.isdigit() and len(value) <= 4 else None
    return value


def words_of(html: str) -> str:
    """The text alone, a line for each block."""
    lines = nh3.clean(BLOCK_END.sub("\n", html), tags=set())
    return re.sub(r"\n{2,}", "\n", entities.unescape(lines)).strip()


def pictures_in(html: str) -> tuple[str, ...]:
    """The ids of the stored files that it shows, once each."""
    return tuple(dict.fromkeys(HELD.findall(html)))
