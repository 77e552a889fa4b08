package io.ftpalg.violations.live;

/** What operators see uses codec. */
public interface Violation {
    io.ftpalg.violations.codec.Violation codec();
}
