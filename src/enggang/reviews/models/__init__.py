from enggang.reviews.models.review import Mark, Minutes, Review, Sheet
from enggang.reviews.models.rubric import Criterion, Level, Rubric

__all__ = ["Criterion", "Level", "Mark", "Minutes", "Review", "Rubric", "Sheet"]
