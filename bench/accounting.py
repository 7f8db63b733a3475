"""What the operating system says that processes cost: CPU seconds, and memory."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """``pid`` and every process below it."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (facts := stat_of(int(place.name))):
            children.setdefault(int(facts[1]), []).append(int(place.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def stat_of(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, of all below it, and of those below it that have ended."""
    ticks = 0
    for each in descendants(pid):
        if facts := stat_of(each):
            ticks += sum(int(part) for part in facts[11:15])
    return ticks / TICKS


def memory_of(pid: int) -> dict[str, float]:
    """MB of each process below ``pid``, by its short name: PSS, so that what is shared is counted once."""
    found: dict[str, float] = {}
    for each in descendants(pid):
        try:
            name = Path(f"/proc/{each}/comm").read_text().strip()
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
        found[name] = found.get(name, 0.0) + kilobytes / 1024
    return found


def most_memory_of(pid: int) -> float:
    """The most MB that a process held at once until now; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def load_average() -> float:
    return os.getloadavg()[0]
