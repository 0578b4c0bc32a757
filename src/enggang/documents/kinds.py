"""The papers this engine can draw, by the stable code that is stored with each document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import DocumentKind
from enggang.documents.rendering import certificate


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a kind becomes paper: ``clean`` answers the data as it will be printed, ``draw`` the PDF by a template."""

    clean: Callable[[dict[str, Any]], dict[str, Any]]
    draw: Callable[[dict[str, Any], str, bytes], bytes]  # data, template, emblem


def _clean_certificate(data: dict[str, Any]) -> dict[str, Any]:
    return cast(dict[str, Any], certificate.check(data))


def _check_certificate(data: dict[str, Any]) -> None:
    certificate.check(data)


def _sample_certificate() -> dict[str, Any]:
    return cast(dict[str, Any], certificate.sample())


def _draw_certificate(data: dict[str, Any], template: str, emblem: bytes = b"") -> bytes:
    return certificate.render_certificate(data, path=template, emblem=emblem)


KINDS = {
    "certificate": DocumentKind(
        label=_("Training certificate"),
        template=certificate.TEMPLATE,
        sample=_sample_certificate,
        check=_check_certificate,
        options={"schema": certificate.shape},
    ),
}
DRAWINGS = {"certificate": Drawing(_clean_certificate, _draw_certificate)}
