"""The table of who may, for the media library."""

from __future__ import annotations

from enggang.access.enums import Role
from tests.architecture.arguments import AWARD_READERS, MANAGERS, OWNER, STAFF_KEEPERS, organisation
from tests.architecture.matrix import Row, Side, Values, page, post, roles

READERS = AWARD_READERS
CONTRIBUTORS = STAFF_KEEPERS | roles(Role.INSTRUCTOR, Role.PARTICIPANT)


def asset(side: Side) -> Values:
    return {"code": side.rows["asset"]}


def shown(side: Side) -> Values:
    return {**asset(side), "kind": "small", "form": "jpeg"}


MEDIA: dict[str, tuple[Row, ...]] = {
    "media:list": (page(READERS),),
    "media:uploads": (page(CONTRIBUTORS),),
    "media:hand_over": (post(CONTRIBUTORS, args=organisation, acts=False),),
    "media:asset": (page(READERS | OWNER, args=asset),),
    "media:asset_edit": (page(MANAGERS | OWNER, args=asset),),
    "media:original": (page(MANAGERS | OWNER, args=asset),),
    "media:rendition": (page(READERS | OWNER, args=shown),),
}
