package io.ftpalg.server.audit.record;

import java.util.Locale;

/** What an audit record is about. */
public enum AuditEvent {
    /** The gateway started; the first record of a run. */
    AUDIT_STARTED("the gateway started, or a reload turned the audit on"),
    /** The gateway stopped; the last record of a run. */
    AUDIT_STOPPED(
            "the gateway stopped, or a reload turned the audit off; a run without it was killed, or its end was removed"),
    /** The first record of a file, or that behind a torn line. */
    FILE_OPENED("the first record of a file, or the one behind a torn line; made by the sink"),
    /** A sink lost records. */
    RECORDS_DROPPED("records did not get into this sink, since its queue was full; made by the sink"),
    /** A client was admitted. */
    SESSION_OPENED("a client was admitted"),
    /** A client was refused before it had a session. */
    SESSION_REFUSED("a client was refused before it had a session"),
    /** A login was accepted, by the gateway or a server. */
    LOGIN_ACCEPTED("a login was accepted, by the gateway or by the server"),
    /** A login was refused, by the gateway or a server. */
    LOGIN_REFUSED("a login was refused, by the gateway or by the server"),
    /** A command was refused by a rule or filter. */
    COMMAND_DENIED(
            "a command was refused by a rule or filter, or since content is inspected: the server never got it, or none of its data was moved"),
    /** A quota is used up. */
    QUOTA_EXCEEDED(
            "a transfer was refused or cut, since a quota is used up; `command_denied` or `transfer_finished` follows"),
    /** A transfer command went to the server. */
    TRANSFER_STARTED("a transfer command went to the server"),
    /** The content of a transfer was inspected. */
    CONTENT_INSPECTED(
            "the content of a transfer was inspected: `end` is REJECTED if it was rejected; `transfer_finished` follows"),
    /** It was decided about a file that a cut upload left. */
    REMNANT_HANDLED(
            "a file that a rejected or cut upload left at the server was deleted, or not: `result`; only with `remnant: delete`"),
    /** A transfer command is over. */
    TRANSFER_FINISHED("a transfer command ended"),
    /** A peer broke a rule that protects others. */
    PEER_REJECTED("a peer broke a rule that protects others"),
    /** A session is over. */
    SESSION_CLOSED("a session ended"),
    /** The config file was read again. */
    CONFIG_RELOADED("the config file was read again, and is in use or was refused"),
    /** An operator did something. */
    ADMIN_ACTION("an operator did something by the admin server");

    private final String description;

    AuditEvent(String description) {
        this.description = description;
    }

    /** Returns its name in records. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns when there is a record of it, as the docs have it. */
    public String description() {
        return description;
    }
}
