"""Numbers by which a business is known, as contracts and registers ask for them."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

NIB = RegexValidator(r"^\d{13}\Z", _("A NIB has 13 digits. Leave it empty as long as there is none."))
