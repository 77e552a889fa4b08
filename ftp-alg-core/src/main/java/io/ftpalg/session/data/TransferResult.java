package io.ftpalg.session.data;

import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.transfer.DataPath;

/**
 * What came of the data of a transfer once both connections were there.
 *
 * @param end how it ended
 * @param path what moved the bytes
 * @param bytesToClient bytes sent to the client
 * @param bytesToServer bytes sent to the server
 */
public record TransferResult(TransferEnd end, DataPath path, long bytesToClient, long bytesToServer) {}
