"""The vocabulary of the trail: what can have happened in looking back."""

from django.db import models


class Event(models.TextChoices):
    SUGGESTED = "suggestion.made", "suggestion made"
    SUGGESTION_SEEN = "suggestion.seen", "suggestion seen"
    SUGGESTION_DISCUSSED = "suggestion.discussed", "suggestion discussed"
    SUGGESTION_ANSWERED = "suggestion.answered", "suggestion answered"
