package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Uploads a file of each size and downloads it again, and compares all bytes. Stateless. */
final class RoundTrip {

    private RoundTrip() {}

    /** Returns what the names of all the files begin with. */
    static String check(FtpClient client, Target target, DataSyntax syntax, TestServer server, List<Integer> sizes) {
        client.require();
        Path folder = Workspace.create("round-trip");
        String prefix = UUID.randomUUID().toString();
        try {
            List<Step> steps = new ArrayList<>();
            for (int size : sizes) {
                Path local = Payload.file(folder.resolve("up" + size), size);
                steps.add(new Step.Put(local, prefix + size));
                steps.add(new Step.Get(prefix + size, folder.resolve("down" + size)));
            }

            String printed = client.run(folder, target, syntax, steps);

            for (int size : sizes) {
                String expected = Payload.sha256(folder.resolve("up" + size));
                assertThat(Payload.sha256(server.files().resolve(prefix + size)))
                        .as("upload of %d bytes:%n%s%n%s", size, printed, server.log())
                        .isEqualTo(expected);
                assertThat(Payload.sha256(folder.resolve("down" + size)))
                        .as("download of %d bytes:%n%s%n%s", size, printed, server.log())
                        .isEqualTo(expected);
            }
            return prefix;
        } finally {
            for (int size : sizes) {
                delete(server.files().resolve(prefix + size));
            }
            Workspace.delete(folder);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
