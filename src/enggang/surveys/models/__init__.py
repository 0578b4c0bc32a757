from enggang.surveys.models.attempt import Attempt, AttemptItem
from enggang.surveys.models.bank import Question, QuestionVersion, Topic
from enggang.surveys.models.service import ElementWeight, ProfileOption
from enggang.surveys.models.setting import Setting
from enggang.surveys.models.survey import Invitation, ServiceSurvey, Sheet, Statement, Survey
from enggang.surveys.models.test import Test, TestItem

__all__ = [
    "Attempt",
    "AttemptItem",
    "ElementWeight",
    "Invitation",
    "ProfileOption",
    "Question",
    "QuestionVersion",
    "ServiceSurvey",
    "Setting",
    "Sheet",
    "Statement",
    "Survey",
    "Test",
    "TestItem",
    "Topic",
]
