"""The address that is printed on papers. A printed code is for ever, so a provisional address must not be printed."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict

PROVISIONAL_ENDINGS = (".local", ".localhost", ".lan", ".internal", ".home.arpa", ".test", ".example", ".invalid")


def verification_url(code: str) -> str:
    """The public address at which a printed code answers."""
    return f"{settings.PUBLIC_URL}/verify/{code}"


def require_lasting_address() -> None:
    """Refuse to print an address that will not answer from outside or not for long."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if is_provisional(host):
        raise Conflict(
            _(
                "Certificates carry an address that must answer for years, and this installation still calls itself "
                "%(host)s. Ask the administrator to set ENGGANG_PUBLIC_URL to the public address first."
            )
            % {"host": host}
        )


def is_provisional(host: str) -> bool:
    """Whether a host name is this machine, a private network, or a name that no public server has."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(PROVISIONAL_ENDINGS)
    return not address.is_global
