"""Who will probably pass, told before the last session has ended: what the closing ceremony is prepared from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.credentials.models import Award
from enggang.training.enums import Outcome
from enggang.training.models import Registration
from enggang.training.queries.readiness import Readiness


class Order(TextChoices):
    """How the printed certificates lie on the table."""

    NAME = "name", gettext_lazy("By name")
    AGENCY = "agency", gettext_lazy("By agency, then by name")
    SEAT = "seat", gettext_lazy("In the order in which the seats were given")


class Stand(StrEnum):
    """Where somebody's certificate stands."""

    LIKELY = "likely"  # nothing speaks against it yet
    HELD = "held"  # something does, and ``Place.reasons`` says what
    PRINTED = "printed"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one participant's result: attendance over the sessions that are marked, and what is lacking.

    ``percent`` counts present over the sessions that are marked; None before the first.
    """

    percent: int | None
    needed: int
    can_still_pass: bool
    lacking: tuple[str, ...] = ()  # assignments that count and are not accepted yet
    post: int | None = None
    post_needed: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the forecast."""

    registration: Registration
    standing: Standing
    ready: Readiness

    @property
    def award(self) -> Award | None:
        return self.registration.award

    @property
    def stand(self) -> Stand:
        if self.award:
            return Stand.PRINTED if self.award.is_prepared else Stand.ISSUED
        return Stand.HELD if self.reasons else Stand.LIKELY

    @property
    def may_hand_out(self) -> bool:
        return self.stand == Stand.PRINTED and self.registration.outcome == Outcome.PASSED

    @property
    def reasons(self) -> list[str]:
        """Why the certificate is held, in words; empty when it may be printed."""
        return [*self._attendance(), *self._result(), *self._paper()]

    def _attendance(self) -> list[str]:
        standing = self.standing
        facts = {"percent": standing.percent, "needed": standing.needed}
        if self.registration.outcome == Outcome.PASSED:
            return []
        if self.registration.outcome == Outcome.FAILED:
            return [_("did not pass")]
        if not standing.can_still_pass:
            return [_("can no longer pass")]
        if standing.percent is not None and standing.percent < standing.needed:
            return [_("present at %(percent)s%% so far, %(needed)s%% are needed") % facts]
        return []

    def _result(self) -> list[str]:
        standing = self.standing
        if self.registration.outcome == Outcome.PASSED:
            return []
        lines = [_("not accepted yet: %(title)s") % {"title": title} for title in standing.lacking]
        if standing.post_needed is not None and (standing.post or 0) < standing.post_needed:
            lines.append(_("post-test not passed yet"))
        return lines

    def _paper(self) -> list[str]:
        lines = [] if self.ready.name_confirmed else [_("the name is not confirmed")]
        return [*lines, _("the NIP is not completed")] if self.ready.lacks_nip else lines


def in_order(places: list[Place], order: str) -> list[Place]:
    """The lines as the papers are to lie; those of one agency together, or as the seats were given."""
    keys = {
        Order.NAME: lambda each: (each.registration.person.name_key, each.registration.pk),
        Order.AGENCY: lambda each: (each.registration.agency.name, each.registration.person.name_key),
        Order.SEAT: lambda each: (each.registration.claim_id,),
    }
    return sorted(places, key=keys[Order(order)])
