"""Whoever comes to the front door sees it, in their language, on a desk and on a phone (首页)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "立即体验"), ("en-US", "Try it now")], ids=["zh", "en"])
def test_a_stranger_is_invited_in_their_own_language(
    visit: Callable[..., Page], shoot: Callable[..., object], screen: str, locale: str, words: str
) -> None:
    """One button, no sign-up."""
    page = visit(screen, locale)
    page.goto("/")
    expect(page.get_by_role("button", name=words).first).to_be_visible()
    shoot(page, f"landing-{locale}-{screen}")
