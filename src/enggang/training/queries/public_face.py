"""What visitors know of a wave, for short links and posters of its registration."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.core.public import words_in
from enggang.core.registries import Aim, PublicFace
from enggang.training.enums import WaveState
from enggang.training.models import Wave


def wave_face(code: str, language: str) -> PublicFace | None:
    row = Wave.objects.ever_opened().with_names().filter(state=WaveState.OPEN, subject__code=code).first()
    if row is None:
        return None
    with translation.override(words_in(language)):
        days = [date_format(day, "j F Y") for day in dict.fromkeys((row.starts_on, row.ends_on)) if day]
    address = reverse("training:public_wave", args=[code])
    return PublicFace(
        title=row.programme.title, aims={"registration": Aim(_("Registration"), address)}, counted=code,
        when=" – ".join(days), where=str(row.venue) if row.venue else "", by=str(row.organisation),
    )  # fmt: skip
