"""The lines of the permission table that are about the innovation index."""

from __future__ import annotations

from collections.abc import Callable

from enggang.innovation import rules, rules_iid
from enggang.innovation.models import Innovation, Submission
from tests.architecture.arguments import OWNER, fixed, row
from tests.architecture.matrix import SIGNED_IN, Row, Side, Values, page, post, roles

READERS, MANAGERS, BOARD = roles(*rules.SEES_INSIDE), roles(*rules.MANAGERS), roles(*rules_iid.BOARD)
INSIDE, WRITERS, COMPANIONS = READERS | OWNER, roles(*rules.WRITERS) | OWNER, roles(*rules_iid.COMPANIONS)

BELONGERS = roles(*rules.WRITERS)  # the owner of an innovation ties by address, from its vault


def entry(**more: object) -> Callable[[Side], Values]:
    return lambda side: {"code": side.rows["iid_entry"], **more}


def handed(**more: object) -> Callable[[Side], Values]:
    return lambda side: {"code": side.rows["iid_entry_handed"], **more}


def part(key: str, name: str, **more: object) -> Callable[[Side], Values]:
    return lambda side: {"code": side.rows["iid_entry"], key: side.rows[name], **more}


def agency(**more: object) -> Callable[[Side], Values]:
    return lambda side: {"code": side.organisation.code, **more}


def innovation(side: Side) -> Values:
    return {"innovation": Innovation.objects.get(subject__code=side.rows["used_innovation"]).pk}


def setting(side: Side) -> Values:
    found = Submission.objects.get(subject__code=side.rows["iid_entry"])
    return {"board": side.organisation.pk, "renewal": "Baru", "version": found.version}


IID: dict[str, tuple[Row, ...]] = {
    "innovation:regions": (page(READERS),),
    "innovation:desk": (page(SIGNED_IN),),
    "innovation:guide_changes": (page(READERS),),
    "innovation:guide_changes_of": (page(READERS, args=agency()),),
    "innovation:guide_copy": (post(MANAGERS, args=agency(), data=fixed(older="2026", newer="2030")),),
    "innovation:guide_rows": (page(READERS, args=fixed(word="predikat")),),
    "innovation:guide_row_new": (page(MANAGERS, args=fixed(word="predikat")),),
    "innovation:guide_row": (
        page(MANAGERS, args=lambda side: {"word": "predikat", "row_id": side.rows["iid_guide_row"]}),
    ),
    "innovation:evidence": (page(INSIDE, args=row("iid_evidence")),),
    "innovation:region": (page(READERS, args=agency(year=2026)),),
    "innovation:region_point": (
        post(MANAGERS, args=agency(year=2026), data=fixed(code="spd-9", points="3", source="LHE")),
    ),
    "innovation:region_letter": (post(MANAGERS, args=agency(year=2026), acts=False),),
    "innovation:letter_file": (page(READERS, args=lambda side: agency(number=side.rows["iid_letter"])(side)),),
    "innovation:entries": (page(INSIDE, args=row("used_innovation")),),
    "innovation:entry": (page(INSIDE, args=entry()),),
    "innovation:entry_set": (post(WRITERS, args=entry(), data=setting),),
    "innovation:parameter": (
        page(INSIDE, args=entry(indicator="20")),
        post(WRITERS, args=entry(indicator="20"), data=fixed(parameter="2")),
    ),
    "innovation:parameter_evidence": (post(WRITERS, args=entry(indicator="16"), data=fixed(evidence=[])),),
    "innovation:profile": (page(INSIDE, args=entry()),),
    "innovation:entry_move": (
        post(WRITERS, args=entry(step="lanjut")),
        post(COMPANIONS, args=handed(step="kembali"), data=fixed(reason="Lengkapi")),
        post(BOARD, args=handed(step="tutup")),
    ),
    "innovation:entry_version": (page(INSIDE, args=handed(number=1)),),
    "innovation:pack": (post(INSIDE, args=handed()),),
    "innovation:kipp": (page(INSIDE, args=entry(form="docx")),),
    "innovation:vault": (page(INSIDE, args=entry()),),
    "innovation:vault_bring": (
        post(WRITERS, args=entry(what="tautan"), data=fixed(title="Berita", link="https://contoh.id/b")),
    ),
    "innovation:proposal": (post(WRITERS, args=entry(what="terima"), acts=False),),
    "innovation:proposal_again": (post(WRITERS, args=part("number", "iid_refused")),),
    "innovation:tie_away": (post(WRITERS, args=part("number", "iid_tie")),),
    "innovation:belonging": (
        page(BELONGERS, args=lambda side: {"code": side.rows["edition"]}),
        post(BELONGERS, args=lambda side: {"code": side.rows["edition"]}, data=innovation),
    ),
    "innovation:belonging_drop": (
        post(BELONGERS, args=lambda side: {"code": side.wave.code, "number": side.rows["iid_tie"]}),
    ),
    "innovation:evidence_withdraw": (post(WRITERS, args=part("piece", "iid_evidence_spare")),),
}
