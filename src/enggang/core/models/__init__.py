from enggang.core.models.closed import ClosedFacts
from enggang.core.models.job import Job
from enggang.core.models.key import Key
from enggang.core.models.subject import Noun, Subject, Versioned
from enggang.core.models.wording import Wording

__all__ = ["ClosedFacts", "Job", "Key", "Noun", "Subject", "Versioned", "Wording"]
