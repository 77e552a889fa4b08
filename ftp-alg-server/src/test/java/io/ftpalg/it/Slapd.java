package io.ftpalg.it;

import static java.util.stream.Collectors.joining;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** OpenLDAP's slapd with a few people and groups, which it shows to the searcher alone; StartTLS is there. */
final class Slapd implements AutoCloseable {
    static final String BASE = "dc=example,dc=com";
    static final String SEARCHER = "cn=searcher,dc=example,dc=com";
    static final String SEARCHER_PASSWORD = "searching";

    private static final String PEOPLE = """
            dn: dc=example,dc=com
            objectClass: domain
            dc: example

            dn: cn=searcher,dc=example,dc=com
            objectClass: organizationalRole
            objectClass: simpleSecurityObject
            cn: searcher
            userPassword: searching

            dn: uid=alice,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: alice
            cn: Alice
            sn: Liddell
            ou: staff
            employeeType: active
            userPassword: wonder

            dn: uid=bob,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: bob
            cn: Bob
            sn: Builder
            employeeType: gone
            userPassword: canwefixit

            dn: cn=pilots,dc=example,dc=com
            objectClass: groupOfNames
            cn: pilots
            member: uid=alice,dc=example,dc=com
            """;

    private final NativeServer server;

    private Slapd(NativeServer server) {
        this.server = server;
    }

    /** Starts it on a free port; without the program the test is skipped. GnuTLS must understand the key. */
    static Slapd start(TlsMaterial.Identity identity) {
        Path program = Peers.require("slapd");
        Path modules = Peers.requireModule("usr/lib/ldap/back_mdb.so").resolveSibling("");
        Path schema = Peers.requireModule("etc/ldap/schema/inetorgperson.schema");
        Path folder = Workspace.create("slapd");
        InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
        String includes = Stream.of("core", "cosine", "inetorgperson")
                .map(name -> "include " + schema.resolveSibling(name + ".schema"))
                .collect(joining("\n"));
        try {
            Path config = Files.writeString(folder.resolve("slapd.conf"), """
                    %s
                    modulepath %s
                    moduleload back_mdb
                    pidfile %s/slapd.pid
                    TLSCertificateFile %s
                    TLSCertificateKeyFile %s
                    database mdb
                    suffix "%s"
                    directory %s
                    maxsize 10485760
                    access to attrs=userPassword by anonymous auth by * none
                    access to * by dn.exact="%s" read by * none
                    """.formatted(
                            includes,
                            modules,
                            folder,
                            identity.certificate(),
                            identity.key(),
                            BASE,
                            Files.createDirectory(folder.resolve("db")),
                            SEARCHER));
            Path people = Files.writeString(folder.resolve("people.ldif"), PEOPLE);
            load(program.resolveSibling("slapadd"), folder, config, people);
            String url = "ldap://" + IpLiteral.format(address.getAddress()) + ':' + address.getPort();
            // With a debug level it stays in the foreground, and tells why it does not start.
            return new Slapd(NativeServer.start(
                    address,
                    folder,
                    List.of(program.toString(), "-f", config.toString(), "-h", url, "-d", "stats"),
                    "",
                    true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(Path program, Path folder, Path config, Path people) {
        String libraries = Peers.libraries().stream().map(Path::toString).collect(joining(":"));
        List<String> command = List.of(program.toString(), "-f", config.toString(), "-l", people.toString());
        try (Program loading = Program.start(folder, command, Map.of("LD_LIBRARY_PATH", libraries), "")) {
            if (loading.await(Duration.ofSeconds(20)) != 0) {
                throw new AssertionError(loading + " fails:\n" + loading.output());
            }
        }
    }

    InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
