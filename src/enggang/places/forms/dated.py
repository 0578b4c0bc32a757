"""One form for every table of reference rows, made from the table's own fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS
from enggang.places.models import Organisation, Region
from enggang.places.queries.dated import DatedTable, Shelf, is_dated


def dated_form(
    shelf: Shelf, table: DatedTable, actor: Actor, data: Any, *, instance: Any = None, copied: Any = None
) -> Any:
    """A bound or unbound form; ``copied`` is the row whose values a new one begins with."""
    made = modelform_factory(table.model, fields=[*table.fields], formfield_callback=_field_of(shelf, actor))
    initial = {name: getattr(copied, name) for name in table.fields} if copied is not None else {}
    form = made(data, instance=instance, initial=initial)
    if instance is None:
        places = Organisation.objects.held_by(actor, *shelf.managers)
        form.fields["organisation"] = forms.ModelChoiceField(
            places, label=_("Agency"), help_text=_("Holds for it and all below it.")
        )
        form.initial["organisation"] = places.first()
    else:
        form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=instance.version)
    return form


def _field_of(shelf: Shelf, actor: Actor) -> Any:
    def field_of(field: Any, **kwargs: Any) -> forms.Field | None:
        if isinstance(field, models.DateField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            kwargs["validators"] = POSSIBLE_DAYS
        if field.related_model is Region:
            kwargs["queryset"] = Region.objects.for_choice()
        if is_dated(field):
            kwargs["queryset"] = field.related_model.objects.readable_by(actor, *shelf.readers)
        made: forms.Field | None = shelf.field(field, **kwargs)
        return made

    return field_of
