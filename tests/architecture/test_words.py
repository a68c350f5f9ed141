"""Every visible word stands under a key, in Vietnamese and in English, and every key that is asked for exists."""

import ast
import importlib
import re
import string
from collections.abc import Iterator, Mapping

import pytest

from client.core.text.en import EN
from client.core.text.vi import VI
from shared.errors import ErrorCode
from tests.architecture.sources import python_files

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)
WORD_FILES = re.compile(r"(?:words\w*\.py|/words/.*|client/core/text/.*)$")
# A proper name is the same in every language.
NAMES = {"Smart Hải Dương", "Hải Dương"}
SPEAKERS = {"t", "text", "say"}


def word_modules() -> Iterator[tuple[str, Mapping[str, str], Mapping[str, str]]]:
    """Yield (module, Vietnamese, English) of the words shared by all and of each feature's."""
    yield "client.core.text", VI, EN
    for path, _ in python_files("client"):
        if path.endswith("words.py") and not path.startswith("client/core/"):
            module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
            yield module.__name__, module.VI, module.EN


def asked(source: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, key or its beginning, whether it is the whole key) of each `t("…")`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _speaker(node.func) in SPEAKERS:
            for key, whole in _keys(node.args[0]):
                yield node.lineno, key, whole


def _speaker(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _keys(node: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z_]+\.[\w.]+", node.value):
        yield node.value, True
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
    elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
        yield str(node.values[0].value), False


def _compiles(call: ast.Call) -> bool:
    """Whether this is `re.compile("…")`: what is looked for in a source's text is not shown."""
    return ast.unparse(call.func) == "re.compile" and bool(call.args)


def places(words: str) -> set[str]:
    """Return the names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize(("module", "vi", "en"), [pytest.param(*row, id=row[0]) for row in word_modules()])
def test_both_languages_say_the_same(module: str, vi: Mapping[str, str], en: Mapping[str, str]) -> None:
    assert vi.keys() == en.keys()
    assert not [key for key in vi if not vi[key].strip() or not en[key].strip()]
    assert not [key for key in vi if places(vi[key]) != places(en[key])]


def written(source: str) -> Iterator[str]:
    """Yield every key that is written out in a file's `VI`."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "VI" and isinstance(node.value, ast.Dict):
            yield from (str(key.value) for key in node.value.keys if isinstance(key, ast.Constant))


def test_no_key_means_two_things() -> None:
    """Also where one file of words takes in another: the later would silently win."""
    keys = [key for path, source in python_files("client") if WORD_FILES.search(path) for key in written(source)]
    assert len(keys) > 100
    assert not sorted({key for key in keys if keys.count(key) > 1})


def test_every_key_that_is_asked_for_exists() -> None:
    known = {key for _, vi, _ in word_modules() for key in vi}
    missing = [
        f"{path}:{line} {key}"
        for path, source in python_files("client")
        for line, key, whole in asked(source)
        if (key not in known if whole else not any(each.startswith(key) for each in known))
    ]
    assert not missing, "\n".join(missing)


def test_every_error_has_words() -> None:
    assert not [code for code in ErrorCode if f"error.{code}" not in VI]


def test_no_visible_word_stands_in_the_code() -> None:
    """A word in the code is shown to a person who reads the other language."""
    found = []
    for path, source in python_files("client"):
        if WORD_FILES.search(path):
            continue
        tree = ast.parse(source)
        unseen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        unseen |= {id(node.args[0]) for node in ast.walk(tree) if isinstance(node, ast.Call) and _compiles(node)}
        found += [
            f"{path}:{node.lineno} {node.value[:60]}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen
            if len(node.value.strip()) > 1 and VIETNAMESE.search(node.value) and node.value not in NAMES
        ]
    assert not found, "\n".join(found)


def test_the_reader_of_keys_reads() -> None:
    source = 't("a.b"); t("a.c" if x else "a.d"); t(f"status.{s}"); self.t("e.f", n=1); other("g.h")'
    assert list(asked(source)) == [
        (1, "a.b", True),
        (1, "a.c", True),
        (1, "a.d", True),
        (1, "status.", False),
        (1, "e.f", True),
    ]
