package io.ftpalg.violations.control.http;

/** A part of control uses the package above all parts. */
public interface Violation {
    io.ftpalg.violations.control.Violation control();
}
