package io.ftpalg.server.admin;

/** The methods of HTTP that routes have. */
public enum AdminMethod {
    /** Reads; changes nothing. */
    GET,
    /** Does something. */
    POST,
    /** Sets something. */
    PUT,
    /** Removes something. */
    DELETE
}
