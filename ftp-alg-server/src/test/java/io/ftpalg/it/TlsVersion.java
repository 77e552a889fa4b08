package io.ftpalg.it;

/** A version of TLS, as programs are told it. */
enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    /** Returns what Java and log lines call it. */
    String protocol() {
        return "TLSv" + number;
    }
}
