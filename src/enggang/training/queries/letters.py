"""What the letters of a wave can say, and who in an organisation is told about them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from enggang.access.enums import Role
from enggang.access.queries.grants import holders_at
from enggang.accounts.models import User
from enggang.documents.models import Letter
from enggang.documents.rendering.wording import date_range, long_date
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.training.models import Session, Teaching, Wave
from enggang.training.models.invitation import Addressee

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
UNKNOWN = "…"


def values_of(wave: Wave) -> dict[str, str]:
    """The placeholders of a wave's letters with their values; the letter is Indonesian whatever the screen's language."""
    first = Session.objects.planned().filter(wave=wave).order_by("day", "begins").first()
    closes = timezone.localtime(wave.offer.closes_at).date() if wave.offer.closes_at else wave.starts_on
    return {
        "program": wave.programme.title,
        "gelombang": wave.name,
        "penyelenggara": wave.organisation.name,
        "tanggal": date_range(wave.starts_on, wave.ends_on),
        "hari": _weekdays(wave.starts_on, wave.ends_on),
        "pukul": f"{first.begins:%H.%M}" if first else UNKNOWN,
        "tempat": wave.venue.name if wave.venue else UNKNOWN,
        "jp": str(sum(module.jp for module in wave.programme.modules.all())),
        "batas": long_date(closes),
        "alamat_daftar": settings.PUBLIC_URL + reverse("training:public_wave", args=[wave.code]),
    }


def _weekdays(first: date, last: date) -> str:
    names = [WEEKDAYS[day.weekday()] for day in (first, last)]
    return names[0] if first == last else f"{names[0]} s.d. {names[1]}"


def coordinators_of(organisation: Organisation) -> list[User]:
    """Accounts with the coordinator's role at the organisation or above it, not those of the whole installation."""
    return holders_at(organisation, Role.COORDINATOR)


def organisers_of(organisation: Organisation) -> list[User]:
    """Accounts with the organiser's role at the organisation or above it, not those of the whole installation."""
    return holders_at(organisation, Role.ORGANISER)


def letters_of(wave: Wave) -> list[Letter]:
    rows = Letter.objects.filter(about=wave.subject).select_related("subject", "organisation")
    return list(rows.prefetch_related("addressees__organisation", "addressees__subject"))


def addressees_of(wave: Wave) -> list[Addressee]:
    rows = Addressee.objects.filter(wave=wave).select_related("subject", "organisation__subject", "letter__subject")
    return list(rows.order_by("letter_id", "pk"))


def committee_lines(wave: Wave) -> str:
    """The instructors of the wave's sessions and classes, one per line, ready to be completed by hand."""
    taught = Q(pk__in=Teaching.objects.filter(session__wave=wave).values("person"))
    people = Person.objects.filter(taught | Q(pk__in=wave.classes.exclude(instructor=None).values("instructor")))
    work = {row.person_id: row for row in Employment.objects.present().filter(person__in=people)}
    lines = []
    for person in people.order_by("name_key", "pk"):
        job = work.get(person.pk)
        parts = [person.name, person.nip, job.rank if job else "", job.post if job else "", "Pengajar"]
        lines.append("; ".join(parts))
    return "\n".join(lines)
