"""What a contract lets in fits the column that keeps it, and what leaves is complete."""

import importlib
import pkgutil
import types
import typing
from collections.abc import Iterator

import pytest
from annotated_types import MaxLen
from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from sqlalchemy import Column, String
from sqlmodel import SQLModel

import shared
from shared.base import Contract
from tests.architecture.routes import api_routes

# What a person sends in just this shape, and finds again in an answer.
ALSO_SENT = {"Rating"}
# Empty until it is published, and nobody sees it before.
THERE_WHEN_SEEN = {"published_at"}
SUFFIXES = ("Draft", "Change", "Summary", "Detail")


def contracts() -> Iterator[type[Contract]]:
    """Yield every contract."""
    for module in pkgutil.iter_modules(shared.__path__):
        for value in vars(importlib.import_module(f"shared.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Contract) and value.__module__ == f"shared.{module.name}":
                yield value


def tables() -> dict[str, type[SQLModel]]:
    """Return the tables by the name of their class."""
    importlib.import_module("backend.features")
    found = {}
    waiting: list[type[SQLModel]] = list(SQLModel.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if hasattr(model, "__table__"):
            found[model.__name__] = model
    return found


def pairs() -> list[tuple[type[Contract], type[SQLModel]]]:
    """Return the contracts that are about one table: the bare noun is the table."""
    known = tables()
    found = []
    for contract in contracts():
        noun = next((contract.__name__.removesuffix(end) for end in SUFFIXES if contract.__name__.endswith(end)), None)
        table = known.get(noun or contract.__name__)
        if table:
            found.append((contract, table))
    return found


def optional(annotation: object) -> bool:
    """Whether None is among what may stand here."""
    union = typing.get_origin(annotation) in {typing.Union, types.UnionType}
    return union and type(None) in typing.get_args(annotation)


def longest(field: FieldInfo) -> int | None:
    """Return how many characters a contract lets in."""
    return next((each.max_length for each in field.metadata if isinstance(each, MaxLen)), None)


def columns(contract: type[Contract], table: type[SQLModel]) -> Iterator[tuple[str, FieldInfo, Column[typing.Any]]]:
    """Yield what stands in both under one name."""
    held = table.__table__.columns  # type: ignore[attr-defined]
    for name, field in contract.model_fields.items():
        if name in held:
            yield name, field, held[name]


def test_contracts_and_tables_are_found() -> None:
    assert len(pairs()) >= 5


@pytest.mark.parametrize("ending", ["Draft", "Change"])
def test_what_is_let_in_fits(ending: str) -> None:
    tight = []
    for contract, table in pairs():
        if not contract.__name__.endswith(ending):
            continue
        for name, field, column in columns(contract, table):
            room = column.type.length if isinstance(column.type, String) else None
            if room is not None and field.annotation is str and (longest(field) or room + 1) > room:
                tight.append(f"{contract.__name__}.{name} lets in {longest(field)}, {table.__name__} keeps {room}")
    assert not tight, "\n".join(tight)


def test_what_may_be_empty_says_so() -> None:
    hidden = []
    for contract, table in pairs():
        if contract.__name__.endswith(("Draft", "Change")):
            continue
        hidden += [
            f"{contract.__name__}.{name} is never empty, {table.__name__}.{name} may be"
            for name, field, column in columns(contract, table)
            if column.nullable and name not in THERE_WHEN_SEEN and not optional(field.annotation)
        ]
    assert not hidden, "\n".join(hidden)


def answers(app: FastAPI) -> set[type[BaseModel]]:
    """Return every model that leaves, and all that stand within them."""
    found: set[type[BaseModel]] = set()
    waiting: list[object] = [route.response_model for _, route in api_routes(app)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            if each not in found:
                found.add(each)
                waiting += [field.annotation for field in each.model_fields.values()]
        else:
            waiting += typing.get_args(each)
    return found


def test_what_leaves_is_complete(app: FastAPI) -> None:
    """A default in an answer would let a field go missing without anybody noticing."""
    loose = [
        f"{model.__name__}.{name}"
        for model in answers(app)
        if model.__name__ not in ALSO_SENT
        for name, field in model.model_fields.items()
        if not field.is_required() and typing.get_origin(field.annotation) is not typing.Literal
    ]
    assert not sorted(loose), "\n".join(sorted(loose))


def test_answers_are_contracts(app: FastAPI) -> None:
    """A table never leaves as it is: what it holds may be nobody's business."""
    assert not [model.__name__ for model in answers(app) if not issubclass(model, Contract)]
