"""Subject: the one row that notices, links, evidence, search and audit point at."""

from __future__ import annotations

from django.db import models

from enggang.core import codes
from enggang.core.hot import add, new_row


class SubjectManager(models.Manager["Subject"]):
    def make(self, *, kind: str, organisation_code: str = "") -> Subject:
        return add(new_row(Subject, kind=kind, organisation_code=organisation_code))


class Subject(models.Model):
    """``organisation_code`` is a plain value: core stands below places and knows no organisation."""

    kind = models.CharField(max_length=40)
    organisation_code = models.CharField(max_length=16, blank=True)  # never searched by, so no index
    code = models.CharField(max_length=16, default=codes.random_code)

    objects = SubjectManager()

    class Meta:
        # Not ``unique`` on the field: PostgreSQL would keep a second index of it for LIKE, which nobody asks.
        constraints = [models.UniqueConstraint(fields=["code"], name="core_subject_code_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Noun(models.Model):
    """A row that others link to: it owns a Subject and goes by that subject's public code."""

    subject_kind = ""
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)s")

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        return self.subject.code

    @classmethod
    def new_subject(cls, organisation_code: str = "") -> Subject:
        return Subject.objects.make(kind=cls.subject_kind, organisation_code=organisation_code)


class Versioned(models.Model):
    """An editable row: two tabs that save the same version meet in ``keep_version``."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
