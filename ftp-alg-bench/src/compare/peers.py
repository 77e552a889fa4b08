"""Who is compared: how each one is found here, configured and started. All speak to one server, on loopback."""
import os
import pathlib
import re
import resource
import shutil
import subprocess

CLIENT = "127.0.77.2"
SERVER = "127.0.77.10"
SERVER_PORT = 2100
PORT = 2121
FIRST_DATA_PORT, LAST_DATA_PORT = 30000, 30255


class Peer:
    """One way from the client to the server. Forwarders that know no FTP forward all data ports one to one."""

    def __init__(self, name, label, binary=None, login="bench", forks=False):
        self.name = name
        self.label = label
        self.binary = binary
        self.login = login
        self.forks = forks
        self.host = SERVER
        self.port = SERVER_PORT
        self.warm_up = 0.3
        self.environment = {}
        # The version of TLS that the client asks for, if it does; and whether TLS begins with the connection.
        self.tls = None
        self.implicit = False

    @property
    def proxied(self):
        """Tells whether there is a process between client and server."""
        return self.name not in ("direct", "tls-direct")

    def prepare(self, work):
        """Writes its configuration into the folder and returns the command that starts it."""
        raise NotImplementedError

    def companion(self, work):
        """Returns (command, environment, file) of a process that it needs, and the file that says it is there; or None."""
        return None

    def version(self):
        """Returns what it says about itself."""
        return ""


class Direct(Peer):
    """No proxy at all."""

    def __init__(self):
        super().__init__("direct", "direct, no proxy")


class TlsDirect(Peer):
    """No proxy at all, under TLS from the client to the server."""

    def __init__(self, version):
        super().__init__("tls-direct", "direct, no proxy")
        self.tls = version


class Gateway(Peer):
    """This project, on one JDK."""

    def __init__(self, name, label, java, jar, options, server_options, seconds):
        super().__init__(name, label, java)
        self.jar = jar
        self.options = options
        self.server_options = server_options
        self.warm_up = seconds
        self.upstream = f"{SERVER}:{SERVER_PORT}"

    def prepare(self, work):
        return [self.binary, *self.options, "-jar", self.jar, f"--listen={self.host}:{self.port}",
                f"--upstream={self.upstream}", "--max-sessions=100000", "--max-per-address=100000",
                "--max-new-per-address=100000", "--drain-timeout=1s", *self.server_options]

    def version(self):
        output = subprocess.run([self.binary, "-version"], capture_output=True, text=True).stderr
        return output.splitlines()[1].strip() + ", " + " ".join([*self.options, *self.server_options])


class WarmedUp(Gateway):
    """This project with a warm-up before it is ready."""

    TIME = "3s"

    def __init__(self, gateway):
        super().__init__(f"{gateway.name}-warm", f"{gateway.label}, --warm-up {self.TIME}", gateway.binary, gateway.jar,
                         gateway.options, [*gateway.server_options, f"--warm-up={self.TIME}"], gateway.warm_up)


class Package(Gateway):
    """This project as its package starts it, which is installed here."""

    def __init__(self, command, gateway):
        super().__init__("ftp-alg-package", f"ftp-alg, package, --warm-up {WarmedUp.TIME}", command, None, [],
                         [*gateway.server_options, f"--warm-up={WarmedUp.TIME}"], gateway.warm_up)

    def prepare(self, work):
        command = super().prepare(work)
        return [command[0], *command[3:]]

    def version(self):
        return _first_line([self.binary, "--version"], self.environment)


def from_start(foreign, gateways):
    """Returns who is measured from the first second: HAProxy, this project with and without a warm-up, and its package."""
    bare = [Gateway(one.name, one.label, one.binary, one.jar, [], one.server_options, one.warm_up) for one in gateways]
    return [*(peer for peer in foreign if peer.name == "haproxy"), *bare, *(WarmedUp(one) for one in bare),
            *installed(bare[-1])]


def installed(gateway):
    """Returns the package, if it is installed here; it is as the gateway in all but what starts it."""
    command = shutil.which("ftp-alg")
    return [Package(command, gateway)] if command else []


class TlsGateway(Gateway):
    """This project with TLS on one leg or on both; the certificates are nobody's and not checked."""

    LEGS = {"client": "TLS - clear", "server": "clear - TLS", "both": "TLS - TLS"}

    def __init__(self, legs, engine, version, gateway):
        client = ["--tls-self-signed"] if legs != "server" else []
        server = ["--upstream-insecure"] if legs != "client" else []
        super().__init__(f"tls-{legs}-{engine}", f"{self.LEGS[legs]}, {'OpenSSL' if engine == 'openssl' else 'JDK'}",
                         gateway.binary, gateway.jar, gateway.options,
                         [*gateway.server_options, f"--tls-engine={engine}", *client, *server], gateway.warm_up)
        self.tls = version if client else None
        if server:
            self.upstream = f"ftpes://{SERVER}:{SERVER_PORT}"


class PolicyGateway(Gateway):
    """This project with something that it does to the bytes, by a config file; clamd has one signature and scans little."""

    WAYS = {
        "splice": ("splice", ""),
        "splice-shaped": ("splice, bandwidth", "bandwidth: {transfer: {upload: 100GB, download: 100GB}}"),
        "buffer": ("buffers", ""),
        "buffer-shaped": ("buffers, bandwidth", "bandwidth: {transfer: {upload: 100GB, download: 100GB}}"),
        "types": ("type by content", "inspection: {types: {deny: application/x-msdownload}}"),
        "hash": ("SHA-256 and CRC32C", "inspection: {hash: {}}"),
        "clamd": ("clamd", "inspection: {verdict-timeout: 90s, clamav: {address: %s/clamd.sock, max-size: 4GB, timeout: 80s}}"),
    }

    def __init__(self, way, gateway, clamd):
        label, self.keys = self.WAYS[way]
        super().__init__(f"policy-{way}", label, gateway.binary, gateway.jar, gateway.options, [], gateway.warm_up)
        self.way = way
        self.clamd, self.clamd_environment = clamd

    def companion(self, work):
        """Writes the configuration of clamd, and returns (command, environment, the socket that it opens), or None."""
        if self.way != "clamd":
            return None
        signatures = work / "signatures"
        signatures.mkdir(exist_ok=True)
        (signatures / "one.ndb").write_text("Bench:0:*:" + b"ftp-alg-bench-signature".hex() + "\n")
        config = ["Foreground yes", "User root", f"DatabaseDirectory {signatures}", f"LocalSocket {work}/clamd.sock",
                  "StreamMaxLength 4000M", "MaxScanSize 4000M", "MaxFileSize 2000M", "MaxThreads 16"]
        return ([self.clamd, f"--config-file={_write(work / 'clamd.conf', config)}"], self.clamd_environment,
                work / "clamd.sock")

    def prepare(self, work):
        keys = self.keys % work if "%s" in self.keys else self.keys
        config = [f"relay: {'splice' if self.way.startswith('splice') else 'buffer'}", "drain-timeout: 1s", "listeners:",
                  f"  - bind: {self.host}:{self.port}", f"    upstream: {self.upstream}",
                  "    limits: {sessions: 100000, sessions-per-address: 100000, new-sessions-per-second: 100000}",
                  *([f"    {keys}"] if keys else [])]
        return [self.binary, *self.options, "-jar", self.jar, f"--config={_write(work / 'gateway.yaml', config)}"]


class HaProxy(Peer):
    """HAProxy as TCP forwarder."""

    def __init__(self, name, label, binary, options, tuning=()):
        super().__init__(name, label, binary)
        self.options = options
        self.tuning = tuning

    def prepare(self, work):
        config = ["global", f"  maxconn {(open_files() - 1500) // 2}", "  maxpipes 64", *(f"  {line}" for line in self.tuning), "defaults", "  mode tcp",
                  "  timeout connect 10s", "  timeout client 600s", "  timeout server 600s",
                  *(f"  option {option}" for option in self.options),
                  "listen control", f"  bind {self.host}:{self.port}", f"  server ftp {SERVER}:{SERVER_PORT}",
                  "listen data", f"  bind {self.host}:{FIRST_DATA_PORT}-{LAST_DATA_PORT}", f"  server ftp {SERVER}"]
        return [self.binary, "-db", "-f", _write(work / "haproxy.cfg", config)]

    def version(self):
        return _first_line([self.binary, "-v"], self.environment)


class Nginx(Peer):
    """nginx stream as TCP forwarder."""

    def prepare(self, work):
        module = _nginx_module(self.binary)
        config = [f"load_module {module};", "user root;", "daemon off;", "worker_processes auto;",
                  f"worker_rlimit_nofile {open_files()};", f"pid {work}/nginx.pid;", f"error_log {work}/nginx.log crit;",
                  f"events {{ worker_connections {open_files()}; }}", "stream {",
                  f"  server {{ listen {self.host}:{self.port}; proxy_pass {SERVER}:{SERVER_PORT}; }}",
                  f"  server {{ listen {self.host}:{FIRST_DATA_PORT}-{LAST_DATA_PORT}; "
                  f"proxy_pass {SERVER}:$server_port; }}", "}"]
        return [self.binary, "-p", work, "-e", work / "nginx.log", "-c", _write(work / "nginx.conf", config)]

    def version(self):
        return _first_line([self.binary, "-v"], self.environment)


class Termination(Peer):
    """
    Ends implicit TLS of the client, and forwards in the clear, with one certificate. Those that know no FTP do it on the control
    port, which is that of the server, and on all data ports.
    """

    CIPHERS = "ECDHE+AES128+AESGCM"
    SUITE = "TLS_AES_128_GCM_SHA256"
    KEYS = {"ecdsa": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "rsa": ["-newkey", "rsa:2048"]}

    def __init__(self, name, label, binary, key, version):
        super().__init__(f"term-{name}-{key}", label if key == "ecdsa" else f"{label}, RSA", binary)
        self.key = key
        self.tls = version
        self.implicit = True

    def certify(self, work):
        """Makes (certificate, key); nobody checks it."""
        certificate, key = work / "cert.pem", work / "key.pem"
        subprocess.run(["openssl", "req", "-x509", *self.KEYS[self.key], "-nodes", "-days", "2", "-subj", "/CN=bench",
                        "-out", certificate, "-keyout", key], check=True, capture_output=True)
        return certificate, key


class HaProxyTermination(Termination):
    """HAProxy; one bind line, so that data connections can resume the session of their control connection."""

    def prepare(self, work):
        certificate, key = self.certify(work)
        both = _write(work / "both.pem", [certificate.read_text(), key.read_text()])
        config = ["global", f"  maxconn {(open_files() - 1500) // 2}", f"  ssl-default-bind-ciphers {self.CIPHERS}",
                  f"  ssl-default-bind-ciphersuites {self.SUITE}", "defaults", "  mode tcp", "  timeout connect 10s",
                  "  timeout client 600s", "  timeout server 600s", "listen ftps",
                  f"  bind {self.host}:{self.port},{self.host}:{FIRST_DATA_PORT}-{LAST_DATA_PORT} ssl crt {both}",
                  f"  server ftp {SERVER}"]
        return [self.binary, "-db", "-f", _write(work / "haproxy.cfg", config)]

    def version(self):
        return _first_line([self.binary, "-v"], self.environment)


class NginxTermination(Termination):
    """nginx stream; one server for all ports."""

    def prepare(self, work):
        certificate, key = self.certify(work)
        config = [f"load_module {_nginx_module(self.binary)};", "user root;", "daemon off;", "worker_processes auto;",
                  f"worker_rlimit_nofile {open_files()};", f"pid {work}/nginx.pid;", f"error_log {work}/nginx.log crit;",
                  f"events {{ worker_connections {open_files()}; }}", "stream {", f"  ssl_certificate {certificate};",
                  f"  ssl_certificate_key {key};", f"  ssl_ciphers {self.CIPHERS};", "  ssl_protocols TLSv1.2 TLSv1.3;",
                  f"  ssl_conf_command Ciphersuites {self.SUITE};", "  ssl_session_cache shared:tls:10m;",
                  f"  server {{ listen {self.host}:{self.port} ssl; listen {self.host}:{FIRST_DATA_PORT}-{LAST_DATA_PORT} ssl; "
                  f"proxy_pass {SERVER}:$server_port; }}", "}"]
        return [self.binary, "-p", work, "-e", work / "nginx.log", "-c", _write(work / "nginx.conf", config)]

    def version(self):
        return _first_line([self.binary, "-v"], self.environment)


class StunnelTermination(Termination):
    """stunnel: a service for each port, whose tickets are those of the others."""

    def prepare(self, work):
        certificate, key = self.certify(work)
        config = ["foreground = yes", f"pid = {work}/stunnel.pid", "debug = err", f"output = {work}/stunnel.log"]
        for port in (self.port, *range(FIRST_DATA_PORT, LAST_DATA_PORT + 1)):
            config += [f"[p{port}]", f"cert = {certificate}", f"key = {key}", f"ciphers = {self.CIPHERS}",
                       f"ciphersuites = {self.SUITE}", f"TICKETkeySecret = {'01' * 32}", f"TICKETmacSecret = {'02' * 32}",
                       f"accept = {self.host}:{port}", f"connect = {SERVER}:{port}"]
        return [self.binary, _write(work / "stunnel.conf", config)]

    def version(self):
        """It says first what it does."""
        return next((line for line in _lines([self.binary, "-version"], self.environment) if line.startswith("stunnel ")), "")


class GatewayTermination(Termination):
    """This project, by one engine; it opens data ports of its own."""

    def __init__(self, engine, key, version, gateway):
        label = f"ftp-alg, {'OpenSSL' if engine == 'openssl' else 'JDK'}"
        super().__init__(f"ftp-alg-{engine}", label, gateway.binary, key, version)
        self.gateway = gateway
        self.engine = engine
        self.warm_up = gateway.warm_up

    def prepare(self, work):
        certificate, key = self.certify(work)
        return [self.binary, *self.gateway.options, "-jar", self.gateway.jar, f"--implicit-tls-listen={self.host}:{self.port}",
                f"--listen={self.host}:{PORT}", f"--upstream={SERVER}:{SERVER_PORT}", f"--tls-cert={certificate}",
                f"--tls-key={key}", f"--tls-engine={self.engine}", "--max-sessions=100000", "--max-per-address=100000",
                "--max-new-per-address=100000", "--drain-timeout=1s", *self.gateway.server_options]

    def version(self):
        return self.gateway.version()


class SuseProxy(Peer):
    """ftp-proxy of the SUSE Proxy Suite: a process for each session."""

    def prepare(self, work):
        config = ["[-Global-]", f"Listen {self.host}", f"Port {self.port}", f"DestinationAddress {SERVER}",
                  f"DestinationPort {SERVER_PORT}", "ServerType standalone", "DestinationTransferMode passive",
                  "ForkLimit 100000000", "MaxClients 100000", f"LogDestination {work}/ftp-proxy.log", "LogLevel FLT",
                  f"PidFile {work}/ftp-proxy.pid"]
        return [self.binary, "-n", "-d", "-f", _write(work / "ftp-proxy.conf", config)]

    def version(self):
        return _first_line([self.binary, "-V"], self.environment)


class ModProxy(Peer):
    """mod_proxy of ProFTPD, in reverse: a process for each session."""

    def prepare(self, work):
        return self.command(work, [])

    def command(self, work, more):
        """Writes its configuration, with these lines too, and returns the command; it would have TLS with a server that offers it."""
        tables = work / "tables"
        tables.mkdir(exist_ok=True, mode=0o755)
        config = [f"ModulePath {_module_folder(self.binary, 'proftpd')}", "LoadModule mod_proxy.c",
                  # Behind mod_proxy: else that greets before an implicit handshake.
                  "LoadModule mod_tls.c",
                  "ServerType standalone", f"DefaultAddress {self.host}", f"Port {self.port}", "SocketBindTight on",
                  "User nobody", "Group nogroup", "UseIPv6 off", "UseReverseDNS off", "WtmpLog off",
                  "TransferLog none", "SystemLog none", "AuthOrder mod_auth_file.c", "RequireValidShell off",
                  "MaxInstances none", f"ScoreboardFile {work}/scoreboard", f"PidFile {work}/proftpd.pid",
                  "DelayEngine off", "TimeoutIdle 600", "<IfModule mod_proxy.c>", "  ProxyEngine on",
                  f"  ProxyTables {tables}", "  ProxyRole reverse",
                  f"  ProxyReverseServers ftp://{SERVER}:{SERVER_PORT}", "  ProxyDataTransferPolicy PASV",
                  "  ProxyTLSEngine off", "</IfModule>", *more]
        return [self.binary, "--nodaemon", "--quiet", "-c", _write(work / "proftpd.conf", config)]

    def version(self):
        return _first_line([self.binary, "--version"], self.environment)


class ModProxyTermination(Termination, ModProxy):
    """mod_proxy behind mod_tls: it knows FTP, and opens data ports of its own."""

    def prepare(self, work):
        certificate, key = self.certify(work)
        kind = "EC" if self.key == "ecdsa" else "RSA"
        return self.command(work, ["<IfModule mod_tls.c>", "  TLSEngine on", "  TLSProtocol TLSv1.2 TLSv1.3",
                                   f"  TLSCipherSuite {self.CIPHERS}", f"  TLSCipherSuite TLSv1.3 {self.SUITE}",
                                   f"  TLS{kind}CertificateFile {certificate}", f"  TLS{kind}CertificateKeyFile {key}",
                                   "  TLSOptions UseImplicitSSL NoSessionReuseRequired", f"  TLSLog {work}/tls.log", "</IfModule>"])


class Squid(Peer):
    """ftp_port of Squid, its relay for native FTP."""

    def prepare(self, work):
        share = _share(self.binary, "squid")
        config = [f"ftp_port {self.host}:{self.port}", "http_access allow all",
                  "cache deny all", "cache_mem 8 MB", "access_log none", "cache_store_log none",
                  f"cache_log {work}/cache.log", f"pid_filename {work}/squid.pid", f"coredump_dir {work}",
                  "cache_effective_user nobody", "cache_effective_group nogroup", "pinger_enable off",
                  f"unlinkd_program {_module_folder(self.binary, 'squid')}/unlinkd",
                  f"mime_table {share}/mime.conf", f"icon_directory {share}/icons",
                  f"error_directory {_error_pages(share, work)}", "visible_hostname bench", "dns_nameservers 127.0.0.1",
                  f"max_filedescriptors {open_files()}", "shutdown_lifetime 1 seconds", "ftp_epsv off"]
        os.chmod(work, 0o777)
        return [self.binary, "-N", "-f", _write(work / "squid.conf", config)]

    def version(self):
        return _first_line([self.binary, "-v"], self.environment)


def open_files():
    """Returns how many files a process may open here."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def _write(path, lines):
    path.write_text("\n".join(lines) + "\n")
    return path


def _first_line(command, environment):
    return (_lines(command, environment) or [""])[0]


def _lines(command, environment):
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                         env={**os.environ, **environment})
    return (run.stdout + run.stderr).strip().splitlines()


def _root(binary):
    return pathlib.Path(binary).resolve().parent.parent.parent


def _module_folder(binary, name):
    return _root(binary) / "usr" / "lib" / name if _root(binary) != pathlib.Path("/") else f"/usr/lib/{name}"


def _nginx_module(binary):
    return pathlib.Path(_module_folder(binary, "nginx")) / "modules" / "ngx_stream_module.so"


def _share(binary, name):
    return _root(binary) / "usr" / "share" / name


def _error_pages(share, work):
    for name in ("errors/templates", "errors/en", "errors/English"):
        if (share / name / "ERR_ACCESS_DENIED").exists():
            return share / name
    pages = work / "errors"
    pages.mkdir(exist_ok=True)
    return pages


def _find(name, unpacked):
    """Returns (binary, environment): what was unpacked for the comparison, else what is installed."""
    binary = next((path for path in (unpacked / "usr" / folder / name for folder in ("sbin", "bin")) if path.exists()), None)
    if binary:
        machine = os.uname().machine + "-linux-gnu"
        return str(binary), {"LD_LIBRARY_PATH": f"{unpacked}/usr/lib/{machine}:{unpacked}/lib/{machine}"}
    installed = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    return (str(pathlib.Path(installed).resolve()), {}) if installed else (None, {})


def foreign(unpacked):
    """Returns (peers that are here, names of those that are not)."""
    made = [
        HaProxy("haproxy", "HAProxy TCP, splice-auto", "haproxy", ["splice-auto"]),
        HaProxy("haproxy-forced", "HAProxy TCP, splice forced", "haproxy", ["splice-request", "splice-response"]),
        HaProxy("haproxy-copy", "HAProxy TCP, no splice, 128 KiB", "haproxy", [], ["tune.bufsize 131072"]),
        Nginx("nginx", "nginx stream", "nginx"),
        SuseProxy("suse", "SUSE ftp-proxy", "ftp-proxy", forks=True),
        ModProxy("mod_proxy", "ProFTPD mod_proxy", "proftpd", forks=True),
        Squid("squid", "Squid ftp_port", "squid", login=f"bench@{SERVER}:{SERVER_PORT}"),
    ]
    here, missing = [], []
    for peer in made:
        peer.binary, peer.environment = _find(peer.binary, unpacked)
        found = peer.binary is not None
        if found and peer.name == "nginx":
            found = _nginx_module(peer.binary).exists()
        if found and peer.name == "mod_proxy":
            found = (pathlib.Path(_module_folder(peer.binary, "proftpd")) / "mod_proxy.so").exists()
        here.append(peer) if found else missing.append(peer.name)
    return here, missing


def terminations(unpacked, gateway, version):
    """Returns those that end TLS, each with a certificate of ECDSA and with one of RSA."""
    made = []
    for key in Termination.KEYS:
        for kind, name, label, binary in ((HaProxyTermination, "haproxy", "HAProxy", "haproxy"),
                                          (NginxTermination, "nginx", "nginx stream", "nginx"),
                                          (StunnelTermination, "stunnel", "stunnel", "stunnel4"),
                                          (ModProxyTermination, "mod_proxy", "ProFTPD mod_proxy", "proftpd")):
            found, environment = _find(binary, unpacked)
            if found and (name != "nginx" or _nginx_module(found).exists()):
                peer = kind(name, label, found, key, version)
                peer.environment = environment
                peer.forks = name == "mod_proxy"
                made.append(peer)
        made += [GatewayTermination(engine, key, version, gateway) for engine in ("jdk", "openssl")]
    return made


def clamd(unpacked):
    """Returns (binary, environment) of clamd; no binary where there is none."""
    for folder in (unpacked, unpacked.parent.parent / ".peers"):
        binary, environment = _find("clamd", folder)
        if binary:
            return binary, environment
    return None, {}


def jdks():
    """Returns {major version: java} of what is installed."""
    candidates = [os.path.join(os.environ["JAVA_HOME"], "bin", "java")] if "JAVA_HOME" in os.environ else []
    candidates += [shutil.which("java") or ""]
    candidates += sorted(str(java) for java in pathlib.Path("/usr/lib/jvm").glob("*/bin/java"))
    found = {}
    for java in candidates:
        if java and os.access(java, os.X_OK):
            text = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
            version = re.search(r'version "(\d+)', text)
            if version:
                found.setdefault(int(version.group(1)), os.path.realpath(java))
    return found
