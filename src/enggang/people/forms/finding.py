"""A person found by typing, for the forms of other apps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import ANONYMOUS, Actor
from enggang.people.models import Person
from enggang.people.names import tidy

NAMED = 4  # of those who fit, so that one sees what to add


class PersonField(forms.CharField):
    """Part of a name or a whole NIP; answers the one person among those the ``actor`` sees, or None when empty.

    ``known`` need not be among them: who stands there already may stay. ``also`` are looked through as well.
    """

    def __init__(self, *, known: Person | None = None, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        given = {"max_length": 200, "help_text": _("Part of the name, or the whole NIP."), "widget": widget, **kwargs}
        super().__init__(**given)
        self.actor: Actor = ANONYMOUS
        self.known = known
        self.also: QuerySet[Person] = Person.objects.none()

    def clean(self, value: Any) -> Any:
        typed = tidy(super().clean(value))
        if not typed:
            return None
        if self.known is not None and typed == self.known.name:
            return self.known
        seen = Q(pk__in=Person.objects.visible_to(self.actor).order_by().values("pk"))
        found = list(Person.objects.filter(seen | Q(pk__in=self.also.values("pk"))).matching(typed)[:NAMED])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(person.name for person in found)
            raise ValidationError(_("Several people fit: %(names)s. Type the whole NIP.") % {"names": names})
        raise ValidationError(_("Nobody of this name or NIP was found among your people."))
