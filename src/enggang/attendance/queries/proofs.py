"""What waits to be decided of letters for leave and illness."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from enggang.attendance.enums import ProofState
from enggang.attendance.models import Proof


def waiting_elsewhere(proofs: Sequence[Proof]) -> dict[int, int]:
    """By file: for how many sessions beside those of ``proofs`` the same letter still waits. One query."""
    files = [row.file_id for row in proofs if row.is_pending]
    rows = Proof.objects.filter(file__in=files, state=ProofState.PENDING).exclude(pk__in=[row.pk for row in proofs])
    return dict(rows.order_by().values_list("file").annotate(count=Count("pk")))
