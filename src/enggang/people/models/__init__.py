from enggang.people.models.column_mapping import ColumnMapping
from enggang.people.models.competency import Behaviour, Competency, CompetencyLevel, PostType, RequiredLevel
from enggang.people.models.employment import Employment
from enggang.people.models.merge import Merge
from enggang.people.models.person import Person
from enggang.people.models.roster import RosterImport

__all__ = [
    "Behaviour",
    "ColumnMapping",
    "Competency",
    "CompetencyLevel",
    "Employment",
    "Merge",
    "Person",
    "PostType",
    "RequiredLevel",
    "RosterImport",
]
