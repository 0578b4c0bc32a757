from enggang.training.models.asking import Answer, HandedPaper, Question, RequiredPaper
from enggang.training.models.message import WaveMessage
from enggang.training.models.programme import Module, Programme
from enggang.training.models.registration import Registration
from enggang.training.models.session import Session
from enggang.training.models.wave import Wave
from enggang.training.models.wave_class import ClassPlace, WaveClass

__all__ = [
    "Answer",
    "ClassPlace",
    "HandedPaper",
    "Module",
    "Programme",
    "Question",
    "Registration",
    "RequiredPaper",
    "Session",
    "Wave",
    "WaveClass",
    "WaveMessage",
]
