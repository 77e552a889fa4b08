package io.ftpalg.server.inspect;

import io.ftpalg.server.inspect.scan.OnFailure;
import java.net.SocketAddress;
import java.time.Duration;

/**
 * A virus scanner, clamd.
 *
 * @param address its address: of TCP, whose name may be unresolved, or a Unix domain socket
 * @param onFailure how files that it did not scan are handled
 * @param maxSize the most bytes of a file that it is sent; a larger one is not scanned
 * @param connections how many files are scanned at a time; others wait
 * @param timeout how long each of its answers may take
 */
public record ClamSettings(
        SocketAddress address, OnFailure onFailure, long maxSize, int connections, Duration timeout) {}
