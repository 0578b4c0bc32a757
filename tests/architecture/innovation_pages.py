"""The lines of the permission table that are about innovations."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation import rules
from enggang.innovation.domain.gates import pass_gate
from enggang.innovation.domain.scoring import ask_scorer
from enggang.innovation.models import Comment, Innovation, ScoreAspect, Scorer
from tests.architecture.arguments import OWNER, fixed, row
from tests.architecture.matrix import EVERYONE, NONE, SIGNED_IN, FromSide, Row, Side, Values, page, post, roles
from tests.innovation.factories import decided as by_head

INSIDE, WRITERS = roles(*rules.SEES_INSIDE) | OWNER, roles(*rules.WRITERS) | OWNER
DECIDERS, MANAGERS, STAFF = roles(*rules.DECIDERS), roles(*rules.MANAGERS), roles(*rules.SEES_INSIDE)
CHECKERS = roles(*rules.DECIDERS, *rules.WRITERS)


def decided(_side: Side, **more: str) -> Values:
    return {"decider": "Kepala", "decided_on": clock.today().isoformat(), "reason": "Sesuai", **more}


def postponed(_side: Side) -> Values:
    return {
        "decider": "Kepala",
        "due_on": (clock.today() + timedelta(days=90)).isoformat(),
        "reason": "Menunggu anggaran",
    }


def passing(side: Side) -> Values:
    return decided(side, to="screening")


def fresh_one(side: Side) -> Innovation:
    return Innovation.objects.with_names().get(subject__code=side.rows["innovation"])


def changed(side: Side) -> Values:
    return {"version": fresh_one(side).version, "title": "Lain", "problem": "-", "idea": "-", "initiator": "staff"}


def handed(side: Side) -> Values:
    return {"owner": side.rows["colleague"]}


def commented(side: Side) -> Values:
    """A comment of the side's coordinator, for this question only."""
    facts = {"text": "-", "at": clock.now(), "author": side.holder}
    said = Comment.objects.filter(innovation=fresh_one(side)).first() or Comment.objects.create(
        innovation=fresh_one(side), **facts
    )
    return {"code": side.rows["innovation"], "number": said.pk}


def screened(side: Side) -> Innovation:
    """At its screening with somebody asked to score it, for this question only."""
    made = fresh_one(side)
    if made.stage == "idea":
        pass_gate(innovation=made, to="screening", **by_head())
        facts = {"weight": 1, "valid_from": clock.today(), "source": "-"}
        ScoreAspect.objects.get_or_create(title="Kebaruan", organisation=None, defaults=facts)
    return made


def to_ask(side: Side) -> Values:
    screened(side)
    return {"user": side.holder.pk}


def asked(side: Side) -> Values:
    made = screened(side)
    known = Scorer.objects.filter(innovation=made).first() or ask_scorer(
        innovation=made, user=User.objects.get(pk=side.holder.pk), actor=SYSTEM
    )
    return {"code": made.code, "number": known.pk}


def an_aspect(side: Side) -> Values:
    """A row of the agency, for this question only."""
    facts = {"weight": 1, "valid_from": clock.today(), "source": "SK"}
    made = ScoreAspect.objects.get_or_create(title="Lain", organisation=side.organisation, defaults=facts)[0]
    return {"word": "aspek", "row_id": made.pk}


def paper(_side: Side) -> Values:
    return {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}


def number(name: str, of: str = "innovation") -> FromSide:
    return lambda side: {"code": side.rows[of], "number": side.rows[name]}


INNOVATION: dict[str, tuple[Row, ...]] = {
    "innovation:innovations": (page(SIGNED_IN),),
    "innovation:portfolio": (page(STAFF),),
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
    "innovation:idea_new": (page(EVERYONE),),
    "innovation:idea_similar": (page(EVERYONE),),
    "innovation:idea_by_link": (page(EVERYONE, EVERYONE, args=lambda side: {"token": side.rows["idea_link"]}),),
    "innovation:rules": (page(STAFF, args=fixed(word="gerbang")),),
    "innovation:rule_new": (page(MANAGERS, args=fixed(word="gerbang")),),
    "innovation:rule": (page(MANAGERS, args=an_aspect),),
    "innovation:comment_add": (post(SIGNED_IN, SIGNED_IN, args=row("innovation"), data=fixed(text="-")),),
    "innovation:comment_hide": (post(roles(*rules.WRITERS), args=commented),),
    "innovation:support": (post(SIGNED_IN, SIGNED_IN, args=row("innovation")),),
    "innovation:gates": (page(INSIDE, args=row("innovation")),),
    "innovation:gate_pass": (post(DECIDERS, args=row("innovation"), data=passing),),
    "innovation:gate_item": (
        post(CHECKERS, args=lambda side: {"code": side.rows["innovation"], "item_id": side.rows["innovation_item"]}, data=fixed(note="-")),
    ),
    "innovation:gate_step": (post(DECIDERS, args=row("innovation", step="henti"), data=decided),),
    "innovation:gate_deadline": (post(DECIDERS, args=row("innovation"), data=postponed),),
    "innovation:scorer_ask": (post(MANAGERS, args=row("innovation"), data=to_ask),),
    "innovation:scorer_release": (post(MANAGERS, args=asked),),
    "innovation:score_again": (post(NONE, args=row("innovation")),),  # nothing is decided there
    "innovation:sheet": (page(NONE, args=row("innovation")),),  # only for whoever was asked
    "innovation:trial": (page(INSIDE, args=row("innovation")),),
    "innovation:trial_plan": (
        post(WRITERS, args=row("innovation"), data=fixed(hypothesis="-", stop_rule="-", version="1")),
    ),
    "innovation:measure_add": (
        post(WRITERS, args=row("innovation"), data=fixed(name="Lain", unit="x", polarity="higher")),
    ),
    "innovation:measure_drop": (post(NONE, args=number("measure")),),  # something was measured already
    "innovation:reading_add": (
        post(
            WRITERS, args=number("measure"),
            data=lambda _side: {"moment": "before", "value": "1", "as_of": clock.today().isoformat(), "method": "-", "source": "-"},
        ),
    ),
    "innovation:reading_void": (post(WRITERS, args=number("reading"), data=fixed(reason="-")),),
    "innovation:monitoring": (page(INSIDE, args=row("used_innovation")),),
    "innovation:checkup_add": (post(WRITERS, args=row("used_innovation"), data=fixed(use="yes", note="-")),),
    "innovation:replications": (page(INSIDE, args=row("used_innovation")),),
    "innovation:replication_add": (
        post(
            WRITERS, args=row("used_innovation"),
            data=lambda _side: {"which": "copy", "name": "Kab", "on": clock.today().isoformat()},
        ),
    ),
    "innovation:replication_proof": (page(INSIDE, args=number("replication", "used_innovation")),),
    "innovation:replication_prove": (post(WRITERS, args=number("bare_replication", "used_innovation"), data=paper),),
    "innovation:replication_void": (
        post(WRITERS, args=number("replication", "used_innovation"), data=fixed(reason="-")),
    ),
}  # fmt: skip
