"""Organisations to choose from stand in a tree by name, whatever their random codes."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.places.forms.organisations import SuccessorForm
from enggang.places.forms.tree import TreeField, in_tree, offer_in_tree
from enggang.places.models import Organisation
from enggang.training.forms.waves import pool_choices
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


def test_parents_stand_before_their_children_and_each_level_by_name() -> None:
    top = organisation(name="Provinsi")
    for name in ("Zona", "Badan", "Dinas"):
        organisation(name=name, parent=top)
    organisation(name="Seksi", parent=Organisation.objects.get(name="Badan"))
    rows = in_tree(Organisation.objects.order_by("-pk"))
    assert [row.name for row in rows] == ["Provinsi", "Badan", "Seksi", "Dinas", "Zona"]
    assert [row.name for row in in_tree(row for row in rows if row.name != "Badan")] == [
        "Provinsi",
        "Seksi",
        "Dinas",
        "Zona",
    ]


def test_the_field_asks_once_whatever_it_offers() -> None:
    top = organisation(name="Provinsi")
    organisation(name="Badan", parent=top)
    field = TreeField(label="x")
    field.queryset = Organisation.objects.all()
    offered: Any = field.choices
    with CaptureQueriesContext(connection) as asked:
        assert [str(label) for _value, label in offered][1:] == ["Provinsi", "– Badan"]
    assert len(asked) == 1


def test_a_field_of_a_models_form_offers_them_in_the_same_way() -> None:
    top = organisation(name="Provinsi")
    for name in ("Zona", "Badan"):
        organisation(name=name, parent=top)
    field = forms.ModelChoiceField(Organisation.objects.none(), required=False)
    offer_in_tree(field, Organisation.objects.order_by("-pk"))
    offered: Any = field.choices
    assert [str(label) for _value, label in offered][1:] == ["Provinsi", "– Badan", "– Zona"]
    assert field.clean(top.pk) == top


def test_successors_and_quotas_are_offered_by_name() -> None:
    top = organisation(name="Provinsi")
    names = ["Badan Arsip", "Dinas Cipta", "Dinas Desa", "Dinas Energi", "Inspektorat", "Kantor Gizi"]
    for name in reversed(names):
        organisation(name=name, parent=top)
    successors: Any = SuccessorForm(offered=Organisation.objects.all()).fields["new"]
    assert [str(label) for _code, label in successors.choices][1:] == ["Provinsi", *[f"– {name}" for name in names]]
    assert [label for _key, label in pool_choices()[-1][1]] == ["Provinsi", *names]
