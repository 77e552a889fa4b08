package io.ftpalg.server.audit.record;

import static io.ftpalg.server.audit.record.AuditField.Kind.FLAG;
import static io.ftpalg.server.audit.record.AuditField.Kind.LIST;
import static io.ftpalg.server.audit.record.AuditField.Kind.NUMBER;
import static io.ftpalg.server.audit.record.AuditField.Kind.PEER;
import static io.ftpalg.server.audit.record.AuditField.Kind.TEXT;

import java.util.Locale;

/** All fields of audit records, in the order in which a line has them. docs/audit-schema.json and docs/audit.md have the same. */
public enum AuditField {
    SCHEMA(NUMBER, "version of the schema: 1"),
    SEQ(NUMBER, "number of the record in its run, from 1; missing in records that a sink makes"),
    TIME(TEXT, "when it happened: RFC 3339, UTC, milliseconds"),
    INSTANCE(TEXT, "the gateway: audit.instance, or the name of the host"),
    RUN(TEXT, "one run of the program; another one after each start"),
    EVENT(TEXT, "what happened"),
    SESSION(NUMBER, "the session, as in the log; unique in a run"),
    CLIENT_IP(TEXT, "address of the client"),
    CLIENT_PORT(NUMBER, "its port"),
    LISTENER_IP(TEXT, "address at which the client reached the gateway"),
    LISTENER_PORT(NUMBER, "its port"),
    SERVER_IP(TEXT, "address of the server"),
    SERVER_PORT(NUMBER, "its port"),
    PROXY_USER(PEER, "the user of the gateway's own"),
    PROXY_GROUPS(LIST, "the groups that this user is in"),
    USER(PEER, "the user at the server, or the one that was refused"),
    AT(TEXT, "who decided on the login: gateway or server"),
    CLIENT_TLS_VERSION(TEXT, "TLS of the client's control connection, if any"),
    CLIENT_TLS_CIPHER(TEXT, "its cipher, by the IANA name"),
    CLIENT_TLS_RESUMED(FLAG, "whether it resumed an earlier session, if known"),
    CLIENT_TLS_NAME(PEER, "the name that the client asked for (SNI)"),
    CLIENT_CERTIFICATE(PEER, "subject of the client's certificate"),
    SERVER_TLS_VERSION(TEXT, "TLS of the server's control connection, if any"),
    SERVER_TLS_CIPHER(TEXT, "its cipher"),
    SERVER_TLS_RESUMED(FLAG, "whether it resumed an earlier session, if known"),
    SERVER_CERTIFICATE(PEER, "subject of the server's certificate"),
    VERB(TEXT, "the FTP command"),
    PATH(PEER, "its argument"),
    DIRECTION(
            TEXT,
            "upload, download or listing; of a command that was denied, also delete and others, as rules have them"),
    RULE(
            TEXT,
            "the rule that denied the command, if it has a name; `inspection` where content is inspected and no rule decided"),
    BYTES_TO_CLIENT(NUMBER, "bytes written to the client's data connections"),
    BYTES_TO_SERVER(NUMBER, "bytes written to the server's data connections"),
    DURATION_MS(NUMBER, "milliseconds from the command to its final reply, or of the whole session"),
    RECEIVED(NUMBER, "code of the server's final reply, to DELE where that was sent for what an upload left"),
    SENT(NUMBER, "code of the final reply to the client"),
    END(TEXT, "how the transfer ended, as in the log"),
    DATA_PATH(TEXT, "what moved the bytes: kernel, splice or buffer"),
    CLIENT_DATA_SYNTAX(TEXT, "the command that agreed the client's data connection"),
    CLIENT_DATA_IP(TEXT, "the client's end of it, if it was connected"),
    CLIENT_DATA_PORT(NUMBER, "its port"),
    CLIENT_DATA_TLS_VERSION(TEXT, "TLS of the client's data connection, if any"),
    CLIENT_DATA_TLS_CIPHER(TEXT, "its cipher"),
    CLIENT_DATA_TLS_RESUMED(FLAG, "whether it resumed a session, if known"),
    SERVER_DATA_SYNTAX(TEXT, "the command that agreed the server's data connection"),
    SERVER_DATA_IP(TEXT, "the server's end of it, if it was connected"),
    SERVER_DATA_PORT(NUMBER, "its port"),
    SERVER_DATA_TLS_VERSION(TEXT, "TLS of the server's data connection, if any"),
    SERVER_DATA_TLS_CIPHER(TEXT, "its cipher"),
    SERVER_DATA_TLS_RESUMED(FLAG, "whether it resumed a session, if known"),
    CAUSE(TEXT, "who ended or refused the session, and why, as in the log"),
    REASON(TEXT, "what was rejected, why content was, or why what an upload left was kept, as in the log"),
    SIDE(TEXT, "whose connection it was about: client or server"),
    SHA256(TEXT, "SHA-256 of the content, if the inspection has `hash`"),
    CRC32C(TEXT, "its CRC32C"),
    FINDINGS(LIST, "what else the inspection found out, as NAME=VALUE"),
    QUOTA_OF(TEXT, "whose quota was used up: user or group"),
    QUOTA_NAME(PEER, "the name of that user or group"),
    PERIOD(TEXT, "the period of the quota: hour, day or month"),
    UNIT(TEXT, "what the quota counts: bytes or files"),
    LIMIT(NUMBER, "how many of these a period has"),
    USED(NUMBER, "how many were used when the transfer was refused, or used the last"),
    NAMED_IP(TEXT, "the address that the peer named, where that was rejected"),
    NAMED_PORT(NUMBER, "its port"),
    COMMANDS(NUMBER, "commands of the session"),
    TRANSFERS(NUMBER, "transfer commands of the session"),
    ACTION(TEXT, "what the operator did"),
    BY(TEXT, "who did it, or why the config was read"),
    TARGET(TEXT, "what it was done to"),
    RESULT(TEXT, "done or failed; of what an upload left, deleted or kept; of a quota, refused or cut"),
    DETAIL(PEER, "what else is known"),
    DROPPED(NUMBER, "records that were dropped"),
    FILE(TEXT, "the config file, or the audit file"),
    PREVIOUS(TEXT, "hash of the line before, in this file or the one before it; 64 zeros in front of the first one"),
    TORN_BYTES(NUMBER, "length of the line before, which is not complete"),
    TORN_SHA256(TEXT, "its SHA-256"),
    HASH(TEXT, "hash of the line before and this one; always the last field");

    private final Kind kind;
    private final String description;

    /** The form of a value. */
    public enum Kind {
        /** An integer. */
        NUMBER,
        /** true or false. */
        FLAG,
        /** A text of the gateway's own. */
        TEXT,
        /** A text that a peer may have chosen: one char for one byte. */
        PEER,
        /** Several of those. */
        LIST
    }

    AuditField(Kind kind, String description) {
        this.kind = kind;
        this.description = description;
    }

    /** Returns its name in records. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the form of its value. */
    public Kind kind() {
        return kind;
    }

    /** Returns what it has, as the docs say it. */
    public String description() {
        return description;
    }
}
