from django.db import models
from django.db.models.functions import Now


class IdempotencyKey(models.Model):
    """The answer that a POST with an ``Idempotency-Key`` got, so that a repeated one gets the same and does nothing.

    ``principal`` is the id of the user (person or integration); ``route`` the address; the query counts as a part of the body.
    """

    principal = models.BigIntegerField()
    route = models.TextField()
    key = models.CharField(max_length=200)
    body_sha256 = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    content_type = models.CharField(max_length=100)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "route", "key"],
                name="idempotency_key_once",
                violation_error_message="This Idempotency-Key was used already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
