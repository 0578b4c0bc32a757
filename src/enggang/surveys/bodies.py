"""What a question holds beside its words: options, pairs, accepted answers. Read, checked, answered and scored here.

Everything is pure: a body is plain JSON, an answer is plain JSON. Scores are fractions of the question's points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.acts import Refused
from enggang.core.text import folded
from enggang.surveys.enums import QuestionKind

Body = dict[str, Any]
MOST_OPTIONS, LONGEST_OPTION, LONGEST_ANSWER = 12, 500, 500
TRUE_WORDS = frozenset({"true", "t", "benar", "b", "ya", "1"})
FALSE_WORDS = frozenset({"false", "f", "salah", "s", "tidak", "0"})


def read_body(kind: str, text: str, *, by_hand: bool = False) -> Body:
    """The body from what a person typed: one option on a line, ``*`` before a right one; ``left = right`` for pairs.

    Raises Refused with a sentence that says what to change.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _READERS[QuestionKind(kind)](lines, by_hand)


def _read_options(lines: Sequence[str], several: bool) -> Body:
    options: list[dict[str, Any]] = [
        {"id": number, "text": line.removeprefix("*").strip(), "right": line.startswith("*")}
        for number, line in enumerate(lines, 1)
    ]
    _check_texts([option["text"] for option in options], least=2)
    rights = sum(option["right"] for option in options)
    if several and not rights:
        raise Refused(
            _("Mark at least one right option: with * at the start of its line, in GIFT with = or a percentage.")
        )
    if not several and rights != 1:
        raise Refused(_("Mark exactly one right option: with * at the start of its line, in GIFT with =."))
    return {"options": options}


def _read_single(lines: Sequence[str], _by_hand: bool) -> Body:
    return _read_options(lines, several=False)


def _read_multiple(lines: Sequence[str], _by_hand: bool) -> Body:
    return _read_options(lines, several=True)


def _read_truth(lines: Sequence[str], _by_hand: bool) -> Body:
    word = folded(lines[0]) if len(lines) == 1 else ""
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise Refused(_("Write “true” or “false” as the answer."))
    return {"right": word in TRUE_WORDS}


def _read_short(lines: Sequence[str], by_hand: bool) -> Body:
    spelt = [line.removeprefix("*").strip() for line in lines]
    accepted = list({line.casefold(): line for line in reversed(spelt)}.values())[::-1]  # capitals make no other answer
    _check_texts(accepted, least=0 if by_hand else 1)
    if not by_hand and not all(folded(line) for line in accepted):
        raise Refused(_("An accepted answer needs at least one letter or digit."))
    return {"accepted": accepted, "by_hand": by_hand}


def _read_pairs(lines: Sequence[str], _by_hand: bool) -> Body:
    halves = [line.partition("=") for line in lines]
    if any(not left.strip() or not right.strip() for left, _sign, right in halves):
        raise Refused(_("Write each pair on its own line as: left = right."))
    _check_texts([left.strip() for left, _sign, _right in halves], least=2)
    _check_texts([right.strip() for _left, _sign, right in halves], least=2)
    pairs = [{"id": n, "left": left.strip(), "right": right.strip()} for n, (left, _s, right) in enumerate(halves, 1)]
    return {"pairs": pairs}


_READERS: dict[QuestionKind, Callable[[Sequence[str], bool], Body]] = {
    QuestionKind.SINGLE: _read_single,
    QuestionKind.MULTIPLE: _read_multiple,
    QuestionKind.TRUEFALSE: _read_truth,
    QuestionKind.SHORT: _read_short,
    QuestionKind.MATCHING: _read_pairs,
}


def _check_texts(texts: Sequence[str], *, least: int) -> None:
    if len(texts) < least:
        raise Refused(_("Write at least %(count)s lines.") % {"count": least})
    if len(texts) > MOST_OPTIONS:
        raise Refused(_("At most %(count)s lines are possible.") % {"count": MOST_OPTIONS})
    if any(not text or len(text) > LONGEST_OPTION or "\0" in text for text in texts):
        raise Refused(_("No line may be empty or longer than %(count)s characters.") % {"count": LONGEST_OPTION})
    if len({text.casefold() for text in texts}) < len(texts):
        raise Refused(_("Two lines say the same. Make them different."))


def written(kind: str, body: Mapping[str, Any]) -> str:
    """The body as a person types it: what ``read_body`` reads."""
    if kind == QuestionKind.TRUEFALSE:
        return str(_("true")) if body["right"] else str(_("false"))
    if kind == QuestionKind.SHORT:
        return "\n".join(body["accepted"])
    if kind == QuestionKind.MATCHING:
        return "\n".join(f"{pair['left']} = {pair['right']}" for pair in body["pairs"])
    return "\n".join(("*" if option["right"] else "") + option["text"] for option in body["options"])


def clean_answer(kind: str, body: Mapping[str, Any], raw: Any) -> Any:
    """What was sent, reduced to what the question offers; None when nothing of it makes sense."""
    if kind == QuestionKind.SHORT:
        return str(raw).replace("\0", "").strip()[:LONGEST_ANSWER] or None if raw else None
    if kind == QuestionKind.TRUEFALSE:
        return {"true": True, "false": False}.get(str(raw).lower())
    if kind == QuestionKind.MATCHING:
        known = {pair["id"] for pair in body["pairs"]}
        chosen = dict(raw) if raw else {}
        found = sorted([left, right] for left, right in chosen.items() if left in known and right in known)
        return found or None
    known = {option["id"] for option in body["options"]}
    picked = sorted({number for number in (raw or []) if number in known})
    return (picked if kind == QuestionKind.MULTIPLE else picked[0]) if picked else None


def _spelt(text: str) -> str:
    """Of two words written apart, together or with a hyphen all are one."""
    return folded(text).replace(" ", "")


def score(kind: str, body: Mapping[str, Any], answer: Any) -> Fraction | None:
    """The share of the points an answer earns, 0 to 1; None when a person must judge it.

    Several right options: right ones chosen minus wrong ones chosen, over the number of right ones, never below zero.
    Matching: pairs found over all pairs. Everything else: all or nothing. No answer: nothing.
    """
    if answer is None:
        return Fraction(0)
    if kind == QuestionKind.MULTIPLE:
        rights = {option["id"] for option in body["options"] if option["right"]}
        chosen = set(answer)
        return max(Fraction(0), Fraction(len(chosen & rights) - len(chosen - rights), len(rights)))
    if kind == QuestionKind.MATCHING:
        return Fraction(sum(left == right for left, right in answer), len(body["pairs"]))
    if kind == QuestionKind.SHORT:
        said = _spelt(str(answer))
        if any(said == _spelt(accepted) for accepted in body["accepted"]):
            return Fraction(1)
        return None if body.get("by_hand") else Fraction(0)
    if kind == QuestionKind.TRUEFALSE:
        return Fraction(int(answer is body["right"]))
    return Fraction(sum(option["id"] == answer and option["right"] for option in body["options"]))
