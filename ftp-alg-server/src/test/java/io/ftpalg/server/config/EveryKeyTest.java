package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.TestSettings;
import io.ftpalg.server.config.schema.ConfigSchema;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each key of the config file is in a file that can be used, means the same when {@code check} printed it, and is in the schema. */
class EveryKeyTest {
    private static final String ALL = """
            listeners:
              - bind: ["127.0.0.1:0", "[::1]:0"]
                implicit-tls-bind: 127.0.0.1:0
                routes:
                  - users: ["adm*"]
                    groups: [staff]
                    hosts: [ftp.example.com]
                    clients: [127.0.0.0/8]
                    upstream: [a, "_ftp._tcp.example.com"]
                    balance: hash
                    health: {check: tcp, interval: 5s, timeout: 2s, failures: 3, ejection: 30s, slow-return: 30s}
                    send-user: service
                    send-password-file: secret
                    send-proxy: {version: v2, data: true, tlvs: [authority, ssl, unique-id]}
                    via: {url: "ftp://a:1080", user: joe, password-file: secret, dialect: account}
                    server-mode: passive
                    source-address: 127.0.0.1
                    source-ports: 40000-40999
                    passive-ports: 41000-41999
                    announce-ports: 31000
                    active-source-port: 20
                    dscp: 46
                    mark: 3
                    idle-timeout: 1m
                  - clients: 127.0.0.0/8
                    forward: {allow: "*.example.com"}
                upstream: [a, b]
                balance: first
                health: {check: greeting, interval: 5s, timeout: 2s, failures: 3, ejection: 30s, slow-return: 30s}
                send-proxy: {version: v2, data: false, tlvs: ssl}
                via: [{url: "socks5://a", user: joe, password-file: secret}, {url: "ftp://b", dialect: user@host}]
                server-mode: client
                source-address: 127.0.0.1
                source-ports: 40000-40999
                passive-ports: 42000-42999
                announce-ports: 31000
                passive-address: 203.0.113.7
                active-source-port: 20
                dscp: 10
                mark: 2
                bandwidth:
                  transfer: {upload: 2MB, download: 4MB, burst: 64KiB}
                  user: {upload: 3MB, download: 5000, burst: 1kB}
                  address: {upload: 6MB, download: 7KiB, burst: 1GB}
                  groups: [{group: staff, upload: 7MB, download: 8MB, burst: 0}]
                  clients: [{client: 10.0.0.0/8, upload: 7MB, download: 8MB, burst: 0}]
                  servers: [{server: 192.0.2.0/24, upload: 7MB, download: 8MB, burst: 0}]
                  listener: {upload: 1, download: 1GiB, burst: 9MiB}
                inspection:
                  direction: uploads
                  parts: allow
                  uninspectable: deny
                  hold-back: 128KiB
                  remnant: delete
                  hold: all
                  trickle: {bytes: 2kB, interval: 20s}
                  spill: {directory: /var/tmp, above: 2MB, max-size: 3GB, total: 4GB}
                  memory: 1GiB
                  verdict-timeout: 90s
                  max-size: 1GB
                  deny-names: ["*.exe", "*.scr"]
                  types: {allow: [text/*, image/png], deny: application/x-msdownload}
                  hash: {block-list: blocked}
                  clamav: {address: "127.0.0.1:3310", on-failure: pass, max-size: 25MiB, connections: 4, timeout: 20s}
                  icap: {url: "icap://a:1344/avscan", on-failure: pass, max-size: 1GB, connections: 8, timeout: 10s, client-ip: true, user: true}
                  tee: {directory: /tmp, names: "*.csv", rejected: keep, on-failure: pass, max-size: 1GB, min-free: 1MB, memory: 64MiB, timeout: 10s}
                data-connect: late
                pasv-address: [10.0.0.0/8, 192.0.2.7]
                data-peers: network/24
                telnet: off
                login:
                  dialects: [user@host, account]
                  separator: "%%"
                  proxy-user-first: true
                  anonymous-only: true
                  anonymous-password: ftp@example.com
                  users-file: users
                  groups-file: groups
                  ldap:
                    servers: ["ldap://a"]
                    start-tls: true
                    ca: ca.pem
                    search-base: dc=example
                    search-filter: (uid={user})
                    search-dn: cn=reader,dc=example
                    search-password-file: secret
                    name-attribute: uid
                    require: active=yes
                    group-attribute: memberOf
                    group-base: dc=example
                    group-filter: (member={dn})
                clients: {allow: 127.0.0.0/8, deny: 127.0.0.9}
                greeting-file: text
                limit-message-file: text
                maintenance-file: closed
                tls:
                  use: optional
                  data: optional
                  certificates: [{cert: cert.pem, key: key.pem}]
                  keystore: keystore.p12
                  keystore-password-file: secret
                  client-auth: optional
                  client-ca: ca.pem
                  auth-mode: terminate
                  allow-ccc: true
                  lenient-end: true
                  require-data-reuse: true
                  engine: jdk
                  profile: intermediate
                upstream-tls: {mode: auto, data: private, ca: ca.pem, name: a, cert: cert.pem, key: key.pem, lenient-end: true,
                  max-version: 1.3}
                rules:
                  - {list: common}
                  - {name: home, action: jail, root: /in/%%u, client: 10.0.0.0/8, gateway-user: eve, group: staff, user: "a*",
                    server: 192.0.2.0/24, tls: true}
                  - {action: allow, direction: [upload, listing], verb: [STOR, LIST], argument: "re:[a-z]+", path: [/in/**, "**/x"],
                    file: "*.csv", larger-than: 1kB, time: "mon-fri 06:00-22:00 Europe/Berlin", max-size: 100MB, overwrite: false,
                    inspect: hash}
                  - {action: deny, reply: 550 Not here.}
                rules-default: deny
                profile: upload-only
                replies: {banner: Hello., system: "UNIX Type: L8", hide-features: [HASH], mask: [530, 331],
                  replace: [{code: 553, with: 450}]}
                limits: {%s}
              - bind: 127.0.0.1:0
                forward: {allow: "*.example.com"}
                login: {ldap: {servers: "ldap://a", bind-dn: "uid={user},dc=a"}}
                tls: {self-signed: true}
                upstream-tls: {mode: required, insecure: true}
                inspection: {tee: {s3: {endpoint: "https://s3.example.com", region: eu-central-1, bucket: copies, prefix: ftp/,
                  access-key-file: token, secret-key-file: token, path-style: true}}}
              - bind: 127.0.0.1:0
                upstream: a
                tls: {ca-cert: ca.pem, ca-key: key.pem}
                upstream-tls: {mode: required, pin: "%s"}
                proxy-protocol: {from: 10.0.0.0/8, required: false, data: true}
                valid-commands: "USER, PASS, RETR=[.]txt$"
                passive-addresses: [{network: 10.0.0.0/8, address: ftp.example}]
              - bind: 127.0.0.1:0
                transparent: redirect
                spoof-client: true
                passive-ports: 41000-41999
                announce-ports: 31000
                routes: [{destinations: 192.0.2.0/24, upstream: a}]
                forward: {allow: 10.0.0.0/8}
              - bind: 127.0.0.1:0
                protocol: socks5
                forward: {allow: 10.0.0.0/8}
            rule-lists:
              - name: common
                rules:
                  - {name: other, action: jail, root: /out, client: 10.0.0.0/8, gateway-user: eve, group: staff, user: "a*",
                    server: 192.0.2.0/24, tls: true}
                  - {action: allow, direction: [upload, listing], verb: [STOR, LIST], argument: "re:[a-z]+", path: [/in/**, "**/x"],
                    file: "*.csv", larger-than: 1kB, time: "mon-fri 06:00-22:00 Europe/Berlin", max-size: 100MB, overwrite: false,
                    inspect: hash}
                  - {action: deny, reply: 550 Not here.}
            transport: nio
            relay: buffer
            data-plane: relay
            kernel-name: second
            kernel-log-group: 2122
            drain-timeout: 1m
            warm-up: 1s
            name-servers: 127.0.0.1
            verbose: true
            reload: watch
            admin:
              bind: 127.0.0.1:8021
              socket: /run/ftp-alg/admin.sock
              socket-mode: 0660
              token-file: token
              hosts: gateway.example.com
              tls: {cert: cert.pem, key: key.pem, client-ca: ca.pem}
            bandwidth: {upload: 2GB, download: 1GB, burst: 1MB}
            concurrency:
              each-user: {sessions: 5, transfers: 2}
              users:
                - {user: joe, sessions: 50, transfers: 20}
              groups:
                - {group: partners, sessions: 20, transfers: 10}
              clients:
                - {client: 10.0.0.0/8, sessions: 20, transfers: 10}
              servers:
                - {server: 192.0.2.0/24, sessions: 20, transfers: 10}
            quotas:
              store: /var/lib/ftp-alg/quotas.db
              zone: Europe/Berlin
              without-store: deny
              rules:
                - {each-user: true, period: day, bytes: 10GB, files: 1000}
                - {user: joe, period: month, direction: upload, bytes: 1GB}
                - {group: partners, period: hour, direction: download, files: 10}
            log: {format: json}
            otlp:
              endpoint: https://collector.example.com:4318
              metrics: true
              traces: true
              interval: 30s
              headers-file: headers
              ca: ca.pem
              service-name: gateway
              resource-attributes: [deployment.environment.name=test, host.name=a]
              trace-ratio: 0.25
            audit:
              instance: gw1
              file:
                - path: audit.json
                  name: first
                  must: true
                  format: json
                  sync: each
                  rotate-size: 10MB
                  rotate-every: 24h
                  compress: false
                  keep-files: 30
                  keep-time: 2160h
                  chain-key-file: token
                  queue-records: 1000
                  queue-bytes: 1MB
              syslog:
                - {server: logs.example.com, protocol: tls, ca: ca.pem, facility: local6, name: logs, must: false,
                  queue-records: 1000, queue-bytes: 1MB}
              webhook:
                - {url: "https://hooks.example.com/audit", secret-file: token, ca: ca.pem, name: hook, must: false,
                  queue-records: 1000, queue-bytes: 1MB}
            handover:
              socket: /run/ftp-alg/handover.sock
              old-sessions: 10m
            """;

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void isInAFileThatCanBeUsed() throws Exception {
        ConfigFile config = load(text());

        assertThat(given(config.table(), "")).isEqualTo(all(ProgramKeys.root(), ""));
    }

    @Test
    void meansTheSameWhenCheckPrintedIt() throws Exception {
        ConfigFile config = load(text());

        ConfigFile again = load(String.join("\n", EffectiveConfig.lines(config)));

        assertThat(TestSettings.withoutServerTls(again.settings()))
                .isEqualTo(TestSettings.withoutServerTls(config.settings()));
        assertThat(EffectiveConfig.lines(again)).isEqualTo(EffectiveConfig.lines(config));
    }

    @Test
    void isInTheSchema() {
        Object schema = new Load(LoadSettings.builder().build()).loadFromString(ConfigSchema.json());

        assertThat(properties((Map<?, ?>) schema, "")).isEqualTo(all(ProgramKeys.root(), ""));
    }

    private static Set<String> properties(Map<?, ?> object, String path) {
        Map<?, ?> properties = (Map<?, ?>) Objects.requireNonNull(object.get("properties"));
        return properties.entrySet().stream()
                .flatMap(entry -> {
                    String name = path + entry.getKey();
                    Map<?, ?> value = (Map<?, ?>) Objects.requireNonNull(entry.getValue());
                    Map<?, ?> below = sectionOf(value);
                    return Stream.concat(
                            Stream.of(name),
                            below.containsKey("properties") ? properties(below, name + ".").stream() : Stream.empty());
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A section is an object, or the item of a list, or, where it may be either, the first choice. */
    private static Map<?, ?> sectionOf(Map<?, ?> value) {
        if (value.get("anyOf") instanceof List<?> choices && choices.get(0) instanceof Map<?, ?> first) {
            return first;
        }
        return value.containsKey("items") ? (Map<?, ?>) Objects.requireNonNull(value.get("items")) : value;
    }

    private static Set<String> all(Section section, String path) {
        return section.entries().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(path + entry.name()),
                        entry instanceof Section below
                                ? all(below, path + entry.name() + ".").stream()
                                : Stream.empty()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> given(ConfigTable table, String path) {
        Set<String> keys = new TreeSet<>();
        table.values().keySet().forEach(key -> keys.add(path + key));
        table.tables().forEach((key, below) -> {
            keys.add(path + key);
            below.forEach(one -> keys.addAll(given(one, path + key + ".")));
        });
        return keys;
    }

    private static String text() {
        Section listener = (Section) ProgramKeys.root().entry("listeners").orElseThrow();
        Section limits = (Section) listener.entry("limits").orElseThrow();
        String values = limits.entries().stream()
                .map(Key.class::cast)
                .map(key -> key.name() + ": " + key.standard().orElseThrow())
                .collect(Collectors.joining(", "));
        return ALL.formatted(values, "a".repeat(64));
    }

    private ConfigFile load(String text) throws IOException, ConfigException {
        for (String name :
                Set.of("secret", "users", "groups", "ca.pem", "cert.pem", "key.pem", "keystore.p12", "text")) {
            Files.writeString(temp.resolve(name), "hidden\n");
        }
        Files.writeString(temp.resolve("blocked"), "# none\n");
        Files.writeString(temp.resolve("token"), "a token of more than 16 characters\n");
        Files.writeString(temp.resolve("headers"), "Authorization: Bearer hidden\n");
        Path file = Files.writeString(temp.resolve("gateway.yaml"), text);
        return ConfigLoader.load(file, name -> Optional.empty());
    }
}
