"""Search: marks do not matter, names beat accidents, and odd questions do no harm."""

import unicodedata

import pytest

from backend.core.search import Document, Index, terms
from shared.vietnamese import fold


@pytest.fixture(scope="module")
def index() -> Index[str]:
    """A few procedures."""
    return Index(
        [
            Document("birth", ["Đăng ký khai sinh . Hộ tịch"]),
            Document("death", ["Đăng ký khai tử . Hộ tịch"]),
            Document("home", ["Đăng ký thường trú . Cư trú"]),
            Document("passport", ["Cấp hộ chiếu phổ thông . Xuất nhập cảnh"]),
        ]
    )


@pytest.mark.parametrize("text", ["Đăng ký", "đăng  KÝ!", unicodedata.normalize("NFD", "Đăng ký"), "dang_ky"])
def test_texts_fold_to_the_same(text: str) -> None:
    assert fold(text) == "dang ky"


def test_pairs_of_words_stand_beside_words() -> None:
    assert terms("hộ chiếu") == ["ho", "chieu", "ho chieu"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("khai sinh cho con", "birth"),
        ("KHAI TU", "death"),
        ("nhập hộ khẩu, thường trú", "home"),
        ("hộ chiếu", "passport"),
    ],
)
def test_the_right_one_comes_first(index: Index[str], question: str, first: str) -> None:
    assert index.search(question)[0] == first


@pytest.mark.parametrize("question", ["", " ", "?!", "zzz", "\x00", "😀", "đ" * 10_000, "a " * 5_000])
def test_odd_questions_find_nothing(index: Index[str], question: str) -> None:
    assert index.search(question) == []


def test_an_empty_index_answers() -> None:
    assert Index[str]([]).search("khai sinh") == []
