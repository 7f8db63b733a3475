"""What the next page says about what was just done, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, sentences: str, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Show ``sentences`` at the top of the next page; ``undo`` is the address that takes it back, offered for 30 seconds."""
    messages.add_message(request, level, sentences, extra_tags=f"undo:{undo}" if undo else "")
