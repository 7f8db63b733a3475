"""A mail server that only counts. What arrived is known here, outside the product's database."""

import asyncio
import random
import re
import socket
import time
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

REF = re.compile(rb"HV-\d+")


class Sink:
    """``copies`` by Message-ID, ``ids`` by reference, ``first`` arrival by reference. Slow, so that kills find messages on their way."""

    def __init__(self, seed: int) -> None:
        self.copies: Counter[str] = Counter()
        self.ids: dict[str, set[str]] = {}
        self.first: dict[str, float] = {}
        self.random = random.Random(seed)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name that aiosmtpd asks for
        raw = bytes(envelope.content or b"")
        message = message_from_bytes(raw)
        name, ref = message["Message-ID"], REF.search(raw)
        self.copies[name] += 1
        if ref:
            self.ids.setdefault(ref.group().decode(), set()).add(name)
            self.first.setdefault(ref.group().decode(), time.time())
        await asyncio.sleep(self.random.uniform(0, 0.6))  # counted already: a sender that dies now cannot know
        return "250 Counted"

    def start(self) -> None:
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()
