"""E-mails about the ways in. They are sent while the person waits, so that a page can say at once if it did not work."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from accounts.models import Invitation

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, path: str) -> bool:
    """True if the mail server took it. If not, nothing is lost: the page shows the link instead."""
    context = {"invitation": invitation, "team": invitation.team, "by": invitation.invited_by, "url": settings.BATON_URL + path}
    subject = f"Join {invitation.team} in Baton"
    try:
        send_mail(subject, render_to_string("emails/invitation.txt", context), None, [invitation.email])
    except OSError as error:  # smtplib's errors are OSErrors
        log.warning("The invitation %s could not be sent: %s", invitation.pk, type(error).__name__)
        return False
    return True
