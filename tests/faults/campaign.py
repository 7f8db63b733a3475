"""The fault campaign: reminders fall due while workers, the broker and the database are killed; counted by a mail server.

    script/faults --rows 500 --kills 30 --seed 1

The last line begins ``lost=… doubled=… emails_doubled=… kills=… restarts=… p99_s=…``: ``lost`` never arrived; ``doubled`` is in the
product twice, or came by e-mail as two different messages; ``emails_doubled`` are second copies with the same Message-ID.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import psycopg2

from config.services import Postgres, Valkey, start_missing, stop_all
from tests.faults.processes import ROOT, Program, programs
from tests.faults.sink import Sink

PEOPLE = 100
MAKE = """
INSERT INTO accounts_user (password, email, display_name, kind, is_administrator, is_active, source, created_at)
SELECT '!', 'colleague' || n || '@example.org', 'Colleague ' || n, 'person', false, true, '', now() FROM generate_series(1, %(people)s) n;
INSERT INTO accounts_team (name, zone, kind, source, created_at) VALUES ('Fault desk', 'Europe/London', 'other', '', now());
INSERT INTO accounts_membership (team_id, user_id, level, started_at)
SELECT team.id, person.id, 'member', now() FROM accounts_team team, accounts_user person WHERE team.name = 'Fault desk';
WITH numbered AS (SELECT user_id, team_id, row_number() OVER (ORDER BY id) - 1 AS n FROM accounts_membership), actions AS (
    INSERT INTO handover_action (team_id, title, customer_name, customer_reference, customer_contact, promise, urgency, state, responsible_id, held_since,
        created_at, changed_at, closing_words, sort_at, version, carried, carried_settled, put_off_reason, imported_from, trail_salt)
    SELECT team_id, 'Call ' || i, '', '', '', '', 'routine', 'held', user_id, now(), now(), now(), '', now(), 1, 0, 0, '', '', ''
    FROM generate_series(1, %(rows)s) i JOIN numbered ON n = i %% %(people)s RETURNING id, team_id, responsible_id
)
INSERT INTO handover_due (rule, step, subject_type, subject_id, team_id, person_id, due_at, created_at, attempts, trouble)
SELECT 'own_reminder', 1, 'action', id, team_id, responsible_id, now() + %(within)s * random(), now(), 0, '' FROM actions
"""
DUE = "SELECT a.ref, extract(epoch FROM d.due_at) FROM handover_due d JOIN handover_action a ON a.id = d.subject_id WHERE d.rule = 'own_reminder'"
TOLD = "SELECT count(*) - count(DISTINCT (subject_id, recipient_id)) FROM handover_notification WHERE kind = 'own_reminder'"
LEFT = "SELECT count(*) FROM handover_due d WHERE rule = 'own_reminder' AND NOT EXISTS (SELECT FROM handover_notification n WHERE n.due_id = d.id)"
RESENT = "SELECT coalesce(sum(resent_unknown), 0) FROM handover_delivery"


def say(text: str) -> None:
    print(text, flush=True)


def ask(sql: str, **values: object) -> list[tuple]:
    """Of the product's database, past the product; it may just be coming back."""
    until = time.monotonic() + 60
    while True:
        try:
            connection = psycopg2.connect(os.environ["DATABASE_URL"])
            break
        except psycopg2.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
    with connection, connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


class Campaign:
    def __init__(self, *, rows: int, kills: int, seed: int, timeout: float) -> None:
        self.rows, self.kills, self.timeout = rows, kills, timeout
        self.dice = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="baton-faults-"))
        self.sink = Sink(seed)
        self.done: list[str] = []
        self.restarts = 0
        self.gap = 1.2  # seconds between two kills, on average
        self.programs: list[Program] = []

    def run(self) -> bool:
        self._environment()
        self.servers = start_missing(self.folder)
        try:
            self.sink.start()
            subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True)
            self.programs = programs(self.folder)
            self._keep(3)
            ask(MAKE, rows=self.rows, people=PEOPLE, within=timedelta(seconds=max(20.0, self.kills * self.gap)))
            say(f"{self.rows} reminders fall due; {self.kills} kills to come. Logs are in {self.folder}.")
            self._wait(arrived=1, seconds=60)
            self._rage()
            self._wait(arrived=self.rows, seconds=self.timeout)
            self._keep(3)  # for second copies
            return self._result()
        finally:
            for program in self.programs:
                program.stop()
            self.sink.stop()
            stop_all(self.servers)

    def _environment(self) -> None:
        for name in ("DATABASE_URL", "REDIS_URL", "BATON_URL", "PYTEST_CURRENT_TEST", "DJANGO_SETTINGS_MODULE"):
            os.environ.pop(name, None)
        os.environ |= {
            "BATON_TESTING": "1",
            "BATON_VAR": str(self.folder),
            "SECRET_KEY": "only-for-faults-" + "0" * 50,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "PYTHONPATH": str(ROOT),
            "REDIS_DB": "0",
        }

    def _keep(self, seconds: float) -> None:
        """Whatever is gone is started again, as a supervisor does."""
        until = time.monotonic() + seconds
        while True:
            for one in (*self.servers, *self.programs):
                one.keep()
            if time.monotonic() >= until:
                return
            time.sleep(0.1)

    def _rage(self) -> None:
        """Kill workers at random; a third of the way the broker too, at two thirds the database."""
        restart = {self.kills // 3: Valkey, 2 * self.kills // 3: Postgres}
        while len(self.done) < self.kills:
            self._keep(self.dice.uniform(0.4, 1.6) * self.gap)
            up = [one for one in self.programs if one.is_up and one.name.startswith("worker")]
            if up and (what := self.dice.choice(up).kill(self.dice)):
                self.done.append(what)
                if kind := restart.pop(len(self.done), None):
                    self._restart(kind)

    def _restart(self, kind: type) -> None:
        """The broker dies by ``kill -9`` and comes back empty; the database by an immediate shutdown."""
        (server,) = [one for one in self.servers if isinstance(one, kind)]
        server.process.send_signal(signal.SIGKILL if kind is Valkey else signal.SIGQUIT)
        server.process.wait()
        server.keep()
        self.restarts += 1
        say(f"{server.name} was killed and came back, after {len(self.done)} kills; {len(self.sink.first)} of {self.rows} arrived so far.")

    def _wait(self, *, arrived: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        while len(self.sink.first) < arrived and time.monotonic() < until:
            self._keep(0.5)

    def _result(self) -> bool:
        due = dict(ask(DUE))
        late = sorted(self.sink.first[ref] - float(at) for ref, at in due.items() if ref in self.sink.first)
        lost = max(sum(ref not in self.sink.first for ref in due), ask(LEFT)[0][0])
        doubled = ask(TOLD)[0][0] + sum(len(names) - 1 for names in self.sink.ids.values())
        copies = sum(self.sink.copies.values()) - len(self.sink.copies)
        resent = ask(RESENT)[0][0]
        p99 = late[int(len(late) * 0.99) - 1] if late else float("nan")
        say(f"Sent again because nobody could know: {resent}. Killed: {self.done.count('parent')} whole workers, {self.done.count('child')} children.")
        say(f"lost={lost} doubled={doubled} emails_doubled={copies} kills={len(self.done)} restarts={self.restarts} p99_s={p99:.1f} resent_unknown={resent}")
        good = lost == 0 and doubled == 0 and copies <= resent
        if good:
            shutil.rmtree(self.folder, ignore_errors=True)
        return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=240, help="seconds to wait for the last one after the last kill")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(0 if Campaign(rows=asked.rows, kills=asked.kills, seed=asked.seed, timeout=asked.timeout).run() else 1)


if __name__ == "__main__":
    main()
