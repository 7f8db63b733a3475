"""The ways in which Baton says no. Each is a sentence for people, and says where it can what would make it possible."""

from typing import Any


class Refusal(Exception):
    """A rule of the domain refused what was asked for; nothing was changed.

    ``possible`` says what would make it possible, ``field`` names the form field it is about, and whatever
    else the asker needs in order to go on (``theirs``, ``items`` …) travels in ``extra``.
    """

    status = 409
    code = "refused"
    title = "This is not possible now"

    def __init__(self, sentence: str, *, possible: str = "", field: str = "", **extra: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.possible = possible
        self.field = field
        self.extra = extra

    def __str__(self) -> str:
        return self.sentence

    @property
    def api_status(self) -> int:
        """The status on the REST API, where it differs from the one of a page."""
        return self.status


class NotAllowed(Refusal):
    """The asker may see the thing but not do this to it. A thing that they may not see is not found instead."""

    status = 403
    code = "not-allowed"
    title = "You may not do this"


class InvalidTransition(Refusal):
    """The thing is in a state which this does not follow."""

    code = "invalid-transition"


class TakenByAnother(Refusal):
    """A colleague was faster."""

    code = "taken-by-another"
    title = "A colleague was faster"


class StaleVersion(Refusal):
    """Somebody changed the thing since it was read; ``extra["theirs"]`` holds what it says now."""

    code = "stale-version"
    title = "This was changed meanwhile"

    @property
    def api_status(self) -> int:
        return 412


class Invalid(Refusal):
    """What was sent cannot be stored or understood as it is."""

    status = 422
    code = "invalid"
    title = "Something is missing or not right"


class ReadBackNeeded(Invalid):
    """The agreement asks the incoming colleague for a read-back."""

    code = "read-back-needed"
    title = "A read-back is needed"

    def __init__(self, sentence: str, *, possible: str = "", field: str = "read_back", **extra: Any) -> None:
        super().__init__(sentence, possible=possible, field=field, **extra)


class InformationMissing(Invalid):
    """Required information is missing; ``extra["items"]`` lists the questions that are still open."""

    code = "information-missing"
    title = "Required information is missing"
