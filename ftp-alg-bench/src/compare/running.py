"""Processes that are measured: started in a session of their own, watched through /proc, and gone at the end."""
import atexit
import ctypes
import os
import signal
import socket
import ssl
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
_running = []


def _die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Running:
    """One process and all that it starts."""

    def __init__(self, command, log, environment=None, folder=None):
        self.log = log
        with open(log, "ab") as output:
            self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=subprocess.STDOUT, cwd=folder, start_new_session=True,
                                            env={**os.environ, **(environment or {})}, preexec_fn=_die_with_parent)
        _running.append(self)

    def await_greeting(self, host, port, implicit=False, seconds=20, pause=0.1):
        """Returns once an FTP greeting comes from there, under TLS if that is implicit."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                with socket.create_connection((host, port), 1) as connection:
                    connection.settimeout(5)
                    if (_under_tls(connection) if implicit else connection).recv(3) == b"220":
                        return
            except OSError:
                pass
            time.sleep(pause)
        raise RuntimeError(f"does not greet; the end of its log: {self.end_of_log()}")

    def await_file(self, path, seconds=60):
        """Returns once this file is there."""
        end = time.monotonic() + seconds
        while not os.path.exists(path):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"makes no {path}; the end of its log: {self.end_of_log()}")
            time.sleep(0.1)

    def end_of_log(self):
        with open(self.log, errors="replace") as log:
            return log.read()[-600:].strip()

    def pids(self):
        """Returns the process ids of all that is left of it."""
        root, parents, found = self.process.pid, {}, set()
        for pid, fields in _stats():
            parents[pid] = int(fields[1])
            if int(fields[3]) == root:
                found.add(pid)
        grown = True
        while grown:
            grown = {pid for pid, parent in parents.items() if parent in found or parent == root} - found
            found |= grown
        return found | ({root} & parents.keys())

    def cpu_seconds(self):
        """Returns what it used so far, children that ended included."""
        pids = self.pids()
        return sum(int(ticks) for pid, fields in _stats() if pid in pids for ticks in fields[11:15]) / TICKS

    def cpu_times(self):
        """Returns the seconds of user and of system time so far, children that ended included."""
        pids = self.pids()
        ticks = [[int(one) for one in fields[11:15]] for pid, fields in _stats() if pid in pids]
        return sum(one[0] + one[2] for one in ticks) / TICKS, sum(one[1] + one[3] for one in ticks) / TICKS

    def memory(self):
        """Returns (RSS, PSS) in bytes, summed over its processes."""
        rss = pss = 0
        for pid in self.pids():
            try:
                with open(f"/proc/{pid}/smaps_rollup") as rollup:
                    for line in rollup:
                        if line.startswith("Rss:"):
                            rss += int(line.split()[1]) * 1024
                        elif line.startswith("Pss:"):
                            pss += int(line.split()[1]) * 1024
            except OSError:
                pass
        return rss, pss

    def stop(self):
        """Ends it all."""
        pids = self.pids()
        for signal_number, seconds in ((signal.SIGTERM, 3), (signal.SIGKILL, 3)):
            for pid in pids:
                try:
                    os.kill(pid, signal_number)
                except ProcessLookupError:
                    pass
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                self.process.poll()
                pids = {pid for pid in pids if os.path.exists(f"/proc/{pid}") and not _is_zombie(pid)}
                if not pids:
                    break
                time.sleep(0.05)
        self.process.wait()
        if self in _running:
            _running.remove(self)


def _under_tls(connection):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(connection)


def _stats():
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    # What follows the name, which may hold blanks: state, parent, group, session ...
                    yield int(entry), stat.read().rpartition(")")[2].split()
            except OSError:
                pass


def _is_zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@atexit.register
def stop_all():
    """Ends every process that was started and is still there."""
    for running in list(_running):
        running.stop()
