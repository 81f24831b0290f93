"""What scripts/bench/shell measures with programs at a terminal: the prompt, the echo of keys, the Tab key."""

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time

# Behind this both programs' prompts go on with a space, and only the line is still to be typed.
PROMPT = b"> "
# What hypo writes when it awaits keys.
READY = b"\x01\x02"
# No command's beginning, so that nothing is looked up; an echo may hold attributes, but these keys unbroken.
KEYS = [b"z", b"q", b"j", b"9", b"8", b"7"]
# What is typed before Tab, what the list must hold, and what is measured.
LINES = [
    ("hypo add order_part_000", "order_part_0009", "ten tables of a beginning"),
    ("hypo add ", "more lines", "all tables"),
    ("hypo add part_00", "order_part_0066", "tables by a word in the middle"),
    ("hypo add order_part_0042(", "ninth_value", "the columns of a table"),
    ("select * from order_part_0042 where ", "ninth_value", "columns in SQL"),
    ("select * from order_part_", "more lines", "tables in SQL"),
]


class Terminal:
    """A program at a terminal, its history and settings in an empty folder."""

    def __init__(self, command, folder, size=(24, 80), **variables):
        environment = dict(os.environ, TERM="xterm-256color", HOME=folder, **variables)
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "PSQLRC", "EDITRC", "INPUTRC", "COLUMNS", "LINES"):
            environment.pop(name, None)
        self.output = b""
        self.begin = time.perf_counter()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
                os.execve(command[0], command, environment)
            finally:
                os._exit(127)

    def wait(self, condition, limit=30):
        """Reads until the output since the last keys satisfies the condition."""
        end = time.perf_counter() + limit
        while not condition(self.output):
            if not select.select([self.descriptor], [], [], max(0, end - time.perf_counter()))[0]:
                sys.exit(f"waited {limit} seconds in vain; the last output: {self.output[-200:]!r}")
            self.output += os.read(self.descriptor, 65536)

    def type(self, keys):
        self.output = b""
        # From before the key: the program may be done before this script runs again.
        self.begin = time.perf_counter()
        os.write(self.descriptor, keys)

    def seconds(self, condition):
        """From the start, or from the last keys, until the condition is satisfied."""
        self.wait(condition)
        return time.perf_counter() - self.begin

    def prompt(self):
        return self.seconds(lambda text: PROMPT in text)

    def echo(self, key):
        self.type(key)
        return self.seconds(lambda text: key in text)

    def leave(self):
        os.kill(self.process, signal.SIGHUP)
        os.close(self.descriptor)
        os.waitpid(self.process, 0)


def prompts_and_echoes(commands, folder, runs):
    """The seconds to the prompt and of echoes by program, echoes at once after the prompt, when most else is done."""
    prompts, echoes = {name: [] for name in commands}, {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            terminal = Terminal(command, folder)
            prompts[name].append(terminal.prompt())
            echoes[name] += [terminal.echo(key) for key in KEYS]
            terminal.leave()
    return prompts, echoes


class Tab:
    """hypo at a terminal, and its Tab key."""

    def __init__(self, command, folder):
        self.terminal = Terminal(command, folder, (40, 100), NO_COLOR="1", HYPO_READINESS_MARK=READY.decode())
        self.terminal.wait(lambda text: READY in text)

    def clear(self):
        """Leaves the line, once the list is there and the line is put back below it."""
        self.terminal.wait(lambda text: READY in text)
        self.terminal.type(b"\x03")
        self.terminal.wait(lambda text: b"^C" in text and READY in text[text.find(b"^C"):])

    def press(self, line, wanted):
        """The seconds from Tab behind a line to the list and the line that is put back below it."""
        tail = line.strip()[-4:].encode()
        self.terminal.type(line.encode())
        self.terminal.wait(lambda text: tail in text)
        self.terminal.type(b"\t")
        end = re.compile(wanted.encode() + b".*" + re.escape(tail), re.DOTALL)
        took = self.terminal.seconds(end.search)
        self.clear()
        return took

    def read(self):
        """The seconds from the prompt until Tab knows the names, which are read in the background."""
        begin = time.perf_counter()
        while True:
            self.terminal.type(b"hypo add order_part_000\t")
            self.terminal.wait(lambda text: b"order_part_0009" in text or b"being read" in text)
            took, found = time.perf_counter() - begin, b"order_part_0009" in self.terminal.output
            self.clear()
            if found:
                return took


def schema(tables):
    """SQL of psql that makes tables of ten columns, each in its own transaction for the locks it takes."""
    words = "first second third fourth fifth sixth seventh eighth ninth".split()
    columns = ", ".join(f"{word}_value {kind}" for word, kind in zip(words, ["text", "integer", "date"] * 3))
    return (
        "SELECT format('CREATE TABLE order_part_%s (id integer PRIMARY KEY, " + columns + ")', "
        f"lpad(n::text, 4, '0')) FROM generate_series(0, {tables - 1}) n \\gexec\n")


def completion(hypo, psql, conninfo, folder, tables, runs):
    """The median seconds of each row, on a database that is made for it and dropped again."""
    database = f"hypo_bench_{os.getpid()}"

    def run(sql, target):
        subprocess.run(
            [psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", target], input=sql, text=True, check=True,
            stdout=subprocess.DEVNULL)

    run(f"CREATE DATABASE {database};", conninfo)
    try:
        target = f"{conninfo} dbname='{database}'"
        run(schema(tables), target)
        tab = Tab([hypo, "shell", "--no-rc", target], folder)
        read = tab.read()
        found = {name: statistics.median(tab.press(line, wanted) for _ in range(runs)) for line, wanted, name in LINES}
        tab.terminal.leave()
        return read, found
    finally:
        run(f"DROP DATABASE {database} WITH (FORCE);", conninfo)
