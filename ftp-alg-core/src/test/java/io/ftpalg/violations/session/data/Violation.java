package io.ftpalg.violations.session.data;

/** A part of the session uses the package above all parts. */
public interface Violation {
    io.ftpalg.violations.session.Violation session();
}
