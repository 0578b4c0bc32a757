"""Acts: the only functions that write. The decorator makes the transaction and the audit row certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from enggang.core.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """An act that was not done; ``message`` tells the person why and what to do, in their language."""

    def __init__(self, message: str = "") -> None:
        self.message = str(message)
        super().__init__(self.message)


class NotAllowed(Refused):
    """The actor may not do this."""


class Conflict(Refused):
    """The world moved: the seat is taken, the state has changed, somebody else saved first."""


@dataclass(slots=True)
class ActRecord:
    """What the audit sink is given. ``details`` must hold no personal value: it outlives erasure."""

    code: str
    actor: Actor
    subject_code: str = ""
    organisation_code: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    def tell(self, subject: Any, **details: Any) -> None:
        """What ``record_subject`` and ``record`` do for the running act."""
        self.subject_code, self.organisation_code = subject.code, subject.organisation_code
        self.details.update(details)


Sink = Callable[[list[ActRecord]], None]
_sinks: list[Sink] = []
_current: ContextVar[ActRecord | None] = ContextVar("current_act", default=None)
_written: ContextVar[list[ActRecord] | None] = ContextVar("acts_within", default=None)
known_acts: dict[str, Callable[..., Any]] = {}


def add_sink(sink: Sink) -> None:
    """Called once by the audit app: ``sink`` receives an act with those inside it, in one transaction with them."""
    if sink not in _sinks:
        _sinks.append(sink)


def require(condition: bool, message: str = "") -> None:
    """Refuse the act unless a rule allowed it."""
    if not condition:
        raise NotAllowed(message or _("You may not do this. Ask the organiser or your agency's coordinator."))


def record(**details: Any) -> None:
    """Add facts (counts, codes, states: never personal values) to the audit row of the running act."""
    if (running := _current.get()) is not None:
        running.details.update(details)


def record_subject(subject: Any) -> None:
    """Name the subject of the running act when it is not the one of the returned noun."""
    if (running := _current.get()) is not None and subject is not None:
        running.subject_code, running.organisation_code = subject.code, subject.organisation_code


def act(code: str, *, joins: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function with an ``actor`` an act: one transaction, one audit row.

    A raised exception rolls both back. Acts may call acts; each gets its own row, and the outermost writes them all
    at once. An act that ``joins`` opens no savepoint inside another: its refusal undoes that one too, so the outer
    act must let it pass.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        if code in known_acts:
            raise ValueError(f"two acts are named {code}")

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs.get("actor")
            if not isinstance(actor, Actor):
                raise TypeError(f"{code} needs an actor")
            running = ActRecord(code=code, actor=actor)
            inside = _current.get() is not None
            with transaction.atomic(savepoint=not (joins and inside)), _collected() as written:
                token = _current.set(running)
                try:
                    result = function(*args, **kwargs)
                finally:
                    _current.reset(token)
                if not running.subject_code:
                    _take_subject(running, result)
                written.append(running)
            return result

        known_acts[code] = run
        return run

    return decorate


class Asked(Protocol):
    """A request for an act, as ``act_each`` takes it."""

    @property
    def actor(self) -> Actor: ...


A = TypeVar("A", bound=Asked)


def act_each(
    code: str,
) -> Callable[[Callable[[Sequence[A], Sequence[ActRecord]], list[R]]], Callable[[Sequence[A]], list[R]]]:
    """Make a function that serves several requests at once an act for each of them.

    One transaction for all; each has an audit row under its own actor, which the function fills by ``ActRecord.tell``.
    """

    def decorate(function: Callable[[Sequence[A], Sequence[ActRecord]], list[R]]) -> Callable[[Sequence[A]], list[R]]:
        if code in known_acts:
            raise ValueError(f"two acts are named {code}")

        @wraps(function)
        def run(asked: Sequence[A]) -> list[R]:
            records = [ActRecord(code=code, actor=each.actor) for each in asked]
            with transaction.atomic(), _collected() as written:
                answers = function(asked, records)
                written += records
            return answers

        known_acts[code] = run
        return run

    return decorate


class Done(Protocol):
    """How ``acts_together`` is told of each act."""

    def __call__(self, code: str, actor: Actor, subject: Any, **details: Any) -> None: ...


@contextmanager
def acts_together() -> Iterator[Done]:
    """One transaction for acts of several people that are done as sets; what it gives is called for each of them.

    Every act keeps the code and the audit row it has when it is done for one person alone.
    """
    with transaction.atomic(), _collected() as written:

        def done(code: str, actor: Actor, subject: Any, **details: Any) -> None:
            if code not in known_acts:
                raise ValueError(f"no act is named {code}")
            running = ActRecord(code, actor)
            running.tell(subject, **details)
            written.append(running)

        yield done


@contextmanager
def _collected() -> Iterator[list[ActRecord]]:
    """The records of the outermost act, which writes them; what a rolled-back act has added is taken out again."""
    outer = _written.get()
    if outer is not None:
        length = len(outer)
        try:
            yield outer
        except BaseException:
            del outer[length:]
            raise
        return
    records: list[ActRecord] = []
    token = _written.set(records)
    try:
        yield records
    finally:
        _written.reset(token)
    for sink in _sinks:
        sink(records)


def _take_subject(running: ActRecord, result: object) -> None:
    subject = getattr(result, "subject", None)
    if subject is not None:
        running.subject_code, running.organisation_code = subject.code, subject.organisation_code
