"""Acts on short links: made for a public page, retired when what hangs on the wall is no longer true."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.public import OWN
from enggang.core.text import one_line
from enggang.reach import rules
from enggang.reach.models import ShortLink
from enggang.reach.queries.nouns import Shown

LENGTH, TRIES, MOST = 6, 20, 200


@act("reach.make_link")
def make_link(*, shown: Shown, aim: str, language: str, actor: Actor, note: str = "") -> ShortLink:
    """A short address that leads to a page of the noun, for posters and messages. The same once more is the same link.

    Raises Conflict for a page that it does not have, or when the noun has two hundred links.
    """
    require(rules.may_share(actor, shown.organisation.path))
    record_subject(shown.subject)
    if shown.face is None or aim not in shown.face.aims or language not in OWN:
        raise Conflict(_("Choose a page from the list, and one of the languages."))
    rows = ShortLink.objects.filter(subject=shown.subject)
    facts = {"aim": aim, "language": language, "note": one_line(note, 120)}
    if found := rows.leading().filter(**facts).first():
        return found
    if rows.count() >= MOST:
        raise Conflict(_("There are two hundred short links to this already. Use one of them."))
    row = ShortLink.objects.create(
        code=_free_code(), subject=shown.subject, organisation=shown.organisation, made_at=clock.now(),
        made_by_key=actor.key, **facts,
    )  # fmt: skip
    record(link=row.code, aim=aim, language=language)
    return row


def _free_code() -> str:
    for _try in range(TRIES):
        code = codes.random_code(LENGTH)
        if not ShortLink.objects.filter(code=code).exists():
            return code
    raise Conflict(_("No short address is free. Try again."))


@act("reach.retire_link")
def retire_link(*, link: ShortLink, actor: Actor) -> ShortLink:
    """Whoever follows it is told that it has ended. It can be taken back."""
    return _set(link, retired=True, actor=actor)


@act("reach.revive_link")
def revive_link(*, link: ShortLink, actor: Actor) -> ShortLink:
    return _set(link, retired=False, actor=actor)


def _set(link: ShortLink, *, retired: bool, actor: Actor) -> ShortLink:
    require(rules.may_share(actor, link.organisation.path))
    record_subject(link.subject)
    record(link=link.code)
    link.retired_at = clock.now() if retired else None
    link.save(update_fields=["retired_at"])
    return link
