"""Links with field names in them 带字段的链接: only http and https, and only ever behind the host."""

import re
from collections.abc import Mapping

LINK = re.compile(r"^https?://[^\s/?#<>\"{}@]{1,253}(?:[/?#][^\s<>\"]*)?$", re.IGNORECASE)
PLACE = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")


def checked_link(link: str, secure: bool = False) -> str:
    """The link, trimmed; raises `ValueError` for another scheme, a field within the host, or a strange placeholder."""
    text = link.strip()
    if not text:
        return ""
    if not LINK.match(text) or (secure and not text.lower().startswith("https://")):
        raise ValueError("a link begins with https:// and its host")
    if any(not NAME.match(name) for name in PLACE.findall(text)) or re.search(r"[{}]", PLACE.sub("", text)):
        raise ValueError("a placeholder in a link is a field's id in braces")
    return text


def names_in(link: str) -> tuple[str, ...]:
    """The fields that a link names."""
    return tuple(PLACE.findall(link))


PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
DOTS = frozenset({".", ".."})
HEAD = re.compile(r"^https?://[^/?#]*", re.IGNORECASE)


def encoded(text: str) -> str:
    """The text as one value of an address: nothing in it can end the value, or begin another."""
    return "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))


def filled_link(link: str, words: Mapping[str, str], parameters: Mapping[str, str]) -> str:
    """The link with the fields' words in it and parameters added, all encoded; raises `ValueError` for one in which
    a value would climb to another path."""
    text = PLACE.sub(lambda found: encoded(words.get(found[1], "")), checked_link(link)).partition("#")[0]
    head = HEAD.match(text)
    if head is None or DOTS & set(text[head.end() :].partition("?")[0].split("/")):
        raise ValueError("the link leads nowhere")
    added = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in parameters.items())
    return text + (("&" if "?" in text else "?") + added if added else "")
