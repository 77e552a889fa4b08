package io.ftpalg.violations.haproxy;

/** PROXY headers use codec. */
public interface Violation {
    io.ftpalg.violations.codec.Violation codec();
}
