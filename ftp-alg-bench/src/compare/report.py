"""The page about what was measured: tables, goals and plots, all from the JSON of one run."""
import statistics

import plot

CASES = {"retr1": "RETR, 1 stream", "retr8": "RETR, 8 streams", "stor1": "STOR, 1 stream", "stor8": "STOR, 8 streams"}
TLS_DIRECT = "tls-direct"
HAPROXY = ("haproxy", "haproxy-forced")
KIB = 1024


class Result:
    """What was measured, by peer, case and figure."""

    def __init__(self, data):
        self.data = data
        self.cases = [case for case in CASES if any(cell["case"] == case for cell in data["cells"])]
        self.peers = {peer["name"]: peer for peer in data["peers"]}

    def all_cases(self):
        return sorted({cell["case"] for cell in self.data["cells"]}, key=len)

    def values(self, peer, case, figure):
        return [cell[figure] for cell in self.data["cells"]
                if cell["peer"] == peer and cell["case"] == case and figure in cell]

    def spread(self, peer, case, figure):
        """Returns (least, median, most), or None where nothing was measured."""
        values = self.values(peer, case, figure)
        return (min(values), statistics.median(values), max(values)) if values else None

    def median(self, peer, case, figure):
        spread = self.spread(peer, case, figure)
        return spread[1] if spread else None

    def idle(self, peer, count):
        return next((c for c in self.data["idle"] if c["peer"] == peer and c["count"] == count), None)

    def measured(self):
        return [name for name in self.peers if any(cell["peer"] == name for cell in self.data["cells"])]

    def proxies(self):
        return [name for name in self.measured() if name != "direct"]

    def ours(self):
        return [name for name in self.measured() if is_ours(name)]


def is_ours(name):
    return name.removeprefix("term-").startswith("ftp-alg")


def is_rsa(name):
    return name.endswith("-rsa")


def one_line(label, cell):
    return f"{label:32}" + "  ".join(f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
                                     for name, value in cell.items())


def per_session(cell, figure):
    """Returns the growth for each idle session in KiB."""
    return (cell[figure] - cell[figure + "_before"]) / cell["count"] / KIB if figure in cell else None


def one_line_idle(label, cell):
    return f"{label:32}" + "  ".join(f"{figure} {per_session(cell, figure):.1f} KiB" for figure in ("rss", "pss", "collected", "heap")
                                     if figure in cell)


def complete(data):
    """Tells whether in each part every peer has every cell; under TLS, those that any peer has."""
    parts = []
    if "cells" in data:
        result = Result(data)
        parts += [(result, peer, case, figure) for peer in result.peers for case, figure in
                  [*((case, "gib_per_s") for case in CASES), ("sessions", "per_s"), ("noop", "p50_us")]]
    for name in ("tls", "termination", "policy"):
        if name in data:
            part = Result(data[name])
            parts += [(part, peer, case, "gib_per_s") for peer in part.peers if not is_rsa(peer) for case in part.cases]
    if "busy" in data:
        busy = Result(data["busy"])
        parts += [(busy, peer, case, "jain") for peer in busy.peers for case in busy.all_cases()]
    if "start" in data:
        start = Result(data["start"])
        parts += [(start, peer, "start", "steady_per_s") for peer in start.peers]
    return bool(parts) and all(result.spread(peer, case, figure) for result, peer, case, figure in parts)


def write(data, folder):
    """Writes the page, its plots, and the data that both were made from. Either part may be missing."""
    import json
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "performance.json").write_text(json.dumps(data, indent=1) + "\n")
    result = Result(data) if "cells" in data else None
    tls = Result(data["tls"]) if "tls" in data else None
    others = {name: Result(data[name]) for name in ("termination", "busy", "start", "policy") if name in data}
    (folder / "performance.md").write_text(_page(result, tls, others, data.get("jmh")))
    if result:
        _plots(result, folder, "performance", "", result.proxies(), is_ours)
    if "start" in others:
        (folder / "performance-start.svg").write_text(_start_plot(others["start"]))
    if tls:
        _plots(tls, folder, "performance-tls", " under TLS",
               [peer for peer in tls.measured() if peer != TLS_DIRECT], lambda peer: peer != TLS_DIRECT)


def _plots(result, folder, prefix, what, proxies, marked):
    for name, title, figure, least_is_best in (
            ("throughput", f"Throughput{what}, GiB/s", "gib_per_s", False),
            ("cpu", f"CPU of the proxy{what}, seconds per GiB", "cpu_s_per_gib", True)):
        names = proxies if least_is_best else result.measured()
        panels = [(CASES[case], [(result.peers[peer]["label"], marked(peer), result.spread(peer, case, figure))
                                 for peer in names]) for case in result.cases]
        subtitle = ("less" if least_is_best else "more") + " is better; bars are medians, whiskers least and most, of " \
            + f"{_rounds(result)} rounds, {result.data['date'][:10]}"
        (folder / f"{prefix}-{name}.svg").write_text(plot.bars(title, subtitle, panels))


def _rounds(result):
    return max((cell["round"] for cell in result.data["cells"]), default=0)


def _rounds_of(result):
    count = _rounds(result)
    return "1 round" if count == 1 else f"{count} rounds"


def _table(head, rows, align="---:"):
    lines = ["| " + " | ".join(head) + " |", "|---" + f"|{align}" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def _cell(spread, digits):
    if not spread:
        return "-"
    least, median, most = spread
    return f"**{median:.{digits}f}** ({least:.{digits}f}-{most:.{digits}f})"


def _label(result, peer):
    label = result.peers[peer]["label"]
    return f"**{label}**" if is_ours(peer) else label


def _transfers(result, figure, names):
    return _table(["", *CASES.values()],
                  [[_label(result, peer), *(_cell(result.spread(peer, case, figure), 2) for case in CASES)]
                   for peer in names])


def _sessions(result):
    direct = result.median("direct", "noop", "p50_us")
    rows = []
    for peer in result.measured():
        noop = result.median(peer, "noop", "p50_us")
        added = f"{noop - direct:.0f}" if noop and direct and peer != "direct" else "-"
        rows.append([_label(result, peer), *(_cell(result.spread(peer, "sessions", figure), digits) for figure, digits in
                                             (("per_s", 0), ("p50_ms", 2), ("p99_ms", 2), ("cpu_us", 0))),
                     _cell(result.spread(peer, "noop", "p50_us"), 0), added])
    return _table(["", "sessions/s", "p50, ms", "p99, ms", "CPU of the proxy for each, us", "NOOP p50, us", "added, us"],
                  rows)


def _idle(result):
    counts = sorted({cell["count"] for cell in result.data["idle"]})
    rows = []
    for peer in result.proxies():
        row = [_label(result, peer)]
        for count in counts:
            cell = result.idle(peer, count)
            row += [f"{per_session(cell, figure):.1f}" if cell and figure in cell else "-"
                    for figure in ("rss", "pss", "collected", "heap")]
            row.append(f"{cell['rss'] / 2**20:.0f}" if cell else "-")
        rows.append(row)
    head = [text for count in counts for text in (f"{count:,}: RSS", "PSS", "RSS collected", "live heap",
                                                  "RSS in all, MiB")]
    return _table(["", *head], rows)


def _best(result, names, case, figure, choose=max):
    values = [result.median(name, case, figure) for name in names]
    return choose([value for value in values if value], default=None)


def _goal(rows, what, ratio, goal, at_least):
    if ratio is not None:
        met = ratio >= goal if at_least else ratio <= goal
        digits = 1 if goal > 5 else 2
        rows.append([what, f"{'>=' if at_least else '<='} {goal:g}", f"{ratio:.{digits}f}", "met" if met else "**missed**"])


def _ratio(a, b):
    return a / b if a and b else None


def _goals(result, peer):
    """The goals of the project, as ratios within the run; HAProxy is the better of its two ways to splice."""
    rows = []
    newest = peer == "ftp-alg-package" or int("".join(c for c in peer.rpartition("jdk")[2] if c.isdigit()) or 0) >= 22
    for case, label in CASES.items():
        _goal(rows, f"{label}: throughput, HAProxy with splice = 1", _ratio(
            result.median(peer, case, "gib_per_s"), _best(result, HAPROXY, case, "gib_per_s")),
              1.2 if case.endswith("1") else 1.1, True)
    for case, label in CASES.items():
        _goal(rows, f"{label}: CPU per GiB, HAProxy with splice = 1", _ratio(
            result.median(peer, case, "cpu_s_per_gib"), _best(result, HAPROXY, case, "cpu_s_per_gib", min)),
              0.8 if newest else 1.0, False)
    rate = result.median(peer, "sessions", "per_s")
    _goal(rows, "sessions per second, Squid = 1", _ratio(rate, result.median("squid", "sessions", "per_s")), 1.8, True)
    _goal(rows, "sessions per second, HAProxy = 1", _ratio(rate, _best(result, HAPROXY, "sessions", "per_s")), 1.0, True)
    noop, direct = result.median(peer, "noop", "p50_us"), result.median("direct", "noop", "p50_us")
    if noop and direct:
        _goal(rows, "NOOP round trip added over direct, p50, us", noop - direct, 25, False)
    counts = [cell["count"] for cell in result.data["idle"] if cell["peer"] == peer]
    if counts:
        cell = result.idle(peer, max(counts))
        _goal(rows, f"one idle session at {max(counts):,}, RSS, KiB", per_session(cell, "rss"), 8, False)
    return _table(["", "goal", "measured", ""], rows) if rows else "Nothing to compare with was measured.\n"


def _noise(result):
    spreads = [result.spread(peer, case, figure) for peer in result.measured()
               for case, figure in [*((case, "gib_per_s") for case in result.all_cases()), ("sessions", "per_s"), ("start", "steady_per_s")]]
    widths = [(most - least) / median for least, median, most in filter(None, spreads) if median]
    return f"{statistics.median(widths):.0%} of the median in the middle cell, {max(widths):.0%} in the worst" if widths \
        else "not known"


def _page(result, tls, others, jmh):
    first = result or tls or next(iter(others.values()), None)
    policy = others.get("policy")
    parts = [_head(first)] if first else ["# Performance\n"]
    if result:
        parts += _clear(result)
    if tls:
        parts += _under_tls(tls)
    if "termination" in others:
        parts += _termination(others["termination"])
    if "busy" in others:
        parts += _busy(others["busy"])
    if "start" in others:
        parts += _from_start(others["start"])
    if policy:
        parts += _with_policy(policy)
    if jmh:
        parts += _decisions(jmh)
    if result:
        parts += _who(result)
    named = {"": result, "TLS: ": tls, **{f"{name.capitalize()}: ": of for name, of in others.items()}}
    problems = [(part, of, problem) for part, of in named.items() if of for problem in of.data["problems"]]
    if problems:
        parts.append("\n## Problems\n\n" + "".join(
            f"- {part}{of.peers[problem['peer']]['label']}, {problem['what']}: "
            f"{problem['error'].splitlines()[0]}\n" for part, of, problem in problems))
    return "".join(parts)


def _head(result):
    data, machine = result.data, result.data["machine"]
    return f"""# Performance

<!-- Written by `ftp-alg-bench/compare --report docs/performance.json`: change that, not this page. -->

What this gateway costs, beside others that can stand in the same place, measured in one run on one machine:

    ftp-alg-bench/compare --install    # fetches the peers from Debian, without installing them
    ftp-alg-bench/compare              # measures; about an hour
    ftp-alg-bench/compare --report ftp-alg-bench/target/compare/TIME.json

| | |
|---|---|
| date | {data['date']} |
| machine | {machine['cores']} x {machine['cpu']}, {machine['memory_gib']} GiB, all on loopback |
| kernel | Linux {machine['kernel']} |
| run | {_rounds(result)} rounds, interleaved; {data.get('minutes', '?')} minutes; load average {machine['load_before']:.1f} before |
| noise | least to most of the rounds: {_noise(result)} |

Client, server and proxy share these cores, so read ratios, not figures. Bold is the median of the rounds, in brackets the
least and the most. Each JVM has {data['options']['warm_up']:g} s of load before it counts.
"""


def _clear(result):
    data, options = result.data, result.data["options"]
    parts = [f"""
## Throughput

GiB/s through the data connection, {options['gib']:g} GiB in all, after log-in.

![Throughput by peer](performance-throughput.svg)

""", _transfers(result, "gib_per_s", result.measured()), """
## CPU

Seconds of user and system time of all processes of the proxy for each GiB.

![CPU by peer](performance-cpu.svg)

""", _transfers(result, "cpu_s_per_gib", result.proxies()), f"""
## Sessions

Whole sessions (connect, log in, PASV, RETR of 1 KiB, QUIT), {options['clients']} at a time; and the round trip of a NOOP.

""", _sessions(result)]
    if data["idle"]:
        parts += ["""
## Idle sessions

Growth of memory in KiB for each session that has logged in and waits, in a process that has served others before. The
memory of a JVM holds the garbage of the log-ins too; "collected" is what it keeps after a full collection.

""", _idle(result)]
    for peer in result.ours():
        parts += [f"\n## Goals: {result.peers[peer]['label']}\n\n", _goals(result, peer)]
    return parts


def _under_tls(tls):
    """The gateway under TLS: each way beside TLS from the client to the server."""
    data, options = tls.data, tls.data["options"]
    gateways = [peer for peer in tls.measured() if peer != TLS_DIRECT]
    handshakes, resumed = (sum(cell.get(figure, 0) for cell in data["cells"]) for figure in ("handshakes", "resumed"))
    agreed = sorted({cell["tls"] for cell in data["cells"] if "tls" in cell})
    load = data["machine"]["load_before"]
    towards_server = options["server_options"] if "--upstream-tls-max" in options["server_options"] \
        else "TLS 1.2, the gateway's default"
    java = next((tls.peers[peer]["version"].partition(",")[0] for peer in gateways), "")
    parts = [f"""
## TLS

Measured as the rest, in a part of its own: explicit FTPS with PROT P and AES-128-GCM, client and server by OpenSSL, data
connections resumed. "TLS - clear" is TLS with the client and none with the server, by the engine that is named.

| | |
|---|---|
| run | {data['date']}, {_rounds(tls)} rounds, {data.get('minutes', '?')} minutes; load average {load:.1f} before |
| gateway | {java} |
| with the client | {', '.join(agreed)}; {resumed:,} of {handshakes:,} data connections resumed |
| with the server | {towards_server}; "direct" as with the client |
| noise | least to most of the rounds: {_noise(tls)} |

"Of direct" is the ratio to TLS from the client to the server without a proxy.

GiB/s through the data connection, {options['gib']:g} GiB in all:

![Throughput under TLS](performance-tls-throughput.svg)

""", _tls_throughput(tls), """
Seconds of CPU of the proxy for each GiB:

![CPU under TLS](performance-tls-cpu.svg)

""", _table(["", *(CASES[case] for case in tls.cases)],
            [[tls.peers[peer]["label"], *(_cell(tls.spread(peer, case, "cpu_s_per_gib"), 2) for case in tls.cases)]
             for peer in gateways])]
    if any(tls.spread(peer, "sessions", "per_s") for peer in tls.measured()):
        parts += [f"""
Whole sessions, {options['clients']} at a time: where there is TLS, a full handshake on the control connection and a
resumed one for the RETR of 1 KiB.

""", _tls_sessions(tls)]
    return parts


HANDSHAKES = {"hs1.2-full": "TLS 1.2, full", "hs1.2-resumed": "resumed", "hs1.3-full": "TLS 1.3, full", "hs1.3-resumed": "resumed"}


def _run_of(part):
    data = part.data
    return f"""| | |
|---|---|
| run | {data['date']}, {_rounds_of(part)}, {data.get('minutes', '?')} minutes; load average {data['machine']['load_before']:.1f} before |
| noise | least to most of the rounds: {_noise(part)} |
"""


def _versions(part, peers):
    return "| | version |\n|---|---|\n" + "".join(
        f"| {part.peers[peer]['label']} | {part.peers[peer]['version'] or '-'} |\n" for peer in peers)


def _termination(part):
    """The gateway beside others that end TLS of the client."""
    peers = [peer for peer in part.measured() if not is_rsa(peer)]
    handshakes = [case for case in HANDSHAKES if case in part.all_cases()]
    resumed = {}
    for cell in part.data["cells"]:
        if "handshakes" in cell and not cell["case"].startswith("hs"):
            done, again = resumed.get(cell["peer"], (0, 0))
            resumed[cell["peer"]] = (done + cell["handshakes"], again + cell["resumed"])
    rows = [[_label(part, peer), *(_cell(part.spread(peer, case, "gib_per_s"), 2) for case in part.cases)] for peer in peers]
    cpu = [[_label(part, peer), *(_cell(part.spread(peer, case, "cpu_s_per_gib"), 2) for case in part.cases)] for peer in peers]
    sessions = [[_label(part, peer), *(_cell(part.spread(peer, "sessions", figure), digits) for figure, digits in (
        ("per_s", 0), ("p50_ms", 2), ("p99_ms", 2), ("cpu_us", 0))),
        "{1:,} of {0:,}".format(*resumed.get(peer, (0, 0)))] for peer in peers]
    speed = [[_label(part, peer), *(_cell(part.spread(peer, case, "per_s"), 0) for case in handshakes)]
             for peer in part.measured()]
    time = [[_label(part, peer), *(_cell(part.spread(peer, case, "cpu_us"), 0) for case in handshakes)]
            for peer in part.measured()]
    head = ["", *(CASES[case] for case in part.cases)]
    return [f"""
## TLS that ends at the proxy

Implicit TLS with the client, by AES-128-GCM and a certificate of ECDSA (P-256), and none with the server, beside others that can do that. HAProxy,
nginx and stunnel know no FTP: they end TLS on the control port and on all data ports of the server.

{_run_of(part)}
GiB/s through the data connection, {part.data['options']['gib']:g} GiB in all:

""", _table(head, rows), """
Seconds of CPU of the proxy for each GiB:

""", _table(head, cpu), """
Whole sessions: a full handshake on the control connection, one for the RETR of 1 KiB, resumed where the proxy can.

""", _table(["", "sessions/s", "p50, ms", "p99, ms", "CPU of the proxy for each, us", "data connections resumed"], sessions), """
Handshakes a second: connect, TLS, greeting of the server, close; RSA has 2,048 bits.

""", _table(["", *(HANDSHAKES[case] for case in handshakes)], speed), """
CPU of the proxy for each, us:

""", _table(["", *(HANDSHAKES[case] for case in handshakes)], time), "\n", _versions(part, peers)]


def _busy(part):
    """Round trips and fairness while others download."""
    cases = {case: f"{case.removeprefix('busy')} streams" for case in part.all_cases()}
    figures = (("p50_us", "NOOP p50, us", 0), ("p99_us", "p99, us", 0), ("jain", "Jain's index", 3), ("gib_per_s", "GiB/s", 2))
    return [f"""
## While others download

The round trip of a NOOP on one session, each 5 ms, while downloads run without end through the same proxy; Jain's index of the bytes that each of them got (1: all
got the same). The server answers commands before it sends data, so that the delay is the proxy's; load generator and server are one thread each, and
share the cores with it.

{_run_of(part)}
""", _table(["", *(f"{text}: {name}" if not place else name for text in cases.values()
                   for place, (_, name, _) in enumerate(figures))],
            [[_label(part, peer), *(_cell(part.spread(peer, case, figure), digits) for case in cases
                                    for figure, _, digits in figures)] for peer in part.measured()])]


def _start_plot(part):
    """Sessions of each second, medians of the rounds."""
    series = []
    for peer in part.measured():
        rounds = [cell["rates"] for cell in part.data["cells"] if cell["peer"] == peer]
        count = min(len(rates) for rates in rounds)
        series.append((part.peers[peer]["label"], [(statistics.median(rates[at][0] for rates in rounds),
                                                    statistics.median(rates[at][1] for rates in rounds)) for at in range(count)]))
    return plot.lines("Sessions from the first second on",
                      f"more is better; medians of {_rounds_of(part)}, {part.data['date'][:10]}", "sessions a second", series)


def _from_start(part):
    """The first minute of each process."""
    options = part.data["options"]
    figures = (("ready_s", 2), ("early", 2), ("soon", 2), ("until_steady_s", 1), ("steady_per_s", 0), ("user_us", 0),
               ("system_us", 0), ("rss_mib", 0))
    return [f"""
## From the first second

Each process is started, and as soon as it greets, {options['clients']} clients at a time have whole sessions for {options['start_seconds']:g} s: log in, PASV, RETR
of 1 KiB, QUIT. No option of the heap but those of the package. Steady is the median of the last quarter; memory is that of the process at the end. Ready
includes the warm-up.

![Sessions a second from the start](performance-start.svg)

{_run_of(part)}
""", _table(["", "ready, s", "seconds 1-2, of steady", "seconds 3-4, of steady", "until 90 % of steady, s", "steady, sessions/s",
             "user CPU for each, us", "system CPU, us", "memory, MiB"],
            [[_label(part, peer), *(_cell(part.spread(peer, "start", figure), digits) for figure, digits in figures)]
             for peer in part.measured()])]


def _with_policy(policy):
    """The gateway with what it does to bytes, in the clear, beside itself without."""
    data, options = policy.data, policy.data["options"]
    load = data["machine"]["load_before"]
    java = next((policy.peers[peer]["version"].partition(",")[0] for peer in policy.measured()), "")
    return [f"""
## Bandwidth and inspection

Measured as the rest, in a part of its own: in the clear, with a limit of bandwidth that is never reached (what it costs
to ask for each piece), and with inspections. clamd has one signature; its own CPU is not in the figures, but it shares the cores.
A verdict is part of each transfer.

| | |
|---|---|
| run | {data['date']}, {_rounds(policy)} rounds, {data.get('minutes', '?')} minutes; load average {load:.1f} before |
| gateway | {java} |
| noise | least to most of the rounds: {_noise(policy)} |

GiB/s through the data connection, {options['gib']:g} GiB in all:

""", _transfers(policy, "gib_per_s", policy.measured()), """
Seconds of CPU of the gateway for each GiB:

""", _transfers(policy, "cpu_s_per_gib", policy.measured())]


def _decisions(jmh):
    """What single decisions cost, by JMH."""
    return [f"""
## Decisions

By JMH on JDK {jmh['jdk']}, {jmh['date'][:10]}. RulesBenchmark: one decision on an upload by 100 rules, of which the last matches;
`looksAt` is what a quarter of them looks at, beside clients, paths and users.

""", _table(["", "with", "score", "error", "unit"], [
        [one["benchmark"], ", ".join(f"{name} {value}" for name, value in one["params"].items()) or "-",
         f"{one['score']:,.1f}", f"{float(one['error']):,.1f}", one["unit"]] for one in jmh["scores"]])]


def _of_direct(tls, peer, case, figure):
    ratio = _ratio(tls.median(peer, case, figure), tls.median(TLS_DIRECT, case, figure))
    return f"{ratio:.2f}" if ratio and peer != TLS_DIRECT else "-"


def _tls_throughput(tls):
    head = [text for case in tls.cases for text in (CASES[case], "of direct")]
    return _table(["", *head], [[tls.peers[peer]["label"], *(
        text for case in tls.cases for text in (_cell(tls.spread(peer, case, "gib_per_s"), 2),
                                                _of_direct(tls, peer, case, "gib_per_s")))] for peer in tls.measured()])


def _tls_sessions(tls):
    return _table(["", "sessions/s", "of direct", "p50, ms", "p99, ms", "CPU of the proxy for each, us"], [
        [tls.peers[peer]["label"], _cell(tls.spread(peer, "sessions", "per_s"), 0),
         _of_direct(tls, peer, "sessions", "per_s"),
         *(_cell(tls.spread(peer, "sessions", figure), digits)
           for figure, digits in (("p50_ms", 2), ("p99_ms", 2), ("cpu_us", 0)))] for peer in tls.measured()])


def _who(result):
    data = result.data
    parts = ["\n## Who was measured\n\n", _table(["", "version"], [
        [peer["label"], peer["version"] or "-"] for peer in data["peers"] if peer["name"] in result.measured()], "---"), """
HAProxy and nginx know no FTP: they forward the control port and the server's data ports one to one. Squid, SUSE ftp-proxy,
mod_proxy and this gateway take part in the conversation and open data ports of their own. Load generator and server are one
thread each, send from memory with `sendfile` and drop what they get without copying it.
"""]
    if data["missing"]:
        parts.append(f"\nNot here, so not measured: {', '.join(data['missing'])}.\n")
    return parts
