package io.ftpalg.live;

import io.ftpalg.protocol.FtpVerb;
import java.time.Duration;

/**
 * A transfer at one moment, from its command to its final reply. Immutable.
 *
 * @param verb the command
 * @param path its argument, as the client sent it: one char for one byte
 * @param age since the command went to the server
 * @param bytesToClient bytes written to the client's data connection so far; where the kernel carries the data, those of its last
 *     report
 * @param bytesToServer bytes written to the server's data connection so far
 */
public record TransferSnapshot(FtpVerb verb, String path, Duration age, long bytesToClient, long bytesToServer) {}
