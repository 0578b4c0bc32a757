from __future__ import annotations

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "enggang.credentials"
    label = "credentials"
