from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    ORGANISER = "organiser", _("Organiser")
    COORDINATOR = "coordinator", _("Agency coordinator")
    INSTRUCTOR = "instructor", _("Instructor")
    PARTICIPANT = "participant", _("Participant")
    SUPERIOR = "superior", _("Superior")
    GRADER = "grader", _("Grader")
    ASSESSOR = "assessor", _("Assessor")
    TREASURER = "treasurer", _("Treasurer")
    LEADER = "leader", _("Leader")
    INSPECTOR = "inspector", _("Inspector")


class LinkScope(TextChoices):
    REGISTRATION = "registration", _("See and manage one registration")
    INVITATION = "invitation", _("Set a password for one account")
    GATE = "gate", _("Scan passes at a gate")
    BRIEFING = "briefing", _("Read the briefing of one instructor")
    CALENDAR = "calendar", _("Read the calendar of one person")
    ADDRESSEE = "addressee", _("Read an invitation and answer it")
    SURVEY = "survey", _("Answer one survey")
    NOMINATION = "nomination", _("Nominate people for one agency")
    ACTION_PLAN = "action_plan", _("Judge one action plan")
    TASKS = "tasks", _("Do the tasks of one person of a committee")
    CURATION = "curation", _("Judge the proposals of one round")
    WALL = "wall", _("Show a rundown on a screen")
    TICKET = "ticket", _("See and manage the ticket of one visitor")
    WALK_UP = "walk_up", _("Register visitors at a gate")
    GUARDIAN = "guardian", _("Give a guardian's consent")
    TALLY = "tally", _("Count people at a point")
    STALL = "stall", _("Apply for one stall, and report what it took in")
    ASKING = "asking", _("Ask visitors of one event")
    MEDIA = "media", _("Bring photos and videos to one library")
    JURY = "jury", _("Judge the entries of one contest")
    LIKENESS = "likeness", _("Read and withdraw the consent of one person")
    STORY = "story", _("Read one story before it is published")
    IDEA = "idea", _("See what becomes of one idea")
    SUGGESTION = "suggestion", _("See and confirm one proposal of the public")
