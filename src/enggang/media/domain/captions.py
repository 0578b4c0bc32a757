"""Captions of a film: kept in a language, taken away again."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import keep_version
from enggang.media import rules, webvtt
from enggang.media.domain.cuts import renew_cuts
from enggang.media.enums import BURNT_IN
from enggang.media.enums_words import Language
from enggang.media.models import Asset, Caption


@act("media.keep_captions")
def keep_captions(
    *, asset: Asset, language: str, cues: Sequence[webvtt.Cue], actor: Actor, version: int | None = None
) -> Caption:
    """Write all captions of a language, or change them. Raises Conflict with the line that is wrong.

    A film into which the former ones were burnt is made anew.
    """
    require(rules.may_describe(actor, asset))
    if asset.is_photo or language not in Language.values:
        raise Conflict(_("Only a video has captions, in Indonesian or in English."))
    if not cues:
        raise Conflict(_("Write at least one caption, or remove them all."))
    try:
        kept = webvtt.checked(cues, asset.duration_ms or 0)
    except webvtt.Faulty as fault:
        raise Conflict(told(fault)) from fault
    Asset.objects.select_for_update().get(pk=asset.pk)  # two first ones do not meet
    row = Caption.objects.filter(asset=asset, language=language).first()
    if row is None:
        row = Caption(asset=asset, language=language)
    elif version is not None:
        keep_version(row, version)
    row.text, row.kept_at, row.kept_by_key = webvtt.written(kept), clock.now(), actor.key
    row.save()
    renew_cuts(asset, [BURNT_IN[language]], actor)
    record_subject(asset.subject)
    record(language=language, captions=len(kept))
    return row


@act("media.drop_captions")
def drop_captions(*, asset: Asset, language: str, actor: Actor) -> Asset:
    """Remove the captions of a language, and the film into which they were burnt."""
    require(rules.may_describe(actor, asset))
    if not Caption.objects.filter(asset=asset, language=language).delete()[0]:
        raise Conflict(_("This was done already."))
    renew_cuts(asset, [BURNT_IN[language]], actor)
    record_subject(asset.subject)
    record(language=language)
    return asset


def read_captions(content: bytes) -> list[webvtt.Cue]:
    """The captions of a file that somebody brought. Raises Conflict with the line that is wrong."""
    try:
        return webvtt.read(content)
    except webvtt.Faulty as fault:
        raise Conflict(told(fault, in_file=True)) from fault


def told(fault: webvtt.Faulty, *, in_file: bool = False) -> str:
    """What is wrong, where, and what to do, in the reader's language."""
    sentences = {
        webvtt.Fault.NO_TEXT: _("This is no WebVTT or SRT file in UTF-8 of at most 512 kB."),
        webvtt.Fault.NO_TIME: _("A time is missing or cannot be read. Write minutes and seconds, like 1:02.5."),
        webvtt.Fault.BACKWARDS: _("It ends before it begins."),
        webvtt.Fault.TOO_LATE: _("It begins after the end of the video."),
        webvtt.Fault.TOO_LONG: _("It has more than %(most)s letters. Make two of it.") % {"most": webvtt.LONGEST_TEXT},
        webvtt.Fault.TOO_MANY: _("There are more than %(most)s captions.") % {"most": webvtt.MOST_CUES},
        webvtt.Fault.EMPTY: _("It has a time but no words."),
    }
    sentence = sentences[fault.fault]
    if not fault.line:
        return sentence
    where = _("Line %(n)s of the file:") if in_file else _("Caption %(n)s:")
    return f"{where % {'n': fault.line}} {sentence}"
