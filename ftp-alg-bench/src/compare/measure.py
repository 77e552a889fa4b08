"""What is measured of one peer, one cell at a time."""
import json
import re
import statistics
import subprocess
import time

import peers as known

GIB = 1 << 30
HANDSHAKES = ("hs1.2-full", "hs1.2-resumed", "hs1.3-full", "hs1.3-resumed")
BUSY = {"busy8": 8, "busy200": 200}
TRANSFERS = {"retr1": ("get", 1), "retr8": ("get", 8), "stor1": ("put", 1), "stor8": ("put", 8)}


class Load:
    """The load generator, aimed at one peer."""

    def __init__(self, program, peer, version=None):
        tls = [f"--tls={version or peer.tls}"] if peer.tls else []
        tls += ["--implicit"] if peer.implicit else []
        self.command = [str(program), *tls, known.CLIENT, peer.host, str(peer.port), peer.login]

    def run(self, *what, seconds=90):
        """Runs it once and returns what it says."""
        try:
            run = subprocess.run([*self.command, *(str(part) for part in what)], capture_output=True, text=True,
                                 timeout=seconds)
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"{what[0]} took more than {seconds} s") from None
        if run.returncode != 0:
            raise RuntimeError(run.stderr.strip() or f"{what[0]} failed")
        return json.loads(run.stdout)


def _of_tls(said):
    """Returns what was agreed on with the client under TLS, and how often data connections resumed its session."""
    return {figure: said[figure] for figure in ("tls", "handshakes", "resumed") if figure in said}


def warm_up(peer, program):
    """Gives it something of everything to do until its warm-up time is over."""
    load, end = Load(program, peer), time.monotonic() + peer.warm_up
    while True:
        load.run("sessions", 8, min(1.5, max(0.1, peer.warm_up / 6)), 1024)
        for direction in ("get", "put"):
            load.run("transfer", direction, 4, (8 << 20) if peer.forks else (48 << 20))
        load.run("noop", min(0.3, peer.warm_up / 20))
        if time.monotonic() >= end:
            return


def transfer(peer, running, program, case, total):
    """Moves the bytes once; throughput, and the proxy's CPU seconds for each GiB."""
    direction, streams = TRANSFERS[case]
    before = running.cpu_seconds() if running else 0
    said = Load(program, peer).run("transfer", direction, streams, total // streams)
    cell = {"gib_per_s": said["bytes"] / GIB / said["seconds"], **_of_tls(said)}
    if running:
        time.sleep(0.05)
        cell["cpu_s_per_gib"] = (running.cpu_seconds() - before) / (said["bytes"] / GIB)
    return cell


def sessions(peer, running, program, clients, seconds):
    """Whole sessions, one after the other in each client."""
    before = running.cpu_seconds() if running else 0
    said = Load(program, peer).run("sessions", clients, seconds, 1024)
    cell = {"per_s": said["sessions"] / said["seconds"], "p50_ms": said["p50"] * 1e3, "p99_ms": said["p99"] * 1e3,
            "failed": said["failed"], **({"failure": said["failure"]} if said["failed"] else {}), **_of_tls(said)}
    if running:
        time.sleep(0.05)
        cell["cpu_us"] = (running.cpu_seconds() - before) / max(1, said["sessions"]) * 1e6
    return cell


def first_minute(peer, start, program, clients, seconds):
    """
    Starts it and gives it sessions at once: how many there are in each second, when it has its steady rate, which is that of
    the last quarter, and what it takes then. Returns the cell.
    """
    began = time.monotonic()
    running = start()
    ready, load, rates, steady = time.monotonic() - began, Load(program, peer), [], None
    try:
        first = time.monotonic()
        while time.monotonic() - first < seconds:
            if steady is None and time.monotonic() - first >= seconds * 3 / 4:
                steady = (len(rates), running.cpu_times())
            said = load.run("sessions", clients, 1, 1024)
            if said["failed"]:
                raise RuntimeError(f"{said['failed']} sessions failed: {said['failure']}")
            rates.append({"at": time.monotonic() - first, "sessions": said["sessions"],
                          "per_s": said["sessions"] / said["seconds"]})
        at, before = steady
        last = rates[at:]
        rate, count = statistics.median(one["per_s"] for one in last), sum(one["sessions"] for one in last)
        user, system = (after - earlier for after, earlier in zip(running.cpu_times(), before))
        return {"ready_s": ready, "rates": [(round(one["at"], 2), round(one["per_s"])) for one in rates], "steady_per_s": rate,
                "early": statistics.mean(one["per_s"] for one in rates[:2]) / rate,
                "soon": statistics.mean(one["per_s"] for one in rates[2:4]) / rate,
                "until_steady_s": next(one["at"] for one in rates if one["per_s"] >= 0.9 * rate),
                "user_us": user / count * 1e6, "system_us": system / count * 1e6, "rss_mib": running.memory()[0] / (1 << 20)}
    finally:
        running.stop()


def handshakes(peer, running, program, case, clients, seconds):
    """TLS up to the greeting, again and again; case is such as hs1.3-full."""
    version, how = case.removeprefix("hs").split("-")
    before = running.cpu_seconds()
    said = Load(program, peer, version).run("handshakes", how, clients, seconds)
    time.sleep(0.05)
    return {"per_s": said["sessions"] / said["seconds"], "failed": said["failed"], **_of_tls(said),
            "cpu_us": (running.cpu_seconds() - before) / max(1, said["sessions"]) * 1e6}


def busy(peer, running, program, streams, seconds):
    """Round trips of NOOP on one session, and how even downloads are, while so many of them run."""
    before = running.cpu_seconds() if running else 0
    with subprocess.Popen([*Load(program, peer).command, "fair", str(streams), str(seconds + 1)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as downloads:
        time.sleep(0.7)
        quick = noop(peer, program, seconds, 5)
        output, error = downloads.communicate(timeout=seconds + 30)
    if downloads.returncode != 0:
        raise RuntimeError(error.strip() or "the downloads failed")
    said = json.loads(output)
    cell = {**quick, "jain": said["jain"], "gib_per_s": said["bytes"] / GIB / said["seconds"]}
    if running:
        cell["cpu_s_per_gib"] = (running.cpu_seconds() - before) / (said["bytes"] / GIB)
    return cell


def noop(peer, program, seconds, pace=0):
    """Round trips of NOOP on one session, one after the other, or one each so many milliseconds."""
    said = Load(program, peer).run("noop", seconds, pace)
    return {"p50_us": said["p50"] * 1e6, "p99_us": said["p99"] * 1e6}


def idle(peer, running, program, count):
    """
    Memory for each of so many sessions that have logged in and wait. Of a JVM also what is left of that after it has
    collected its garbage, before and after.
    """
    heap_before = _live_heap(peer, running)
    time.sleep(0.5)
    rss_before, pss_before = running.memory()
    command = [*Load(program, peer).command, "idle", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as clients:
        try:
            line = clients.stdout.readline()
            if not line:
                raise RuntimeError(clients.stderr.read().strip())
            time.sleep(1)
            rss, pss = running.memory()
            heap = _live_heap(peer, running)
            time.sleep(0.5)
            rss_collected = running.memory()[0]
        finally:
            clients.stdin.close()
            clients.wait(20)
    cell = {"count": count, "rss": rss, "pss": pss, "rss_before": rss_before, "pss_before": pss_before}
    if heap is not None and heap_before is not None:
        cell.update(heap=heap, heap_before=heap_before, collected=rss_collected, collected_before=rss_before)
    return cell


def _live_heap(peer, running):
    if not isinstance(peer, known.Gateway):
        return None
    jcmd = re.sub("java$", "jcmd", peer.binary)
    try:
        said = subprocess.run([jcmd, str(running.process.pid), "GC.class_histogram"], capture_output=True, text=True,
                              timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    total = re.search(r"^Total\s+\d+\s+(\d+)", said, re.MULTILINE)
    return int(total.group(1)) if total else None
