package io.ftpalg.violations.session;

/** Session uses data, and data uses session: a cycle; it also locks, prints and exits. */
public class Violation {
    private static int count;
    private final Object lock = new Object();
    protected int state;

    protected io.ftpalg.violations.session.base.Violation part;

    protected io.ftpalg.violations.data.Violation data() {
        count++;
        synchronized (lock) {
            state++;
        }
        System.err.println(count);
        System.exit(count);
        throw new IllegalStateException();
    }
}
