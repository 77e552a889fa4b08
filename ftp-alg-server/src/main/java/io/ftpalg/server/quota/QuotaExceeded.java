package io.ftpalg.server.quota;

import io.ftpalg.protocol.FtpCommand;

/**
 * A quota is used up, or not enough of it is left.
 *
 * @param session the session's id
 * @param command the command of its transfer
 * @param quota whose quota it is, and of which period
 * @param files whether it is that of files, and not that of bytes
 * @param limit how many are allowed in a period
 * @param used how many were used
 * @param refused whether the transfer was refused; else it has begun, and is cut if it has more to move
 */
public record QuotaExceeded(
        long session, FtpCommand command, CounterName quota, boolean files, long limit, long used, boolean refused) {}
