from enggang.training.models.programme import Module, Programme
from enggang.training.models.registration import Registration
from enggang.training.models.session import Session
from enggang.training.models.wave import Wave

__all__ = ["Module", "Programme", "Registration", "Session", "Wave"]
