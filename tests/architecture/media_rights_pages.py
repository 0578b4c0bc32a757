"""The table of who may, for rights, consents and what everybody sees of the library."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from enggang.access.enums import Role
from enggang.core import clock
from enggang.media.models import Assessment, Asset, Collection, Contest, Entry
from tests.architecture.arguments import AWARD_READERS, MANAGERS, OWNER, STAFF_KEEPERS, fixed, organisation, row, token
from tests.architecture.matrix import EVERYONE, SIGNED_IN, FromSide, Row, Side, Values, page, post, roles

READERS = AWARD_READERS
CONTRIBUTORS = STAFF_KEEPERS | roles(Role.INSTRUCTOR, Role.PARTICIPANT)
CONSENT = {"person": "Ani", "scopes": "web", "given_on": "2026-01-02"}


def moved(name: str, step: str) -> FromSide:
    return row(name, step=step)


def consented(side: Side) -> Values:
    return {**CONSENT, "version": 1, "given_on": str(clock.today())} if side else {}


def shown(side: Side) -> Values:
    return {"code": side.rows["shown_work"], "kind": "small", "form": "jpeg"}


def likeness(side: Side) -> Values:
    return {"code": side.rows["shown_work"], "row_id": side.rows["likeness"]}


def other_person(side: Side) -> Values:
    return {"consent": side.rows["other_consent"]}


JUDGES = MANAGERS | roles(Role.GRADER)
OWN_CHANGE: frozenset[str] = frozenset()  # it was the system's, and only who did it undoes it


def only(name: str, key: str) -> FromSide:
    return lambda side: {key: side.rows[name]}


def ticked(side: Side) -> Values:
    return {"do": "ubah", "what": "caption", "text": "Sama", "karya": side.rows["draft_work"]}


def policy(_side: Side) -> Values:
    return {"criteria": "Cahaya; 2", "judges": 2, "pass_points": 60, "spread_alert": 30}


def sheet(side: Side) -> Values:
    review = Assessment.objects.select_related("review__rubric").get(subject__code=side.rows["assessment"]).review
    return {f"level-{each.pk}": each.levels.latest("pk").pk for each in review.rubric.criteria.all()}


def collection(side: Side) -> Values:
    row = Collection.objects.get(subject__code=side.rows["collection"])
    return {"title_id": "Baru", "kind": "theme", "version": row.version}


def contest(side: Side) -> Values:
    row = Contest.objects.get(subject__code=side.rows["contest"])
    return {
        "title": "Baru", "opens_on": str(clock.today()), "closes_on": str(clock.today()), "winners": 1,
        "most_entries": 1, "criteria": "Cahaya", "version": row.version,
    }  # fmt: skip


def juror(side: Side) -> Values:
    return {"user": side.rows["free_juror"]}


def seat(side: Side) -> Values:
    return {"code": side.rows["contest"], "row_id": side.rows["juror"]}


def jury_entry(side: Side) -> Values:
    return {"token": side.tokens["jury"], "code": side.rows["judged_entry"]}


def jury_sheet(side: Side) -> Values:
    review = Entry.objects.select_related("review__rubric").get(subject__code=side.rows["judged_entry"]).review
    assert review is not None
    return {f"level-{each.pk}": each.levels.latest("pk").pk for each in review.rubric.criteria.all()}


def posting(side: Side) -> Values:
    work = Asset.objects.get(subject__code=side.rows["shown_work"])
    return {"asset": work.pk, "channel": "tiktok", "posted_on": str(clock.today())}


def reach_csv(_side: Side) -> Values:
    return {"file": SimpleUploadedFile("a.csv", b"address,reach\nhttps://x.example/1,5\n")}


RIGHTS: dict[str, tuple[Row, ...]] = {
    "media:rights": (page(READERS | OWNER, args=row("draft_work")),),
    "media:rights_step": (post(MANAGERS | OWNER, args=row("draft_work", step="orang"), data=fixed(people="nobody")),),
    "media:rights_proof": (
        page(MANAGERS | OWNER, args=row("draft_work")),
        page(frozenset(), args=row("shown_work")),  # it rests on no agreement
    ),
    "media:likeness_add": (post(MANAGERS, args=row("draft_work"), data=other_person),),
    "media:likeness_drop": (post(MANAGERS | OWNER, args=likeness),),
    "media:move": (
        post(MANAGERS | OWNER, args=moved("draft_work", "ajukan")),
        post(MANAGERS, args=moved("reviewed_work", "terima")),
        post(MANAGERS, args=moved("shown_work", "batal-terbit")),
        post(MANAGERS, args=moved("shown_work", "cabut"), data=fixed(note="uji")),
    ),
    "media:consents": (page(CONTRIBUTORS),),
    "media:consent_new": (page(CONTRIBUTORS, args=organisation), post(CONTRIBUTORS, args=organisation, data=consented)),
    "media:consent": (page(MANAGERS, args=row("consent")),),
    "media:consent_edit": (post(MANAGERS, args=row("consent"), data=consented),),
    "media:consent_withdraw": (post(MANAGERS, args=row("consent"), data=fixed(note="uji")),),
    "media:consent_link": (post(MANAGERS, args=row("consent")),),
    "media:consent_file": (page(MANAGERS, args=row("proven_consent", what="bukti")),),
    "media:consent_by_link": (
        page(EVERYONE, EVERYONE, args=lambda side: {"token": side.tokens["likeness"]}),  # the address is the right
        post(EVERYONE, EVERYONE, args=lambda side: {"token": side.tokens["likeness"]}, data=fixed(note="uji")),
    ),
    "gallery:list": (page(EVERYONE),),
    "gallery:map": (page(EVERYONE),),
    "gallery:feed": (page(EVERYONE),),
    "gallery:sitemap": (page(EVERYONE),),
    "gallery:sitemaps": (page(EVERYONE),),
    "gallery:sitemap_part": (page(EVERYONE, args=fixed(number="1")),),
    "gallery:oembed": (page(frozenset()),),  # without an address there is nothing to tell
    "gallery:maker": (page(EVERYONE, EVERYONE, args=lambda side: {"code": side.rows["maker"]}),),
    "gallery:work": (page(EVERYONE, EVERYONE, args=row("shown_work")), page(frozenset(), args=row("draft_work"))),
    "gallery:rendition": (page(EVERYONE, EVERYONE, args=shown),),
    "gallery:captions": (page(EVERYONE, EVERYONE, args=row("shown_work", language="id")),),
    "gallery:download": (post(EVERYONE, EVERYONE, args=row("shown_work"), data=fixed(size="small.jpeg")),),
    "gallery:embed": (page(EVERYONE, EVERYONE, args=row("shown_work")), page(frozenset(), args=row("draft_work"))),
    "gallery:collections": (page(EVERYONE),),
    "gallery:collection": (page(EVERYONE, EVERYONE, args=row("collection")),),
    "gallery:contests": (page(EVERYONE),),
    "gallery:contest": (page(EVERYONE, EVERYONE, args=row("contest")),),
    "media:table": (page(MANAGERS), post(MANAGERS, data=ticked)),
    "media:undo": (post(OWN_CHANGE, args=only("bulk_change", "change_id")),),
    "media:compare": (page(frozenset()),),  # nothing is compared
    "media:review": (page(JUDGES),),
    "media:policy": (page(MANAGERS, args=organisation), post(MANAGERS, args=organisation, data=policy)),
    "media:judge": (post(JUDGES, args=row("assessment"), data=sheet),),
    "media:judge_undo": (post(frozenset(), args=row("assessment")),),  # none of them has judged it
    "media:judged_picture": (page(JUDGES, args=row("assessment")),),
    "media:collections": (page(READERS),),
    "media:collection_new": (page(MANAGERS, args=organisation), post(MANAGERS, args=organisation, data=collection)),
    "media:collection": (page(READERS, args=row("collection")),),
    "media:collection_edit": (post(MANAGERS, args=row("collection"), data=collection),),
    "media:collection_step": (post(MANAGERS, args=row("collection", step="sembunyi")),),
    "media:contests": (page(READERS),),
    "media:contest_new": (page(MANAGERS, args=organisation), post(MANAGERS, args=organisation, data=contest)),
    "media:contest": (page(READERS, args=row("contest")),),
    "media:contest_edit": (post(MANAGERS, args=row("contest"), data=contest),),
    "media:contest_step": (post(MANAGERS, args=row("contest", step="draf")),),
    "media:juror_add": (post(MANAGERS, args=row("contest"), data=juror),),
    "media:juror_drop": (post(MANAGERS, args=seat),),
    "media:guest_add": (post(MANAGERS, args=row("contest"), data=fixed(name="Ibu Baru")),),
    "media:guest_renew": (post(MANAGERS, args=lambda side: {**seat(side), "row_id": side.rows["guest"]}),),
    "media:jury": (page(EVERYONE, EVERYONE, args=token("jury")),),  # the address is the right
    "media:jury_entry": (
        page(EVERYONE, EVERYONE, args=jury_entry),
        post(EVERYONE, EVERYONE, args=jury_entry, data=jury_sheet),
    ),
    "media:jury_picture": (page(EVERYONE, EVERYONE, args=jury_entry),),
    "media:contest_enter": (page(SIGNED_IN, SIGNED_IN, args=row("contest")),),  # the call is everybody's
    "media:contest_bring": (post(SIGNED_IN, SIGNED_IN, args=row("contest"), acts=False),),
    "media:entry_prize": (
        post(MANAGERS, args=row("entry"), data=fixed(prize="Piala"), acts=False),
    ),  # it has no rank yet
    "media:contest_leave": (post(MANAGERS | OWNER, args=row("entry")),),
    "media:entry": (page(frozenset(), args=row("entry")),),  # none of them is in the jury, and it is not judged yet
    "media:entry_picture": (page(frozenset(), args=row("entry")),),
    "media:postings": (page(READERS), post(MANAGERS, data=posting)),
    "media:posting_reach": (post(MANAGERS, args=only("posting", "row_id"), data=fixed(reach="5")),),
    "media:posting_drop": (post(MANAGERS, args=only("posting", "row_id")),),
    "media:reach_file": (post(MANAGERS, args=organisation, data=reach_csv),),
    "media:usages": (page(READERS),),
    "media:share_kit": (page(READERS | OWNER, args=row("shown_work")),),
}
