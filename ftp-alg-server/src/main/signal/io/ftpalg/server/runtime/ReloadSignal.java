package io.ftpalg.server.runtime;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGHUP, which asks for a reload. Stateless.
 *
 * <p>The JDK has no other way to receive a signal than sun.misc.Signal (module jdk.unsupported). The compiler warns of it, and
 * the warning cannot be turned off: so this class alone is compiled apart, where warnings are no errors.
 */
final class ReloadSignal {

    private ReloadSignal() {}

    /**
     * Runs the task at each signal, on a thread of the JVM, in place of ending the program. Returns false where there is no
     * such signal, or the program was started so that it receives none (nohup, or the JVM's option -Xrs).
     */
    static boolean onReceived(Runnable task) {
        try {
            return Signal.handle(new Signal("HUP"), signal -> task.run()) != SignalHandler.SIG_IGN;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
