package io.ftpalg;

import io.ftpalg.session.base.ExtensionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what the embedder's objects throw, with the stack: each kind of error of each class once a minute, since every client
 * may cause it again; the next line counts those in between. One for a gateway, used from any thread.
 */
final class ExtensionErrors {
    private static final Logger logger = LoggerFactory.getLogger(ExtensionErrors.class);
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    /** By method, class of the object and class of the error: as many as the embedder's code has. */
    private final Map<String, Logged> logged = new ConcurrentHashMap<>();

    private record Logged(long at, LongAdder more) {
        Logged(long at) {
            this(at, new LongAdder());
        }
    }

    ExtensionErrors(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Calls the object; throws {@link ExtensionException} if it throws or returns null. */
    <T> T call(Object object, String method, Supplier<? extends @Nullable T> call) {
        T result;
        try {
            result = call.get();
        } catch (ExtensionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(object, method, e);
        }
        if (result == null) {
            throw failed(object, method, new NullPointerException(method + " returned null"));
        }
        return result;
    }

    /** Calls the object; what it throws is logged and costs nothing else. */
    void run(Object object, String method, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            ignored(object, method, e);
        }
    }

    /** Logs an error of this object that costs nothing else. */
    void ignored(Object object, String method, Throwable error) {
        report(object.getClass().getName(), method, error, "all sessions continue");
    }

    /** Logs an error of this object, and returns what the session in question ends with. */
    ExtensionException failed(Object object, String method, Throwable error) {
        String name = object.getClass().getName();
        report(name, method, error, "the session that needed it ends, others continue");
        return new ExtensionException(name + '.' + method + " failed: " + error);
    }

    private void report(String name, String method, Throwable error, String consequence) {
        long now = nanoTime.getAsLong();
        String key = method + ' ' + name + ' ' + error.getClass().getName();
        Logged last = logged.get(key);
        if (last != null && now - last.at() < PAUSE) {
            last.more().increment();
        } else if (last == null
                ? logged.putIfAbsent(key, new Logged(now)) == null
                : logged.replace(key, last, new Logged(now))) {
            long repeated = last == null ? 0 : last.more().sum();
            logger.error(
                    "{}.{} failed{}: {}",
                    name,
                    method,
                    repeated == 0 ? "" : " (and " + repeated + " times since the last such line)",
                    consequence,
                    error);
        }
    }
}
