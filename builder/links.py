"""Links with field names in them 带字段的链接: only http and https, and only ever behind the host."""

import re

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
