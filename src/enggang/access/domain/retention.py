from __future__ import annotations

from datetime import timedelta

from enggang.access.models import CapabilityLink, RoleGrant
from enggang.core import clock

LINK_DAYS = 365
ROLE_DAYS = 3653


def old_links() -> int:
    """Links, a year after they ended."""
    return CapabilityLink.objects.filter(expires_at__lt=clock.now() - timedelta(days=LINK_DAYS)).delete()[0]


def old_roles() -> int:
    """Roles, ten years after they ended."""
    return RoleGrant.objects.filter(ended_at__lt=clock.now() - timedelta(days=ROLE_DAYS)).delete()[0]
