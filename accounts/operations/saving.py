"""One way to save a row whose rules the database guards: what it refuses becomes a sentence on the right field."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from common.errors import Invalid


def save(instance: models.Model, *, fields: list[str] | None = None) -> None:
    """Check and save; only ``fields`` where given. Raises ``Invalid`` with the constraint's own sentence."""
    try:
        instance.full_clean()
    except ValidationError as error:
        raise _refusal(error) from error
    try:
        with transaction.atomic():
            instance.save(update_fields=fields)
    except IntegrityError as error:  # somebody else was there between the check and the save
        raise Invalid("Somebody else saved the same at this moment.", possible="Look at the list and try again.") from error


def _refusal(error: ValidationError) -> Invalid:
    field, sentences = next(iter(error.message_dict.items()))
    return Invalid(sentences[0], field="" if field == NON_FIELD_ERRORS else field)
