package io.ftpalg.protocol;

/**
 * How a byte 0xFF on a control connection is read and written: as Telnet's IAC (RFC 854, RFC 959 section 3), or as a byte of a
 * name like any other.
 */
public enum TelnetMode {
    /**
     * IAC before the verb of a command and before the code of a reply; a byte like others in an argument and in the text of a
     * reply, sent on as it came. A client that doubles it there has a server that reads it doubled, and one that does not has a server that
     * does not, as if both were connected directly. No pair of bytes that begins with 0xFF is Telnet's in there: in CP1251,
     * where 0xFF is a letter, any letter may follow it.
     */
    AUTO,
    /** IAC everywhere: a byte 0xFF of a name is doubled, and a single one is not part of the name. */
    ON,
    /** A byte like others everywhere; no Telnet Synch is sent to servers. */
    OFF;

    /** Returns {@link #ON} or {@link #OFF}. */
    public static TelnetMode of(boolean telnet) {
        return telnet ? ON : OFF;
    }
}
