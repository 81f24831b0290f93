"""Times programs beside each other, and tells the figures."""

import glob
import json
import os
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def built():
    """The release binary of this checkout."""
    build = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "hypo", "--package-path", ROOT]
    subprocess.run(build, check=True, stdout=sys.stderr)
    shown = subprocess.run(build + ["--show-bin-path"], check=True, capture_output=True, text=True)
    return os.path.join(shown.stdout.strip(), "hypo")


def real_psql():
    """The newest server version's psql; pg_config knows where it is on systems other than Debian."""
    found = glob.glob("/usr/lib/postgresql/*/bin/psql")
    if found:
        return max(found, key=lambda path: float(path.split("/")[4]))
    folder = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True)
    return os.path.join(folder.stdout.strip(), "psql")


def sandbox(hypo):
    """The sandbox's conninfo for psql; asking for it starts the sandbox."""
    question = (
        "SELECT btrim(split_part(current_setting('unix_socket_directories'), ',', 1), '\"') AS host, "
        "current_setting('port') AS port, current_database() AS dbname, current_user AS user;")
    shown = subprocess.run(
        [hypo, "shell", "--format", "json", "-c", question, "sandbox"], check=True, capture_output=True, text=True)
    row = json.loads(shown.stdout)["rows"][0]
    return " ".join(f"{key}='{value}'" for key, value in row.items())


class Program:
    """One command line that ends with a status, its times in seconds and its highest memory in bytes."""

    def __init__(self, command, output, status=0):
        self.command, self.output, self.status = command, output, status
        self.times, self.memory = [], 0

    def run(self):
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, self.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, self.output + ".errors", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        ]
        begin = time.perf_counter()
        child = os.posix_spawn(self.command[0], self.command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        self.times.append(time.perf_counter() - begin)
        # Linux counts the memory of the process before exec, too: never less than this script's own.
        self.memory = max(self.memory, usage.ru_maxrss * 1024)
        if os.waitstatus_to_exitcode(status) != self.status:
            with open(self.output + ".errors") as errors:
                sys.exit(f"{' '.join(self.command)}\n{errors.read()}")

    @property
    def median(self):
        return statistics.median(self.times)


def pair(name, target, psql, hypo, runs):
    """Runs both in turn and returns the measurement."""
    for _ in range(runs):
        psql.run()
        hypo.run()
    return {
        "name": name, "psql": psql.median, "hypo": hypo.median, "ratio": hypo.median / psql.median,
        "target": target, "met": hypo.median <= target * psql.median, "memory": hypo.memory}


def write(path, lines):
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return path


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def print_rows(found):
    print(f"{'':34}{'psql':>10}{'hypo':>10}{'ratio':>8}{'target':>12}")
    for row in found:
        line = f"{row['name']:34}{seconds(row['psql']) if 'psql' in row else '':>10}{seconds(row['hypo']):>10}"
        line += f"{row['ratio']:>7.2f}x" if "ratio" in row else f"{'':8}"
        if "met" in row:
            target = f"{row['target']:g}x" if "target" in row else seconds(row["limit"])
            line += f"{'<= ' + target:>12}  {'met' if row['met'] else 'MISSED'}"
        print(line.rstrip())
