from enggang.people.models.column_mapping import ColumnMapping
from enggang.people.models.employment import Employment
from enggang.people.models.merge import Merge
from enggang.people.models.person import Person
from enggang.people.models.roster import RosterImport

__all__ = ["ColumnMapping", "Employment", "Merge", "Person", "RosterImport"]
