"""The lines of the permission table that are about innovations."""

from __future__ import annotations

from enggang.core import clock
from enggang.innovation import rules
from enggang.innovation.models import Innovation
from tests.architecture.arguments import OWNER, row
from tests.architecture.matrix import SIGNED_IN, Row, Side, Values, page, post, roles

INSIDE, WRITERS = roles(*rules.SEES_INSIDE) | OWNER, roles(*rules.WRITERS) | OWNER
DECIDERS, MANAGERS = roles(*rules.DECIDERS), roles(*rules.MANAGERS)


def decided(_side: Side, **more: str) -> Values:
    return {"decider": "Kepala", "decided_on": clock.today().isoformat(), "reason": "Sesuai", **more}


def passing(side: Side) -> Values:
    return decided(side, to="screening")


def changed(side: Side) -> Values:
    found = Innovation.objects.get(subject__code=side.rows["innovation"])
    return {"version": found.version, "title": "Lain", "problem": "-", "idea": "-", "initiator": "staff"}


def handed(side: Side) -> Values:
    return {"owner": side.rows["colleague"]}


INNOVATION: dict[str, tuple[Row, ...]] = {
    "innovation:innovations": (page(SIGNED_IN),),
    "innovation:innovation_new": (page(roles(*rules.WRITERS)),),
    "innovation:innovation": (
        page(SIGNED_IN, SIGNED_IN, args=row("innovation")),
        page(INSIDE, args=row("stopped_innovation")),
    ),
    "innovation:innovation_edit": (
        page(WRITERS, args=row("innovation")),
        post(WRITERS, args=row("innovation"), data=changed),
    ),
    "innovation:innovation_owner": (post(roles(*rules.WRITERS), args=row("innovation"), data=handed),),
    "innovation:innovation_publish": (post(MANAGERS, args=row("used_innovation")),),
    "innovation:gates": (page(INSIDE, args=row("innovation")),),
    "innovation:gate_pass": (post(DECIDERS, args=row("innovation"), data=passing),),
    "innovation:gate_step": (post(DECIDERS, args=row("innovation", step="henti"), data=decided),),
}
