"""Requests on loopback from a process of its own: a bounded number, a few at once. Reads an order on stdin, answers on stdout."""

import http.client
import json
import sys
import threading
import time
from typing import Any


class Client(threading.Thread):
    """One connection that sends its share of the requests, one after another. ``{n}`` in what is sent becomes a number that is used once."""

    def __init__(self, order: dict[str, Any], numbers: range) -> None:
        super().__init__(daemon=True)
        self.order, self.numbers = order, numbers
        self.seconds: list[float] = []
        self.wrong = ""
        self.sent_bytes = 0

    def run(self) -> None:
        try:
            self.ask()
        except (OSError, http.client.HTTPException) as error:
            self.wrong = f"{type(error).__name__}: {error}"

    def ask(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.order["port"], timeout=60)
        for number in self.numbers:
            headers = {name: value.replace("{n}", str(number)) for name, value in self.order["headers"].items()}
            body = self.order["body"].replace("{n}", str(number)) or None
            began = time.perf_counter()
            connection.request(self.order["method"], self.order["path"], body, headers)
            answer = connection.getresponse()
            content = answer.read()
            self.seconds.append(time.perf_counter() - began)
            self.sent_bytes = len(content)
            if answer.status != self.order["status"]:
                self.wrong = f"{answer.status} {content[:300]!r}"
                return
        connection.close()


def main() -> None:
    order = json.load(sys.stdin)
    many, first = order["clients"], order["first"]
    clients = [Client(order, range(first + number, first + order["count"], many)) for number in range(many)]
    began = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.perf_counter() - began
    wrong = next((client.wrong for client in clients if client.wrong), "")
    seconds = sorted(second for client in clients for second in client.seconds)
    json.dump({"took": took, "seconds": seconds, "wrong": wrong, "bytes": clients[0].sent_bytes}, sys.stdout)


if __name__ == "__main__":
    main()
