package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listings of a directory that takes more than one buffer. */
class ListingIT {
    private static final int ENTRIES = 5000;

    @RegisterExtension
    static final World WORLD = new World();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void listsFiveThousandEntriesAsTheServerDoes(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        Path directory = Workspace.writable(gateway.server().files().resolve("many"));
        Set<String> names = IntStream.range(0, ENTRIES)
                .mapToObj("entry %05d.txt"::formatted)
                .collect(toSet());
        for (String name : names) {
            Files.createFile(directory.resolve(name));
        }

        try (RawFtp direct = RawFtp.login(Target.of(gateway.server()));
                RawFtp through = RawFtp.login(gateway.target())) {
            assertThat(direct.ask("CWD many").code()).isEqualTo(250);
            assertThat(through.ask("CWD many").code()).isEqualTo(250);

            for (DataSyntax syntax : DataSyntax.values()) {
                byte[] nlst = through.download(syntax, "NLST");
                assertThat(nlst).isEqualTo(direct.download(syntax, "NLST"));
                assertThat(new String(nlst, ISO_8859_1).lines()).containsAll(names);
                assertThat(through.download(syntax, "LIST")).isEqualTo(direct.download(syntax, "LIST"));
                // vsftpd has no MLSD.
                if (kind != ServerKind.VSFTPD) {
                    assertThat(through.download(syntax, "MLSD")).isEqualTo(direct.download(syntax, "MLSD"));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void relaysTheRefusalOfAListing(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);

        try (RawFtp direct = RawFtp.login(Target.of(gateway.server()));
                RawFtp through = RawFtp.login(gateway.target());
                DataPort directPort = direct.agree(DataSyntax.PASV);
                DataPort throughPort = through.agree(DataSyntax.PASV)) {
            directPort.connect();
            throughPort.connect();
            // Nothing is said of its code: some servers know no MLSD, some list nothing.
            assertThat(through.ask("RETR nowhere")).isEqualTo(direct.ask("RETR nowhere"));
            directPort.accept().close();
            throughPort.accept().close();
        }
    }
}
