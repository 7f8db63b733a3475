"""Every model of looking back, so that Django finds them; each lives with its concept."""

from reviews.evidence.models import Evidence, EvidenceChoice, EvidenceLink, EvidenceStatement
from reviews.improvements.models import Consent, Improvement, Judgement, OtherChange, Prompt
from reviews.observing.models import Draw, Observation
from reviews.reviewing.models import Answer, FormQuestion, Participant, Review, ReviewCycle, ReviewForm, ReviewQuestion
from reviews.sharing.models import HandoverFact, RollupState, SharingCount, SharingDay, SourceCount, SourceTotals
from reviews.suggestions.models import Suggestion, SuggestionWords

__all__ = [
    "Answer",
    "Consent",
    "Draw",
    "Evidence",
    "EvidenceChoice",
    "EvidenceLink",
    "EvidenceStatement",
    "FormQuestion",
    "HandoverFact",
    "Improvement",
    "Judgement",
    "Observation",
    "OtherChange",
    "Participant",
    "Prompt",
    "Review",
    "ReviewCycle",
    "ReviewForm",
    "ReviewQuestion",
    "RollupState",
    "SharingCount",
    "SharingDay",
    "SourceCount",
    "SourceTotals",
    "Suggestion",
    "SuggestionWords",
]
