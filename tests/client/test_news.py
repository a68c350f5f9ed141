"""News: addresses that can be shared, links that lead only to the web."""

import pytest

from client.news.markdown import SIZES, open_link
from client.news.parts import address


def test_the_list_stands_at_an_address_of_its_own() -> None:
    assert address("", "") == "/news"
    assert address("nong-nghiep", "vải thiều") == "/news?category=nong-nghiep&q=v%E1%BA%A3i+thi%E1%BB%81u"


def test_text_grows_step_by_step() -> None:
    assert SIZES[0] == 1
    assert list(SIZES) == sorted(SIZES)


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "/news", "ftp://example.org"])
def test_what_is_no_web_address_is_not_opened(url: str | None) -> None:
    assert open_link(url) is None
