"""Acts on an organisation's own letter texts: copy a shipped one, edit a draft version, publish it, go back."""

from __future__ import annotations

import json

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.documents import rules
from enggang.documents.letters import LetterKind, letter_kinds
from enggang.documents.models import LetterTemplate, TemplateVersion
from enggang.documents.placeholders import check_text
from enggang.documents.queries.wordings import wording_of
from enggang.documents.rendering.letter import check_blocks
from enggang.places.models import Organisation


@act("documents.copy_template")
def copy_template(*, organisation: Organisation, ref: str, name: str, actor: Actor) -> LetterTemplate:
    """Make an own template of the organisation from ``ref`` (shipped or own); it begins as a draft of version 1."""
    require(rules.may_issue(actor, organisation))
    choice = wording_of(organisation, ref)
    if choice is None:
        raise Conflict(_("This template is no longer offered. Choose another one to copy."))
    if not name.strip():
        raise Conflict(_("Give the template a name."))
    row = LetterTemplate(organisation=organisation, kind=choice.kind, name=name.strip()[:120], copied_from=ref)
    with told(LetterTemplate):
        row.subject = LetterTemplate.new_subject(organisation.code)
        row.save()
    TemplateVersion.objects.create(template=row, number=1, text=_json(choice.blocks))
    record(kind=row.kind, copied_from=ref)
    return row


@act("documents.write_version")
def write_version(
    *, template: LetterTemplate, blocks: dict[str, str], actor: Actor, version: int | None = None
) -> TemplateVersion:
    """Keep the text as the draft of the next version. ``version`` is the save the form began from (two tabs).

    Raises Conflict naming an unknown placeholder, an open brace or an empty block that the letter needs.
    """
    require(rules.may_issue(actor, template.organisation))
    text = _json(checked(letter_kinds[template.kind], blocks))
    draft = template.versions.filter(published_at=None).first()
    if draft is None:
        last = template.versions.aggregate(last=Max("number"))["last"] or 0
        with told(TemplateVersion):
            draft = TemplateVersion.objects.create(template=template, number=last + 1, text=text)
    else:
        keep_version(draft, draft.version if version is None else version)
        draft.text = text
        draft.save(update_fields=["text"])
    record_subject(template.subject)
    record(version=draft.number)
    return draft


def checked(kind: LetterKind, blocks: dict[str, str]) -> dict[str, str]:
    """The blocks ready to be kept; a Conflict names the block in which something is wrong."""
    for block in kind.blocks:
        try:
            check_text(blocks.get(block.key, ""), list(kind.fields))
        except Conflict as refused:
            raise Conflict(f"{block.label}: {refused.message}") from refused
    return check_blocks(kind, blocks)


@act("documents.publish_version")
def publish_version(*, template: LetterTemplate, actor: Actor) -> TemplateVersion:
    """Let new letters take the draft version. Letters already written keep theirs."""
    require(rules.may_issue(actor, template.organisation))
    draft = template.versions.filter(published_at=None).first()
    if draft is None or not TemplateVersion.objects.filter(pk=draft.pk, published_at=None).update(
        published_at=clock.now()
    ):
        raise Conflict(_("There is no draft to publish. Change the text first."))
    draft.refresh_from_db()
    record_subject(template.subject)
    record(version=draft.number)
    return draft


@act("documents.discard_version")
def discard_version(*, template: LetterTemplate, actor: Actor) -> LetterTemplate:
    """Throw the draft version away; the published ones stay. A template that was never published goes with it."""
    require(rules.may_issue(actor, template.organisation))
    drafts = template.versions.filter(published_at=None)
    if not drafts.exists():
        raise Conflict(_("There is no draft to throw away."))
    drafts.delete()
    record_subject(template.subject)
    if not template.versions.exists():
        template.retired_at = template.retired_at or clock.now()
        template.save(update_fields=["retired_at"])
    return template


@act("documents.retire_template")
def retire_template(*, template: LetterTemplate, actor: Actor, retired: bool = True) -> LetterTemplate:
    """No longer offer a template for new letters, or offer it again."""
    require(rules.may_issue(actor, template.organisation))
    template.retired_at = clock.now() if retired else None
    template.save(update_fields=["retired_at"])
    record(retired=retired)
    return template


def _json(blocks: dict[str, str]) -> str:
    return json.dumps(blocks, ensure_ascii=False)
