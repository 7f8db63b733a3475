"""One line a record, in UTC. With LOG_JSON=1 each line is a JSON object for a log collector."""

import json
import logging
import re
import time
from datetime import UTC, datetime

# Addresses that open something to whoever has them: Django logs the path of each request that it refuses.
SECRET_ADDRESS = re.compile(r"(/(?:wall|feeds|evidence/for|invitations|password/reset/key)/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Takes the secret out of every address in a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/" in message and (told := SECRET_ADDRESS.sub(r"\1…", message)) != message:
            record.msg, record.args = told, ()
        return True


class Line(logging.Formatter):
    converter = time.gmtime


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def logging_settings(*, level: str, as_json: bool, requests: bool) -> dict[str, object]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": Line, "format": "%(asctime)sZ %(levelname)s %(name)s: %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S"},
            "json": {"()": JsonLine},
        },
        "filters": {"without secrets": {"()": WithoutSecrets}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "line", "filters": ["without secrets"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "celery": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "django.server": {"handlers": [], "propagate": True},
            "django": {"handlers": [], "propagate": True},
            "baton.request": {"level": "INFO" if requests else "WARNING"},
            "gunicorn.error": {"level": "WARNING"},
        },
    }
