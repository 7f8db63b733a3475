"""Every model of looking back, so that Django finds them; each lives with its concept."""

from reviews.suggestions.models import Suggestion, SuggestionWords

__all__ = ["Suggestion", "SuggestionWords"]
