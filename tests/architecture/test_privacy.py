"""Law 8: every stored field is either in the privacy register, with purpose, basis and end, or declared impersonal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from enggang.access.tables import BASES
from enggang.core import registries
from enggang.core.registries import PersonalField

Declared = Mapping[str, tuple[str, ...]]


def our_models() -> list[type[models.Model]]:
    ours = [config for config in apps.get_app_configs() if config.name.startswith("enggang.")]
    return [model for config in ours for model in config.get_models()]


def declared_impersonal() -> dict[str, tuple[str, ...]]:
    names = [f"{config.name}.privacy" for config in apps.get_app_configs() if config.name.startswith("enggang.")]
    declared: dict[str, tuple[str, ...]] = {}
    for name in names:
        if find_spec(name):
            declared |= getattr(import_module(name), "NOT_PERSONAL", {})
    return declared


def label_of(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def unlisted(found: Iterable[type[models.Model]], register: Iterable[str], impersonal: Declared) -> list[str]:
    """Fields that are neither in the register nor declared impersonal."""
    listed = set(register)
    missing = []
    for model in found:
        label = label_of(model)
        declared = impersonal.get(label, ())
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            name = f"{label}.{field.name}"
            if name not in listed and field.name not in declared and "*" not in declared:
                missing.append(name)
    return missing


def gone(names: Iterable[str]) -> list[str]:
    """Names of fields that no model has (any more)."""
    return [name for name in names if not _exists(name)]


def _exists(name: str) -> bool:
    app, model, field = name.split(".")
    try:
        apps.get_model(app, model)._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return False
    return True


def contradictions(register: Iterable[str], impersonal: Declared) -> list[str]:
    """Fields said to be both."""
    return [name for name in register if _declares(impersonal, name)]


def _declares(impersonal: Declared, name: str) -> bool:
    label, _dot, field = name.rpartition(".")
    return field in impersonal.get(label, ()) or "*" in impersonal.get(label, ())


def empty_lines(register: Iterable[PersonalField]) -> list[str]:
    return [
        line.field
        for line in register
        if not (str(line.purpose).strip() and str(line.retention).strip() and line.mask and line.basis in BASES)
    ]


def registered() -> list[str]:
    return [name for name, _line in registries.privacy.items()]


def test_no_field_is_unlisted() -> None:
    assert unlisted(our_models(), registered(), declared_impersonal()) == []


def test_what_is_listed_exists() -> None:
    impersonal = declared_impersonal()
    named = [f"{label}.{field}" for label, fields in impersonal.items() for field in fields if field != "*"]
    assert gone([*registered(), *named]) == []
    assert set(impersonal) <= {label_of(model) for model in our_models()}


def test_no_field_is_called_both_personal_and_not() -> None:
    assert contradictions(registered(), declared_impersonal()) == []


def test_every_line_says_why_on_what_basis_and_for_how_long() -> None:
    assert empty_lines(registries.privacy) == []


def test_every_app_that_lists_fields_has_put_them_into_the_register() -> None:
    names = [f"{config.name}.privacy" for config in apps.get_app_configs() if config.name.startswith("enggang.")]
    lines: list[Any] = [line for name in names if find_spec(name) for line in import_module(name).PERSONAL]
    assert [line.field for line in lines if line.field not in registries.privacy] == []


class TestTheseChecksCanFail:
    """A check that cannot fail holds nothing."""

    def test_a_new_field_is_found(self) -> None:
        user = apps.get_model("accounts", "User")
        listed = [name for name in registered() if name != "accounts.User.name"]
        assert unlisted([user], listed, declared_impersonal()) == ["accounts.User.name"]

    def test_a_new_model_is_found(self) -> None:
        handle = apps.get_model("accounts", "Handle")
        found = unlisted([handle], [], {})
        assert found == [f"accounts.Handle.{name}" for name in ("id", "user", "kind", "value", "verified_at")]

    def test_a_field_with_many_rows_is_found(self) -> None:
        need = apps.get_model("training", "Need")
        listed = [name for name in registered() if name != "training.Need.people"]
        assert unlisted([need], listed, declared_impersonal()) == ["training.Need.people"]

    def test_a_field_that_is_gone_is_found(self) -> None:
        names = ["accounts.User.shoe_size", "accounts.Nobody.name", "nowhere.User.name", "accounts.User.name"]
        assert gone(names) == names[:3]

    def test_a_contradiction_is_found(self) -> None:
        assert contradictions(["a.B.c", "a.B.d"], {"a.B": ("c",)}) == ["a.B.c"]
        assert contradictions(["a.B.c"], {"a.B": ("*",)}) == ["a.B.c"]

    @pytest.mark.parametrize("change", [{"purpose": " "}, {"retention": ""}, {"basis": "curiosity"}, {"mask": ""}])
    def test_an_empty_line_is_found(self, change: dict[str, str]) -> None:
        line = PersonalField("a.B.c", "p", "consent", "r", "hidden")
        assert empty_lines([line]) == []
        assert empty_lines([replace(line, **change)]) == ["a.B.c"]  # type: ignore[arg-type]
