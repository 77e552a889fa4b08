package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A client program as the tests use it. Stateless: each call is a session, or as many as the program makes of it. */
interface FtpClient {
    /** What no session of a test takes longer than. */
    Duration TIMEOUT = Duration.ofSeconds(60);

    String name();

    /** Skips the test where the program is missing. */
    void require();

    /** Returns the ways to agree a data port that it can be told to use. */
    Set<DataSyntax> syntaxes(boolean ipv6);

    /**
     * Logs in and does these steps; returns what it printed, for a failed test to show. A failure may show in that
     * text only: compare files.
     *
     * @param folder where the program may leave what it likes
     */
    String run(Path folder, Target target, DataSyntax syntax, List<Step> steps);
}
