from enggang.people.models.employment import Employment
from enggang.people.models.person import Person
from enggang.people.models.roster import RosterImport

__all__ = ["Employment", "Person", "RosterImport"]
