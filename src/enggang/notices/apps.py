from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "enggang.notices"
    label = "notices"
