from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    DIGITAL = "digital", _("Digital")
    OTHER = "non_digital", _("Not digital")


class Form(TextChoices):
    """The three forms of PP 38/2017."""

    GOVERNANCE = "governance", _("Running of the government")
    SERVICE = "service", _("Public service")
    OTHER = "other", _("Another, within the affairs of the region")


class Initiator(TextChoices):
    HEAD = "head", _("Head of the region")
    COUNCIL = "council", _("Member of the regional council")
    AGENCY = "agency", _("Agency")
    STAFF = "staff", _("Civil servant")
    CITIZEN = "citizen", _("Citizens")


class Facet(TextChoices):
    """The four facets of public innovation after the OPSI model: where the change comes from and how far it reaches."""

    ENHANCEMENT = "enhance", _("Enhancement: does better what is done")
    MISSION = "mission", _("Mission: towards a set goal")
    ADAPTIVE = "adaptive", _("Adaptive: answers what people around it do")
    ANTICIPATORY = "anticipate", _("Anticipatory: explores what may come")


class AffairGroup(TextChoices):
    """As UU 23/2014 sorts the affairs of regional government."""

    BASIC = "basic", _("Mandatory, basic service")
    MANDATORY = "mandatory", _("Mandatory, not a basic service")
    OPTIONAL = "optional", _("By choice")
    SUPPORT = "support", _("Supporting functions")


class Stage(TextChoices):
    """Six stages; what is stopped stands beside them."""

    IDEA = "idea", _("Idea")
    SCREENING = "screening", _("Screening")
    DESIGN = "design", _("Design")
    TRIAL = "trial", _("Trial")
    ADOPTED = "adopted", _("Adopted")
    SUSTAINED = "sustained", _("Sustained")
    STOPPED = "stopped", _("Stopped")


FORWARD = {
    Stage.IDEA: Stage.SCREENING,
    Stage.SCREENING: Stage.DESIGN,
    Stage.DESIGN: Stage.TRIAL,
    Stage.TRIAL: Stage.ADOPTED,
    Stage.ADOPTED: Stage.SUSTAINED,
}
BACK = {to: stage for stage, to in FORWARD.items()}
STOPPABLE = frozenset(FORWARD) | {Stage.SUSTAINED}
STAGE_MOVES: dict[Stage, frozenset[Stage]] = {
    stage: frozenset({to for to in (FORWARD.get(stage), BACK.get(stage), Stage.STOPPED) if to}) for stage in STOPPABLE
}
STAGE_MOVES[Stage.STOPPED] = STOPPABLE
IN_USE = (Stage.ADOPTED, Stage.SUSTAINED)


class AutoCheck(TextChoices):
    """What the record itself proves at a gate."""

    OWNER = "owner", _("an owner is named")
    FACTS = "facts", _("kind, form and affair are chosen")
    SCORES = "scores", _("the blind scores are decided")
    DESIGN = "design", _("the design has its 300 words")
    PLAN = "plan", _("hypothesis, stop rule and measures are written")
    BASELINE = "baseline", _("every measure has a baseline")
    AFTER = "after", _("every measure has a value after the trial")
    RESULTS = "results", _("benefits and results are written")
    MONITORED = "monitored", _("twelve months were watched and answered for")


class Decider(TextChoices):
    """Who decides at a gate; whoever administers the agency may always."""

    ORGANISER = "organiser", _("an organiser of the agency")
    LEADER = "leader", _("the head of the agency")


class Moment(TextChoices):
    BEFORE = "before", _("Before the trial (baseline)")
    DURING = "during", _("During the trial")
    AFTER = "after", _("After the trial")


class Use(TextChoices):
    YES = "yes", _("In use")
    PARTLY = "partly", _("Partly in use")
    NO = "no", _("No longer in use")
