"""The vocabulary of the trail: what can have happened in looking back."""

from django.db import models


class Event(models.TextChoices):
    SUGGESTED = "suggestion.made", "suggestion made"
    SUGGESTION_SEEN = "suggestion.seen", "suggestion seen"
    SUGGESTION_DISCUSSED = "suggestion.discussed", "suggestion discussed"
    SUGGESTION_ANSWERED = "suggestion.answered", "suggestion answered"
    IMPROVEMENT_PROPOSED = "improvement.proposed", "improvement proposed"
    IMPROVEMENT_CHANGED = "improvement.changed", "improvement changed while being agreed"
    IMPROVEMENT_ANSWERED = "improvement.answered", "improvement answered"
    IMPROVEMENT_AGREED = "improvement.agreed", "improvement agreed"
    IMPROVEMENT_PLANNED = "improvement.planned", "improvement given another owner or day"
    IMPROVEMENT_DONE = "improvement.done", "improvement carried out"
    IMPROVEMENT_REMARKED = "improvement.remarked", "other change noted beside an improvement"
    IMPROVEMENT_JUDGED = "improvement.judged", "improvement judged"
    IMPROVEMENT_WITHDRAWN = "improvement.withdrawn", "improvement withdrawn"
    OBSERVATIONS_DRAWN = "observation.drawn", "handovers drawn to observe"
    OBSERVED = "observation.made", "handover observed"
    OBSERVATION_COMMENTED = "observation.commented", "observation commented on"
    OBSERVATION_SET_ASIDE = "observation.set_aside", "observation set aside"
