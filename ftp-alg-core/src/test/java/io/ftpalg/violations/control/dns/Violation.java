package io.ftpalg.violations.control.dns;

/** A part of control uses the package above all parts, and the session. */
public interface Violation {
    io.ftpalg.violations.control.Violation control();

    io.ftpalg.violations.session.Violation session();
}
