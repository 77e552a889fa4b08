package io.ftpalg.violations.policy;

import org.slf4j.Logger;

/** Policy logs. */
public interface Violation {
    Logger logger();
}
