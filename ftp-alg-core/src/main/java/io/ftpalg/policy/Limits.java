package io.ftpalg.policy;

import java.time.Duration;

/**
 * How much a session, a client and the gateway may take, and how long each wait lasts.
 *
 * <p>Sizes are positive numbers, times positive durations; {@link #defaults()} suits a gateway on the
 * open Internet.
 *
 * @param commandLine bytes of a command line without its end (RFC 959 gives none)
 * @param replyLine bytes of a reply line; what is beyond is cut off
 * @param replyLines lines of one reply; those beyond are dropped, the last one never
 * @param replyBytes bytes of one reply; lines beyond are dropped, the last one never
 * @param telnetOptions Telnet options answered in a session (RFC 854)
 * @param pipelinedCommands commands that may wait; beyond, the client is not read
 * @param pipelinedBytes bytes of waiting commands; beyond, the client is not read
 * @param controlBuffer bytes that wait to be sent on one control connection; beyond, nothing is read that causes more
 * @param controlMemory percent of the heap that all control connections may hold; the largest holders are closed beyond
 * @param sessions sessions at a time
 * @param sessionsPerAddress sessions at a time from one address, IPv6 by its /64
 * @param newSessionsPerSecond new sessions a second from one address, IPv6 by its /64
 * @param refusedClients refused clients that read their reply at a time; those beyond are reset without one
 * @param refusedClientsPerAddress refused clients that read their reply at a time from one address, IPv6 by its /64
 * @param badCommands lines that are no command, or that nobody knows, before the login
 * @param failedLogins refused passwords in a session
 * @param failedLoginsPerAddress refused passwords from one address, IPv6 by its /64, within the window
 * @param failedLoginsPerUser refused passwords for one user, from wherever, within the window
 * @param unexpectedPeers connections from others that one data port turns away before it closes
 * @param unsolicitedReplies replies of a server in a row that answer no command, before the session ends
 * @param passiveShare percent of the passive ports that one address may hold, at least 32 ports
 * @param relayBuffer bytes that a transfer may hold in each direction, when both hold some; twice as many in total
 * @param relayMemory bytes that the transfers of one event loop hold together before each reads in small pieces; none fails
 * @param failedLoginWindow how long a refused password counts for the address and the user
 * @param loginDelay before a password that the gateway refuses is answered (RFC 2577 section 5)
 * @param loginTimeout from accept to the accepted login
 * @param lineTimeout from the first byte of a command line to its end
 * @param idleTimeout without a command, while no transfer runs and no reply is due (RFC 1123 section 4.1.3.2)
 * @param transparentIdleTimeout without a byte, where TLS of client and server passes unseen; their transfers are not seen either
 * @param connectTimeout for connecting to the server, control and data
 * @param targetTimeout from a login that names a server to that server's greeting; whatever fails is answered at this time
 * @param replyTimeout for a reply of the server; servers that hash or scan take long
 * @param greetingTimeout for the server's greeting
 * @param tlsHandshakeTimeout for a TLS handshake, counted from the first chance to begin it
 * @param extendedReplyTimeout for an answer to EPSV or EPRT before PASV or PORT is tried
 * @param dataAcceptTimeout for the data connections of a transfer that the server announced
 * @param dataIdleTimeout for the transfer command after a data port was agreed
 * @param stallTimeout for the next byte of a transfer, and for a peer to read what waits on its control connection
 * @param abortGrace for the server's answers after a transfer was aborted, or after the client has ended
 * @param closeGrace for a peer to read the last reply and close
 */
public record Limits(
        int commandLine,
        int replyLine,
        int replyLines,
        int replyBytes,
        int telnetOptions,
        int pipelinedCommands,
        int pipelinedBytes,
        int controlBuffer,
        int controlMemory,
        int sessions,
        int sessionsPerAddress,
        int newSessionsPerSecond,
        int refusedClients,
        int refusedClientsPerAddress,
        int badCommands,
        int failedLogins,
        int failedLoginsPerAddress,
        int failedLoginsPerUser,
        int unexpectedPeers,
        int unsolicitedReplies,
        int passiveShare,
        int relayBuffer,
        int relayMemory,
        Duration failedLoginWindow,
        Duration loginDelay,
        Duration loginTimeout,
        Duration lineTimeout,
        Duration idleTimeout,
        Duration transparentIdleTimeout,
        Duration connectTimeout,
        Duration targetTimeout,
        Duration replyTimeout,
        Duration greetingTimeout,
        Duration tlsHandshakeTimeout,
        Duration extendedReplyTimeout,
        Duration dataAcceptTimeout,
        Duration dataIdleTimeout,
        Duration stallTimeout,
        Duration abortGrace,
        Duration closeGrace) {

    public Limits {
        requirePositive("commandLine", commandLine);
        requirePositive("replyLine", replyLine);
        requirePositive("replyLines", replyLines);
        requirePositive("replyBytes", replyBytes);
        requirePositive("telnetOptions", telnetOptions);
        requirePositive("pipelinedCommands", pipelinedCommands);
        requirePositive("pipelinedBytes", pipelinedBytes);
        requirePositive("controlBuffer", controlBuffer);
        requirePositive("controlMemory", controlMemory);
        requirePositive("sessions", sessions);
        requirePositive("sessionsPerAddress", sessionsPerAddress);
        requirePositive("newSessionsPerSecond", newSessionsPerSecond);
        requirePositive("refusedClients", refusedClients);
        requirePositive("refusedClientsPerAddress", refusedClientsPerAddress);
        requirePositive("badCommands", badCommands);
        requirePositive("failedLogins", failedLogins);
        requirePositive("failedLoginsPerAddress", failedLoginsPerAddress);
        requirePositive("failedLoginsPerUser", failedLoginsPerUser);
        requirePositive("unexpectedPeers", unexpectedPeers);
        requirePositive("unsolicitedReplies", unsolicitedReplies);
        requirePositive("passiveShare", passiveShare);
        requirePositive("relayBuffer", relayBuffer);
        requirePositive("relayMemory", relayMemory);
        requirePositive("failedLoginWindow", failedLoginWindow);
        requirePositive("loginDelay", loginDelay);
        requirePositive("loginTimeout", loginTimeout);
        requirePositive("lineTimeout", lineTimeout);
        requirePositive("idleTimeout", idleTimeout);
        requirePositive("transparentIdleTimeout", transparentIdleTimeout);
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("targetTimeout", targetTimeout);
        requirePositive("replyTimeout", replyTimeout);
        requirePositive("greetingTimeout", greetingTimeout);
        requirePositive("tlsHandshakeTimeout", tlsHandshakeTimeout);
        requirePositive("extendedReplyTimeout", extendedReplyTimeout);
        requirePositive("dataAcceptTimeout", dataAcceptTimeout);
        requirePositive("dataIdleTimeout", dataIdleTimeout);
        requirePositive("stallTimeout", stallTimeout);
        requirePositive("abortGrace", abortGrace);
        requirePositive("closeGrace", closeGrace);
    }

    /** Returns the limits that hold where nothing else is said. */
    public static Limits defaults() {
        return builder().build();
    }

    /** Returns a builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts from these limits. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    private static void requirePositive(String limit, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("limit " + limit + " is at least 1, not " + size);
        }
    }

    private static void requirePositive(String limit, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("limit " + limit + " is longer than nothing, not " + time);
        }
    }

    /** Collects limits; not thread-safe. Each method sets the limit of its name. */
    public static final class Builder {
        private int commandLine = 8192;
        private int replyLine = 16384;
        private int replyLines = 10_000;
        private int replyBytes = 1 << 20;
        private int telnetOptions = 32;
        private int pipelinedCommands = 64;
        private int pipelinedBytes = 64 << 10;
        private int controlBuffer = 64 << 10;
        private int controlMemory = 12;
        private int sessions = 20_000;
        private int sessionsPerAddress = 50;
        private int newSessionsPerSecond = 20;
        private int refusedClients = 256;
        private int refusedClientsPerAddress = 8;
        private int badCommands = 10;
        private int failedLogins = 5;
        private int failedLoginsPerAddress = 20;
        private int failedLoginsPerUser = 50;
        private int unexpectedPeers = 16;
        private int unsolicitedReplies = 100;
        private int passiveShare = 10;
        private int relayBuffer = 256 << 10;
        private int relayMemory = 64 << 20;
        private Duration failedLoginWindow = Duration.ofMinutes(10);
        private Duration loginDelay = Duration.ofSeconds(5);
        private Duration loginTimeout = Duration.ofMinutes(1);
        private Duration lineTimeout = Duration.ofSeconds(30);
        private Duration idleTimeout = Duration.ofMinutes(5);
        private Duration transparentIdleTimeout = Duration.ofHours(1);
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration targetTimeout = Duration.ofSeconds(15);
        private Duration replyTimeout = Duration.ofMinutes(10);
        private Duration greetingTimeout = Duration.ofSeconds(30);
        private Duration tlsHandshakeTimeout = Duration.ofSeconds(10);
        private Duration extendedReplyTimeout = Duration.ofSeconds(5);
        private Duration dataAcceptTimeout = Duration.ofMinutes(1);
        private Duration dataIdleTimeout = Duration.ofMinutes(1);
        private Duration stallTimeout = Duration.ofMinutes(5);
        private Duration abortGrace = Duration.ofSeconds(5);
        private Duration closeGrace = Duration.ofSeconds(2);

        private Builder() {}

        private Builder(Limits from) {
            commandLine = from.commandLine;
            replyLine = from.replyLine;
            replyLines = from.replyLines;
            replyBytes = from.replyBytes;
            telnetOptions = from.telnetOptions;
            pipelinedCommands = from.pipelinedCommands;
            pipelinedBytes = from.pipelinedBytes;
            controlBuffer = from.controlBuffer;
            controlMemory = from.controlMemory;
            sessions = from.sessions;
            sessionsPerAddress = from.sessionsPerAddress;
            newSessionsPerSecond = from.newSessionsPerSecond;
            refusedClients = from.refusedClients;
            refusedClientsPerAddress = from.refusedClientsPerAddress;
            badCommands = from.badCommands;
            failedLogins = from.failedLogins;
            failedLoginsPerAddress = from.failedLoginsPerAddress;
            failedLoginsPerUser = from.failedLoginsPerUser;
            unexpectedPeers = from.unexpectedPeers;
            unsolicitedReplies = from.unsolicitedReplies;
            passiveShare = from.passiveShare;
            relayBuffer = from.relayBuffer;
            relayMemory = from.relayMemory;
            failedLoginWindow = from.failedLoginWindow;
            loginDelay = from.loginDelay;
            loginTimeout = from.loginTimeout;
            lineTimeout = from.lineTimeout;
            idleTimeout = from.idleTimeout;
            transparentIdleTimeout = from.transparentIdleTimeout;
            connectTimeout = from.connectTimeout;
            targetTimeout = from.targetTimeout;
            replyTimeout = from.replyTimeout;
            greetingTimeout = from.greetingTimeout;
            tlsHandshakeTimeout = from.tlsHandshakeTimeout;
            extendedReplyTimeout = from.extendedReplyTimeout;
            dataAcceptTimeout = from.dataAcceptTimeout;
            dataIdleTimeout = from.dataIdleTimeout;
            stallTimeout = from.stallTimeout;
            abortGrace = from.abortGrace;
            closeGrace = from.closeGrace;
        }

        /** Bytes of a command line without its end (RFC 959 gives none). */
        public Builder commandLine(int commandLine) {
            this.commandLine = commandLine;
            return this;
        }

        /** Bytes of a reply line; what is beyond is cut off. */
        public Builder replyLine(int replyLine) {
            this.replyLine = replyLine;
            return this;
        }

        /** Lines of one reply; those beyond are dropped, the last one never. */
        public Builder replyLines(int replyLines) {
            this.replyLines = replyLines;
            return this;
        }

        /** Bytes of one reply; lines beyond are dropped, the last one never. */
        public Builder replyBytes(int replyBytes) {
            this.replyBytes = replyBytes;
            return this;
        }

        /** Telnet options answered in a session (RFC 854). */
        public Builder telnetOptions(int telnetOptions) {
            this.telnetOptions = telnetOptions;
            return this;
        }

        /** Commands that may wait; beyond, the client is not read. */
        public Builder pipelinedCommands(int pipelinedCommands) {
            this.pipelinedCommands = pipelinedCommands;
            return this;
        }

        /** Bytes of waiting commands; beyond, the client is not read. */
        public Builder pipelinedBytes(int pipelinedBytes) {
            this.pipelinedBytes = pipelinedBytes;
            return this;
        }

        /** Bytes that wait to be sent on one control connection; beyond, nothing is read that causes more. */
        public Builder controlBuffer(int controlBuffer) {
            this.controlBuffer = controlBuffer;
            return this;
        }

        /** Percent of the heap that all control connections may hold together; the largest holders are closed beyond. */
        public Builder controlMemory(int controlMemory) {
            this.controlMemory = controlMemory;
            return this;
        }

        /** Sessions at a time. */
        public Builder sessions(int sessions) {
            this.sessions = sessions;
            return this;
        }

        /** Sessions at a time from one address. */
        public Builder sessionsPerAddress(int sessionsPerAddress) {
            this.sessionsPerAddress = sessionsPerAddress;
            return this;
        }

        /** New sessions a second from one address. */
        public Builder newSessionsPerSecond(int newSessionsPerSecond) {
            this.newSessionsPerSecond = newSessionsPerSecond;
            return this;
        }

        /** Refused clients that read their reply at a time; those beyond are reset without one. */
        public Builder refusedClients(int refusedClients) {
            this.refusedClients = refusedClients;
            return this;
        }

        /** Refused clients that read their reply at a time from one address, IPv6 by its /64. */
        public Builder refusedClientsPerAddress(int refusedClientsPerAddress) {
            this.refusedClientsPerAddress = refusedClientsPerAddress;
            return this;
        }

        /** Lines that are no command, or that nobody knows, before the login. */
        public Builder badCommands(int badCommands) {
            this.badCommands = badCommands;
            return this;
        }

        /** Refused passwords in a session. */
        public Builder failedLogins(int failedLogins) {
            this.failedLogins = failedLogins;
            return this;
        }

        /** Refused passwords from one address, IPv6 by its /64, within the window. */
        public Builder failedLoginsPerAddress(int failedLoginsPerAddress) {
            this.failedLoginsPerAddress = failedLoginsPerAddress;
            return this;
        }

        /** Refused passwords for one user, from wherever, within the window. */
        public Builder failedLoginsPerUser(int failedLoginsPerUser) {
            this.failedLoginsPerUser = failedLoginsPerUser;
            return this;
        }

        /** Connections from others that one data port turns away before it closes. */
        public Builder unexpectedPeers(int unexpectedPeers) {
            this.unexpectedPeers = unexpectedPeers;
            return this;
        }

        /** Replies of a server in a row that answer no command, before the session ends. */
        public Builder unsolicitedReplies(int unsolicitedReplies) {
            this.unsolicitedReplies = unsolicitedReplies;
            return this;
        }

        /** Percent of the passive ports that one address may hold, at least 32 ports. */
        public Builder passiveShare(int passiveShare) {
            this.passiveShare = passiveShare;
            return this;
        }

        /** Bytes that a transfer may hold in each direction, when both hold some; twice as many in total. */
        public Builder relayBuffer(int relayBuffer) {
            this.relayBuffer = relayBuffer;
            return this;
        }

        /** Bytes that the transfers of one event loop hold together before each reads in small pieces; none fails. */
        public Builder relayMemory(int relayMemory) {
            this.relayMemory = relayMemory;
            return this;
        }

        /** How long a refused password counts for the address and the user. */
        public Builder failedLoginWindow(Duration failedLoginWindow) {
            this.failedLoginWindow = failedLoginWindow;
            return this;
        }

        /** Before a password that the gateway refuses is answered (RFC 2577 section 5). */
        public Builder loginDelay(Duration loginDelay) {
            this.loginDelay = loginDelay;
            return this;
        }

        /** From accept to the accepted login. */
        public Builder loginTimeout(Duration loginTimeout) {
            this.loginTimeout = loginTimeout;
            return this;
        }

        /** From the first byte of a command line to its end. */
        public Builder lineTimeout(Duration lineTimeout) {
            this.lineTimeout = lineTimeout;
            return this;
        }

        /** Without a command, while no transfer runs and no reply is due (RFC 1123 section 4.1.3.2). */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /** Without a byte, where TLS of client and server passes unseen. */
        public Builder transparentIdleTimeout(Duration transparentIdleTimeout) {
            this.transparentIdleTimeout = transparentIdleTimeout;
            return this;
        }

        /** For connecting to the server, control and data. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** From a login that names a server to that server's greeting; whatever fails is answered at this time. */
        public Builder targetTimeout(Duration targetTimeout) {
            this.targetTimeout = targetTimeout;
            return this;
        }

        /** For a reply of the server; servers that hash or scan take long. */
        public Builder replyTimeout(Duration replyTimeout) {
            this.replyTimeout = replyTimeout;
            return this;
        }

        /** For the server's greeting. */
        public Builder greetingTimeout(Duration greetingTimeout) {
            this.greetingTimeout = greetingTimeout;
            return this;
        }

        /** For the server's greeting. */
        public Builder tlsHandshakeTimeout(Duration tlsHandshakeTimeout) {
            this.tlsHandshakeTimeout = tlsHandshakeTimeout;
            return this;
        }

        /** For an answer to EPSV or EPRT before PASV or PORT is tried. */
        public Builder extendedReplyTimeout(Duration extendedReplyTimeout) {
            this.extendedReplyTimeout = extendedReplyTimeout;
            return this;
        }

        /** For the data connections of a transfer that the server announced. */
        public Builder dataAcceptTimeout(Duration dataAcceptTimeout) {
            this.dataAcceptTimeout = dataAcceptTimeout;
            return this;
        }

        /** For the transfer command after a data port was agreed. */
        public Builder dataIdleTimeout(Duration dataIdleTimeout) {
            this.dataIdleTimeout = dataIdleTimeout;
            return this;
        }

        /** For the next byte of a transfer, and for a peer to read what waits on its control connection. */
        public Builder stallTimeout(Duration stallTimeout) {
            this.stallTimeout = stallTimeout;
            return this;
        }

        /** For the server's answers after a transfer was aborted, or after the client has ended. */
        public Builder abortGrace(Duration abortGrace) {
            this.abortGrace = abortGrace;
            return this;
        }

        /** For a peer to read the last reply and close. */
        public Builder closeGrace(Duration closeGrace) {
            this.closeGrace = closeGrace;
            return this;
        }

        /** Returns the limits; fails with IllegalArgumentException if one is not positive. */
        public Limits build() {
            return new Limits(
                    commandLine,
                    replyLine,
                    replyLines,
                    replyBytes,
                    telnetOptions,
                    pipelinedCommands,
                    pipelinedBytes,
                    controlBuffer,
                    controlMemory,
                    sessions,
                    sessionsPerAddress,
                    newSessionsPerSecond,
                    refusedClients,
                    refusedClientsPerAddress,
                    badCommands,
                    failedLogins,
                    failedLoginsPerAddress,
                    failedLoginsPerUser,
                    unexpectedPeers,
                    unsolicitedReplies,
                    passiveShare,
                    relayBuffer,
                    relayMemory,
                    failedLoginWindow,
                    loginDelay,
                    loginTimeout,
                    lineTimeout,
                    idleTimeout,
                    transparentIdleTimeout,
                    connectTimeout,
                    targetTimeout,
                    replyTimeout,
                    greetingTimeout,
                    tlsHandshakeTimeout,
                    extendedReplyTimeout,
                    dataAcceptTimeout,
                    dataIdleTimeout,
                    stallTimeout,
                    abortGrace,
                    closeGrace);
        }
    }
}
