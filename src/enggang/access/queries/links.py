from __future__ import annotations

from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.models import Subject


def stands(scope: LinkScope, subject: Subject) -> bool:
    """Whether an address of this scope opens the subject now."""
    return CapabilityLink.objects.usable(clock.now()).filter(scope=scope, subject=subject).exists()
