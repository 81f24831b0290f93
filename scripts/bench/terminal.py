#!/usr/bin/env python3
"""Measures the Tab key of hypo on a schema of many tables: the time from the key to the whole list.

Makes a database with the tables on the server of TARGET, drives the real program on a pseudo-terminal and
drops the database again. Every figure is the median of several presses, each on a line of its own.
The names are read in the background: the first figure is the time from the prompt until Tab knows them.

The exit status is 0 whether or not the targets are met: a machine's speed is no test.
"""

import argparse
import importlib.machinery
import importlib.util
import json
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
import fcntl

FOLDER = os.path.dirname(os.path.abspath(__file__))
DATABASE = "hypo_bench_completion"
READY = b"\x01\x02"
TARGET = 0.050
# What is typed, what the list must hold, and what is measured.
LINES = [
    ("hypo add order_part_000", "order_part_0009", "ten tables of a beginning"),
    ("hypo add ", "more lines", "all tables"),
    ("hypo add part_00", "order_part_0066", "tables by a word in the middle"),
    ("hypo add order_part_0042(", "ninth_value", "the columns of a table"),
    ("select * from order_part_0042 where ", "ninth_value", "columns in SQL"),
    ("select * from order_part_", "more lines", "tables in SQL"),
]


def shared():
    """What the other bench script has: the release binary, psql and the sandbox's conninfo."""
    loader = importlib.machinery.SourceFileLoader("shell", os.path.join(FOLDER, "shell"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("shell", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench/completion", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "target", nargs="?", default="sandbox", metavar="TARGET",
        help="conninfo of a server on which a database may be made (default: the sandbox, started when needed)")
    parser.add_argument("--hypo", metavar="PATH", help="a release binary (default: builds one)")
    parser.add_argument("--psql", metavar="PATH", help="the real psql (default: the newest one installed)")
    parser.add_argument("--tables", type=int, default=5000, metavar="N", help="tables of ten columns (default: 5000)")
    parser.add_argument("--runs", type=int, default=9, metavar="N", help="presses for each figure (default: 9)")
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


def schema(tables):
    words = "first second third fourth fifth sixth seventh eighth ninth".split()
    columns = ", ".join(f"{word}_value {kind}" for word, kind in zip(words, ["text", "integer", "date"] * 3))
    # Each table takes locks until its transaction's end: a few hundred at a time.
    return (
        "SELECT format('CREATE TABLE order_part_%s (id integer PRIMARY KEY, " + columns + ")', "
        f"lpad(n::text, 4, '0')) FROM generate_series(0, {tables - 1}) n \\gexec\n")


class Shell:
    """hypo on a pseudo-terminal."""

    def __init__(self, hypo, conninfo):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            environment = dict(os.environ, TERM="xterm", LANG="C.UTF-8", NO_COLOR="1", XDG_STATE_HOME="/nonexistent",
                               HYPO_READINESS_MARK=READY.decode())
            os.execve(hypo, [hypo, "shell", "--no-rc", conninfo], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.output = b""
        self.wait(lambda text: READY in text)

    def wait(self, condition, limit=30):
        """Reads until the output since the last call satisfies the condition; the time that took."""
        begin = time.perf_counter()
        while not condition(self.output):
            left = limit - (time.perf_counter() - begin)
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                sys.exit(f"waited in vain; the last output: {self.output[-500:]!r}")
            self.output += os.read(self.terminal, 65536)
        return time.perf_counter() - begin

    def type(self, text):
        self.output = b""
        os.write(self.terminal, text.encode())

    def clear(self):
        """Leaves the line, once the list is there and the line is put back below it."""
        self.wait(lambda text: READY in text)
        self.type("\x03")
        self.wait(lambda text: READY in text[max(text.find(b"^C"), 0):] and b"^C" in text)

    def press(self, line, wanted):
        """Types a line and presses Tab: the seconds to the list and the prompt below it."""
        self.type(line)
        tail = line.strip()[-4:].encode()
        self.wait(lambda text: tail in text)
        # From before the key: hypo may be done before this script runs again.
        begin = time.perf_counter()
        self.type("\t")
        # A list ends with the line put back below it.
        self.wait(lambda text: re.search(wanted.encode() + b".*" + re.escape(tail), text, re.DOTALL))
        took = time.perf_counter() - begin
        self.clear()
        return took

    def warm(self):
        """The seconds until Tab knows the names."""
        begin = time.perf_counter()
        while True:
            self.type("hypo add order_part_000\t")
            self.wait(lambda text: b"order_part_0009" in text or b"being read" in text)
            found = b"order_part_0009" in self.output
            took = time.perf_counter() - begin
            self.clear()
            if found:
                return took

    def memory(self):
        with open(f"/proc/{self.child}/status") as status:
            return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) * 1024

    def end(self):
        self.type("\x04")
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def measure(hypo, conninfo, runs):
    shell = Shell(hypo, conninfo)
    found = [{"name": "names read after the prompt", "seconds": shell.warm(), "target": None}]
    for line, wanted, name in LINES:
        times = [shell.press(line, wanted) for _ in range(runs)]
        found.append({"name": name, "seconds": statistics.median(times), "worst": max(times), "target": TARGET})
    memory = shell.memory()
    shell.end()
    return found, memory


def show(found, memory, hypo, tables, runs, seconds):
    print(f"hypo  {hypo}\n{tables:,} tables, {tables * 10:,} columns; medians of {runs} presses\n")
    for row in found:
        target = f"< {seconds(row['target'])}  {'met' if row['seconds'] < row['target'] else 'MISSED'}" if row["target"] else ""
        print(f"{row['name']:34}{seconds(row['seconds']):>10}   {target}")
    print(f"{'peak memory':34}{memory / 2**20:>7.1f} MB")


def main():
    options = arguments()
    bench = shared()
    hypo = os.path.abspath(options.hypo) if options.hypo else bench.built()
    psql = os.path.abspath(options.psql) if options.psql else bench.real_psql()
    conninfo = bench.sandbox(hypo) if options.target == "sandbox" else options.target

    def run(sql, database=None):
        target = conninfo + (f" dbname='{database}'" if database else "")
        subprocess.run(
            [psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", target], input=sql, text=True, check=True,
            stdout=subprocess.DEVNULL)

    run(f"DROP DATABASE IF EXISTS {DATABASE};\nCREATE DATABASE {DATABASE};")
    try:
        run(schema(options.tables), DATABASE)
        found, memory = measure(hypo, f"{conninfo} dbname='{DATABASE}'", options.runs)
    finally:
        run(f"DROP DATABASE {DATABASE} WITH (FORCE);")
    show(found, memory, hypo, options.tables, options.runs, bench.seconds)
    if options.json:
        bench.write(options.json, [json.dumps({"rows": found, "memory": memory}, indent=1)])


if __name__ == "__main__":
    main()
