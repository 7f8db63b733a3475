"""Shared PCs on which colleagues switch quickly."""

from datetime import datetime

from django.db import transaction

from accounts import permissions
from accounts.events import Event
from accounts.keys import digest_of, new_key
from accounts.models import EnrolledDevice, User
from accounts.operations.saving import save
from audit import operations as audit


@transaction.atomic
def enrol_device(*, team_id: int, name: str, by: User, at: datetime) -> tuple[EnrolledDevice, str]:
    """Return the device and the secret that its cookie keeps; only a digest of it stays here."""
    permissions.check_enrol_devices(by, team_id)
    key = new_key()
    device = EnrolledDevice(team_id=team_id, name=name, digest=digest_of(key), enrolled_by=by, created_at=at)
    save(device)
    audit.record(Event.DEVICE_ENROLLED, actor=by, subject=device, team_id=team_id, at=at, data={})
    return device, key


@transaction.atomic
def revoke_device(*, device_id: int, by: User, at: datetime) -> EnrolledDevice:
    """Its sign-in page shows no colleagues any more. Twice is harmless."""
    device = EnrolledDevice.objects.select_for_update().get(pk=device_id)
    permissions.check_enrol_devices(by, device.team_id)
    if device.revoked_at is None:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
        audit.record(Event.DEVICE_REVOKED, actor=by, subject=device, team_id=device.team_id, at=at, data={})
    return device
