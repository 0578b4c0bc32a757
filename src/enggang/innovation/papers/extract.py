"""What the system itself holds, as a paper: the facts as they were accepted, and the list behind them where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from enggang.core import clock
from enggang.documents.rendering.wording import long_date
from enggang.documents.rendering.working_paper import Form, render_working_paper
from enggang.documents.report_parts import Part, column, section, table, text
from enggang.innovation.models import Evidence, Submission
from enggang.innovation.papers.kipp import drawn, paper

MOST_ROWS = 2_000


def extract_pdf(submission: Submission, evidence: Evidence, rows: Sequence[Sequence[str]] | None) -> bytes:
    """A PDF named «Kutipan catatan»; ``rows`` begin with their header. Raises Refused when no font has a character."""
    today = clock.today(submission.innovation.organisation.time_zone)
    facts = [(str(n), [label, value]) for n, (label, value) in enumerate(evidence.facts)]
    parts: list[Part] = [table("facts", [column("Hal", 3), column("Keterangan", 7)], facts)]
    if rows and len(rows) > 1:
        columns = [column(name, 2) for name in rows[0]]
        parts.append(
            table("list", columns, [(str(n), row) for n, row in enumerate(rows[1 : MOST_ROWS + 1])], title="Daftar")
        )
    kept = long_date(clock.day_of(evidence.added_at, submission.innovation.organisation.time_zone))
    address = settings.PUBLIC_URL.rstrip("/") + reverse("innovation:evidence", args=[evidence.code])
    parts.append(text("origin", f"Dikutip dari catatan Enggang sebagaimana diterima pada {kept}. Alamat: {address}"))
    data = paper(submission, "Kutipan catatan", [evidence.title], [section("facts", "Isi catatan", parts)], today)
    return drawn(submission, data, Form(), render_working_paper)
