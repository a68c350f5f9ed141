"""Procedures are found as people ask for them, over HTTP, on all real records and on both databases."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from backend.app import create_app
from backend.public_services import reading
from backend.public_services.spelling import Speller
from shared.vietnamese import fold, is_syllable
from tests.support.installations import KINDS, Installations

API = "/api/v1"
AT_ONCE, AMONG_FIVE = 0.85, 0.97
"""What people meet: the right procedure first, or among the first five. More than is asked of any installation."""


@pytest.fixture(scope="module", params=KINDS)
def reader(
    request: pytest.FixtureRequest, installer: Installations, tmp_path_factory: pytest.TempPathFactory
) -> TestClient:
    """A client of an installation with all real procedures."""
    app: FastAPI = create_app(installer.fresh(request.param, tmp_path_factory.mktemp("finding"), "real").settings())
    return TestClient(app, raise_server_exceptions=False)


def ask(reader: TestClient, q: str, **query: Any) -> Any:
    """Return what a question finds."""
    answer = reader.get(f"{API}/procedures", params={"q": q, "limit": 10, **query})
    assert answer.status_code == 200, (q[:80], answer.text)
    return answer.json()


def first(reader: TestClient, q: str, count: int = 1) -> list[str]:
    """Return the codes of the first ones."""
    return [row["code"] for row in ask(reader, q)["items"][:count]]


def questions(real_data: Path) -> list[dict[str, Any]]:
    """Return the real questions that the catalogue can answer."""
    lines = (real_data / "questions/questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["behavior"] == "answer" and row["in_catalog"]]


@pytest.mark.parametrize("spelling", ["question", "question_nodiac"])
def test_real_questions_find_their_procedure(reader: TestClient, real_data: Path, spelling: str) -> None:
    asked = questions(real_data)
    at_once = among_five = 0
    for row in asked:
        groups = [{*group["any_of"], *group["also_ok"]} for group in row["expected"]]
        codes = first(reader, row[spelling], 5)
        at_once += any(codes[:1] and codes[0] in group for group in groups)
        among_five += (all if row["match"] == "all" else any)(group & set(codes) for group in groups)
    assert at_once / len(asked) >= AT_ONCE
    assert among_five / len(asked) >= AMONG_FIVE


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("khaisinh", "1.001193"),
        ("ddawng kys keets hoon", "1.000894"),
        ("đăng kí kết hoon", "1.000894"),
        ("vk mk ms đẻ giờ lm j", "1.001193"),
        ("ba tôi mất tuần trước", "1.000656"),
        ("bị mất CCCD ngoài chợ", "1.014064"),
        ("mất bao lâu để làm hộ chiếu", "1.001456"),
        ("tôi hỏi mở khóa căn cước điện tử, không phải khóa", "3.000277"),
        (unicodedata.normalize("NFD", "Đăng ký thường trú"), "1.004222"),
        ("thủ tục hoà giải tranh chấp đất đai", "1.012812"),
        ("1.004194 là gì", "1.004194"),
        ("1004194", "1.004194"),
        ("thủ tục 1,004194", "1.004194"),
        ("kết hônn", "1.000894"),
        ("toi muon ly hon", "3.000163"),
        ("mất hết giấy tờ", "1.014064"),
        ("nhà có ma chay", "1.000656"),
        ("birth certificate", "1.001193"),
        ("driving licence", "3.000347"),
    ],
)
def test_slips_short_forms_and_whole_stories_are_understood(reader: TestClient, q: str, code: str) -> None:
    assert code in first(reader, q, 2)


def test_words_put_right_are_shown(reader: TestClient) -> None:
    assert ask(reader, "giay khaisinh thuogn tru")["understood"] == "giay khai sinh thường tru"
    assert ask(reader, "đăng ký khai sinh")["understood"] is None


def test_close_variants_are_set_apart(reader: TestClient) -> None:
    found = ask(reader, "cần chứng thực chữ ký người dịch")
    assert found["verdict"] == "clarify"
    (group,) = found["variants"]
    assert {"2.000992", "2.001008"} <= {row["code"] for row in group["procedures"]}
    assert "chữ ký người dịch" in group["name"]
    assert ask(reader, "đăng ký tạm trú")["verdict"] == "answer"


def test_a_bare_word_is_asked_back_by_its_own_name(reader: TestClient) -> None:
    (cards,) = ask(reader, "căn cước")["variants"]
    assert {"1.014062", "1.014061", "1.014064"} <= {row["code"] for row in cards["procedures"]}
    assert cards["name"] == "căn cước"
    assert ask(reader, "thương binh")["variants"][0]["name"] == "thương binh"


@pytest.mark.parametrize(
    "q",
    [
        "giờ nên mua vàng hay bitcoin để giữ tiền",
        "Giải giúp mình bài toán phương trình bậc hai",
        "ok cảm ơn bạn",
        "🙂",
        "nuôi chó",
        "tiền điện tháng này",
        "nhà bị đổ do bão",
        "trợ cấp bão lụt",
    ],
)
def test_what_no_procedure_answers_is_said(reader: TestClient, q: str) -> None:
    assert ask(reader, q)["verdict"] == "out_of_scope"


@pytest.mark.parametrize(
    ("q", "door"),
    [
        ("tra cứu hồ sơ của tôi đến đâu rồi", "dossiers"),
        ("đèn đường hỏng mấy đêm nay", "report"),
        ("UBND xã mình mấy giờ mở cửa, thứ bảy có làm việc không", "offices"),
        ("xã tôi bây giờ là gì", "places"),
    ],
)
def test_other_doors_are_pointed_to(reader: TestClient, q: str, door: str) -> None:
    assert ask(reader, q)["door"] == door


def test_suggestions_come_while_typing(reader: TestClient) -> None:
    for typed in ("khai si", "đăng ký kha", "KHAI SINH"):
        found = reader.get(f"{API}/procedures/suggestions", params={"q": typed}).json()
        assert "1.001193" in [row["code"] for row in found], typed
        assert len({row["code"] for row in found}) == len(found) <= 8
    assert reader.get(f"{API}/procedures/suggestions").json() == []


HOSTILE = [
    "đ" * 10_000,
    "khai sinh " * 1_000,
    "̣́̀̉̃" * 50,
    '" OR NEAR( *',
    "'; DROP TABLE procedure; --",
    "khai AND NOT (sinh) ^* {a b}:c",
    "👶📄🇻🇳",
    "出生登记 регистрация рождения تسجيل",
    "a\u200bb\u202e",
    "." * 300,
    "0" * 600,
]


@pytest.mark.parametrize("q", HOSTILE)
def test_odd_questions_are_answered(reader: TestClient, q: str) -> None:
    found = ask(reader, q)
    assert found["verdict"] in {"answer", "clarify", "out_of_scope"}
    assert reader.get(f"{API}/procedures/suggestions", params={"q": q}).status_code == 200


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_every_text_can_be_read(text: str) -> None:
    read = reading.read(text)
    assert all(weight > 0 for weight in read.terms().values())


def test_the_lists_of_the_language_are_sound() -> None:
    spellings = [cells[0] for cells in reading.lines("spellings.tsv")]
    assert len({fold(each) for each in spellings}) == len(spellings)
    for name in ("meanings.tsv", "doors.tsv"):
        assert len(reading.rules(name)) > 5
    for cells in reading.lines("meanings.tsv"):
        assert fold(cells[1]) == cells[1] or cells[0].startswith("{"), cells


def test_only_what_cannot_be_a_word_is_put_right() -> None:
    speller = Speller({"khai": 3, "sinh": 9, "thuong": 4, "tru": 2})
    assert speller.right("thuogn") == ("thuong",)
    assert speller.right("khaisinh") == ("khai", "sinh")
    assert speller.right("xinh") == ("xinh",)
    assert is_syllable("xinh")
    assert not is_syllable("thuogn")
