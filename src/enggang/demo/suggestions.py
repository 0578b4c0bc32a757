"""Desks and proposals of the public in the demonstration. Who proposes is made up and says so; the numbers belong to nobody."""

from __future__ import annotations

from typing import NamedTuple

from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.places.models import Organisation, Region
from enggang.stories.domain.deciding import accept_event, confirm_by_phone, keep_desk, refuse_suggestion
from enggang.stories.domain.suggestions import Sent, send_suggestion
from enggang.stories.enums_suggestions import Suggested
from enggang.stories.models import Suggestion

PHONE = "+62 561 000 0000"


class Proposed(NamedTuple):
    what: Suggested
    region: str
    name: str
    place: str
    when: str
    description: str
    becomes: str = ""  # confirmed, accepted, refused


PROPOSED = (
    Proposed(
        Suggested.EVENT, "61.71", "Pekan Kuliner Tepian Sungai (contoh)", "Waterfront", "Akhir pekan pertama Juli",
        "Pedagang kecil memasak menu ikan sungai di tepi air, dengan musik kampung pada malam hari.", "confirmed",
    ),
    Proposed(
        Suggested.DESTINATION, "61.01", "Riam Contoh di Hulu Sungai", "Dusun Contoh", "Setiap hari",
        "Air terjun kecil, sejam berjalan kaki dari dusun. Warga menjaga jalurnya.",
    ),
    Proposed(
        Suggested.EVENT, "61.72", "Lomba Perahu Kampung (contoh)", "Muara", "Agustus", "Lomba perahu antar-RT setiap bulan Agustus.",
        "accepted",
    ),
    Proposed(
        Suggested.DESTINATION, "61.12", "Kolam Renang Contoh", "Jalan Contoh", "Sabtu dan Minggu", "Kolam renang milik pribadi.",
        "refused",
    ),
)  # fmt: skip


def lay_down_suggestions() -> int:
    """A desk of the province's agency and the proposals of the list, once; answers how many are new."""
    province = Organisation.objects.get(key="kalbar/disporapar")
    if Suggestion.objects.exists():
        return 0
    keep_desk(
        organisation=province,
        version=0,
        is_open=True,
        phone=PHONE,
        hours="Senin–Jumat, 08.00–15.00 (contoh)",
        actor=SYSTEM,
    )
    for number, each in enumerate(PROPOSED, 1):
        _decide(each, _send(each, number))
    return len(PROPOSED)


def _send(each: Proposed, number: int) -> Sent:
    return send_suggestion(
        what=each.what, region=Region.objects.get(pk=each.region), name=each.name, place=each.place, when=each.when,
        description=each.description, person=f"Warga Contoh {number}", group="Kelompok contoh", phone=f"0812 0000 000{number}",
        actor=ANONYMOUS,
    )  # fmt: skip


def _decide(each: Proposed, sent: Sent) -> None:
    if not each.becomes:
        return
    row = confirm_by_phone(suggestion=sent.suggestion, code=sent.call_code, actor=SYSTEM)
    if each.becomes == "accepted":
        accept_event(suggestion=row, actor=SYSTEM)
    elif each.becomes == "refused":
        refuse_suggestion(suggestion=row, reason="Bukan tempat wisata umum (contoh).", actor=SYSTEM)
