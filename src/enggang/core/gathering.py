"""Like requests that come at once are answered together: one transaction, one commit, for all that waited meanwhile.

Whoever comes first works at once and alone. Who comes while somebody works waits, and when the work is done the first
of them works for all that wait. Only after a round in company does the next one wait a moment, for half as many to come
back: two halves take turns, and while the database answers one the other is read and answered here. Waiting for all of
them would let both stand still by turns. A single request is as fast as without this.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import connection

Q = TypeVar("Q")
A = TypeVar("A")
MOST = 32  # requests answered together; the rest is the next one's work
PATIENCE = 0.003  # seconds to wait for those who kept company a moment ago


class _Ticket(Generic[Q, A]):
    __slots__ = ("answer", "failure", "question", "woken")

    def __init__(self, question: Q) -> None:
        self.question = question
        self.woken = threading.Event()
        self.answer: list[A] = []  # none while it is not answered
        self.failure: BaseException | None = None

    @property
    def is_done(self) -> bool:
        return bool(self.answer) or self.failure is not None


class Gathering(Generic[Q, A]):
    """``work`` answers several questions, each as if it had been asked alone and in this order, all or none of them."""

    def __init__(self, work: Callable[[Sequence[Q]], list[A]]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._waiting: deque[_Ticket[Q, A]] = deque()
        self._busy = False
        self._expected = 1
        self._enough = threading.Event()  # as many wait as are expected

    def ask(self, question: Q) -> A:
        """The answer to ``question``; raises what the work raises for it alone."""
        if connection.in_atomic_block:  # others must not see what this transaction may still undo
            return self._work([question])[0]
        ticket = _Ticket[Q, A](question)
        with self._lock:
            self._waiting.append(ticket)
            leads, self._busy = not self._busy, True
            if len(self._waiting) >= self._expected:
                self._enough.set()
        if not leads:
            ticket.woken.wait()
        if not ticket.is_done:
            self._lead()
        if ticket.failure is not None:
            raise ticket.failure
        return ticket.answer[0]

    def _lead(self) -> None:
        """Work for all that wait, oneself first; then wake them and hand the lead on."""
        self._enough.wait(PATIENCE)
        with self._lock:
            part = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            self._answer(part)
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
                self._expected = min(MOST, (len(part) + len(self._waiting) + 1) // 2)
                if len(self._waiting) < self._expected:
                    self._enough.clear()  # the next to come alone sets it at once when only one is expected
            for ticket in [*part[1:], *([following] if following else [])]:
                ticket.woken.set()

    def _answer(self, part: Sequence[_Ticket[Q, A]]) -> None:
        try:
            answers = self._work([ticket.question for ticket in part])
        except BaseException as failure:  # noqa: BLE001 -- it is raised where the question was asked
            if len(part) == 1:
                part[0].failure = failure
                return
            for ticket in part:  # one of them is to blame, and only that one is to bear it
                self._answer([ticket])
        else:
            for ticket, answer in zip(part, answers, strict=True):
                ticket.answer.append(answer)
