"""The participant's own page: the seat, the pass, the next session, what is missing, the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from enggang.attendance.models import Mark, Pass
from enggang.attendance.tokens import qr_svg, token_of
from enggang.core import clock, codes
from enggang.credentials.models import Award
from enggang.seats.queries.offers import standing
from enggang.training.models import Registration, Session
from enggang.training.queries.clashes import own_clashes
from enggang.training.queries.concerned import sessions_for


@dataclass(frozen=True, slots=True)
class SessionLine:
    session: Session
    mark: Mark | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Pocket:
    registration: Registration
    place: int | None
    pass_url: str
    pass_svg: str
    pass_code: str  # for who has no camera at hand: typed at the desk or in the hall
    sessions: list[SessionLine]
    next: Session | None
    award: Award | None
    voided: list[Award]
    clashes: list[str]

    @property
    def map_href(self) -> str:
        """The venue of the next session on OpenStreetMap; nothing when its coordinates are not on record."""
        point = self._point()
        return (
            f"https://www.openstreetmap.org/?mlat={point[0]}&mlon={point[1]}#map=17/{point[0]}/{point[1]}"
            if point
            else ""
        )

    @property
    def geo_href(self) -> str:
        """The same for the phone's own map app (RFC 5870)."""
        point = self._point()
        return f"geo:{point[0]},{point[1]}" if point else ""

    def _point(self) -> tuple[Decimal, Decimal] | None:
        venue = self.next.place if self.next else None
        if venue is None or venue.latitude is None or venue.longitude is None:
            return None
        return venue.latitude, venue.longitude


def pocket_for(registration: Registration) -> Pocket:
    """Everything the page shows, in a fixed number of queries."""
    sessions = _sessions(registration)
    row = _pass(registration) if registration.is_seated else None
    pass_url = f"{settings.PUBLIC_URL}/hadir/p/{token_of(row)}/" if row else ""
    awards = list(Award.objects.filter(basis=registration.subject_id).select_related("subject", "document", "badge"))
    return Pocket(
        registration=registration,
        place=standing(registration.claim) if registration.is_waiting else None,
        pass_url=pass_url,
        pass_svg=qr_svg(pass_url, title=_("Attendance pass")) if pass_url else "",
        pass_code=codes.grouped(row.code, 4) if row else "",
        sessions=sessions,
        next=next((line.session for line in sessions if line.is_next), None),
        award=next((award for award in awards if award.is_issued), None),
        voided=[award for award in awards if award.is_void],
        clashes=own_clashes(registration),
    )


def _pass(registration: Registration) -> Pass | None:
    holder, group = registration.person.subject_id, registration.wave.subject_id
    return Pass.objects.valid().filter(holder_id=holder, group_id=group).first()


def _sessions(registration: Registration) -> list[SessionLine]:
    rows = sessions_for(registration)
    found = Mark.objects.filter(
        holder_id=registration.person.subject_id, occasion__in=[row.occasion_id for row in rows]
    )
    marks = {mark.occasion_id: mark for mark in found}
    now = clock.now()
    coming = next((row.pk for row in rows if row.ends_at > now and not row.is_cancelled), None)
    return [SessionLine(row, marks.get(row.occasion_id), row.pk == coming) for row in rows]
