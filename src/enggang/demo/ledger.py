"""Certificates from outside for the hours ledger: one accepted, one that waits, one refused for each of some people."""

from __future__ import annotations

from datetime import date, timedelta

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.demo.paper import specimen_pdf
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training.domain.learning import accept_certificate, bring_certificate, refuse_certificate
from enggang.training.queries.past import Learned

PAPER = specimen_pdf()
LEARNED = (
    ("Pengelolaan media sosial pemerintah (contoh)", 12, 200),
    ("Pelayanan prima (contoh)", 8, 120),
    ("Lokakarya kehumasan (contoh)", 5, 60),
)


def lay_down_ledger(agencies: list[Organisation]) -> None:
    """For two people of each agency: enough hours for one, too few for the other."""
    for agency in agencies:
        people = Person.objects.employed_below(agency.path).order_by("pk")[:2]
        for place, person in enumerate(people):
            _bring(person, enough=not place)


def _bring(person: Person, *, enough: bool) -> None:
    for place, (title, jp, ago) in enumerate(LEARNED):
        last = _this_year(clock.today("Asia/Pontianak") - timedelta(days=ago))
        learned = Learned(title, "Lembaga Contoh (SPESIMEN)", last - timedelta(days=1), last, jp, f"CONTOH/{place + 1}")
        row = bring_certificate(person=person, learned=learned, content=PAPER, name="contoh.pdf", actor=SYSTEM)
        if place == 0 or (enough and place == 1):
            accept_certificate(certificate=row, actor=SYSTEM)
        elif place == 2 and not enough:
            refuse_certificate(
                certificate=row, reason="Jumlah JP tidak tertulis pada sertifikat (contoh)", actor=SYSTEM
            )


def _this_year(day: date) -> date:
    """Early in a year what lies months back counts for the year before; then the second day of this one must do."""
    return max(day, date(clock.today("Asia/Pontianak").year, 1, 2))
