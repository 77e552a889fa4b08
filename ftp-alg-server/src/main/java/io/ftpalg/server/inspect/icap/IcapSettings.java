package io.ftpalg.server.inspect.icap;

import io.ftpalg.server.inspect.scan.OnFailure;
import java.time.Duration;

/**
 * An ICAP service.
 *
 * @param url where it is
 * @param onFailure how files that it did not scan are handled
 * @param maxSize the most bytes of a file that it is sent; a larger one is not scanned
 * @param connections how many files it is sent at a time, if it does not ask for fewer; others wait
 * @param timeout how long each of its answers may take
 * @param clientIp whether it is sent the address of the client
 * @param user whether it is sent the name of the user
 */
public record IcapSettings(
        IcapUrl url,
        OnFailure onFailure,
        long maxSize,
        int connections,
        Duration timeout,
        boolean clientIp,
        boolean user) {}
