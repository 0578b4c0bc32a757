from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "enggang.reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415
        from enggang.reviews.audit_codes import CODES  # noqa: PLC0415 -- models are ready only now
        from enggang.reviews.privacy import PERSONAL  # noqa: PLC0415

        registries.enrol(CODES, PERSONAL)
