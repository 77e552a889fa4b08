package io.ftpalg.server.audit.sink;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.audit.verify.ChainVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Verifies files that tests wrote. Stateless. */
public final class Chains {

    private Chains() {}

    /** Returns what is wrong with these files. */
    public static Optional<String> errors(Path... files) throws IOException {
        return errors(new ChainVerifier(Optional.empty()), files);
    }

    static Optional<String> errors(String key, Path... files) throws IOException {
        return errors(new ChainVerifier(Optional.of(Secret.of(key))), files);
    }

    private static Optional<String> errors(ChainVerifier verifier, Path... files) throws IOException {
        for (Path file : files) {
            verifier.read(file.toString(), new ByteArrayInputStream(Files.readAllBytes(file)));
        }
        return verifier.finish();
    }
}
