package io.ftpalg.it;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** An FTP server that runs for tests, with one account and one directory that it may write. The test class owns it. */
interface TestServer extends AutoCloseable {
    /** The directory of all test files, as clients name it. */
    String DIRECTORY = "/pub";

    /** Returns the address of the control port. */
    InetSocketAddress address();

    /** Returns what {@link #DIRECTORY} is on this machine. */
    Path files();

    String user();

    String password();

    /** Returns what the server logged, for a failed test to show. */
    String log();

    /** Stops the server and deletes its files. */
    @Override
    void close();
}
