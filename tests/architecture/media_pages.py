"""The table of who may, for the media library."""

from __future__ import annotations

from enggang.access.enums import Role
from enggang.media.models import Asset
from tests.architecture.arguments import (
    AWARD_READERS,
    MANAGERS,
    OWNER,
    STAFF_KEEPERS,
    fixed,
    organisation,
    row,
    token,
    tomorrow,
)
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page, post, roles

READERS = AWARD_READERS
CONTRIBUTORS = STAFF_KEEPERS | roles(Role.INSTRUCTOR, Role.PARTICIPANT)


def asset(side: Side) -> Values:
    return {"code": side.rows["asset"]}


def intake(side: Side) -> Values:
    return {"code": side.rows["intake"]}


def strange(side: Side) -> Values:
    """At an address for works the code of something that did not come by it."""
    return {"token": side.tokens["intake"], "code": side.rows["stuck"]}


def twin(side: Side) -> Values:
    return {**asset(side), "twin_id": side.rows["twin"], "word": "dua-karya"}


def film(**more: str) -> FromSide:
    return row("film", **more)


def version(side: Side) -> Values:
    return {"version": Asset.objects.get(subject__code=side.rows["asset"]).version, "x": "5", "y": "5"}


def asked(_side: Side) -> Values:
    return {"author_name": "Yohanes", "last_day": tomorrow()}


def shown(side: Side) -> Values:
    return {**asset(side), "kind": "small", "form": "jpeg"}


MEDIA: dict[str, tuple[Row, ...]] = {
    "media:list": (page(READERS),),
    "media:uploads": (page(CONTRIBUTORS | OWNER),),
    "media:hand_over": (post(CONTRIBUTORS, args=organisation, acts=False),),
    "media:intakes": (page(MANAGERS),),
    "media:intake_new": (page(MANAGERS), post(MANAGERS, data=asked)),
    "media:intake_close": (post(MANAGERS, args=intake),),
    "media:intake": (page(EVERYONE, EVERYONE, args=token("intake")),),  # the address is the right
    "media:intake_hand_over": (post(EVERYONE, EVERYONE, args=token("intake"), acts=False),),
    "media:asset": (page(READERS | OWNER, args=asset),),
    "media:asset_edit": (page(MANAGERS | OWNER, args=asset),),
    "media:twin_decide": (post(MANAGERS, args=twin),),
    "media:asset_focus": (page(MANAGERS | OWNER, args=asset), post(MANAGERS | OWNER, args=asset, data=version)),
    "media:captions": (
        page(MANAGERS | OWNER, args=film(language="id")),
        post(MANAGERS | OWNER, args=film(language="id"), data=fixed(mulai="0", selesai="1", teks="Mari")),
    ),
    "media:captions_file": (post(MANAGERS | OWNER, args=film(language="id"), acts=False),),  # without a file
    "media:captions_drop": (post(MANAGERS | OWNER, args=film(language="id")),),
    "media:captions_shown": (page(READERS | OWNER, args=film(language="id")),),
    "media:cut_ask": (post(MANAGERS | OWNER, args=film(kind="whatsapp")),),
    "media:look_again": (post(MANAGERS, args=row("stuck")),),
    "media:intake_enter": (post(frozenset(), args=strange),),  # no open call has that code
    "media:intake_leave": (post(frozenset(), args=strange),),  # nor an entry
    "media:intake_look_again": (post(frozenset(), args=strange),),  # it did not come by that address
    "media:original": (page(MANAGERS | OWNER, args=asset),),
    "media:rendition": (page(READERS | OWNER, args=shown),),
}
