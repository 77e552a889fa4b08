package io.ftpalg.violations.control;

import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Control uses a deprecated group, an atomic, a library that it may not, and what data connections are made of. */
@SuppressWarnings("deprecation") // a violation on purpose
public abstract class Violation {
    protected volatile int state;
    private final AtomicLong counter = new AtomicLong();

    /** Uses what only data may. */
    protected abstract io.ftpalg.violations.data.epoll.Violation socket();

    /** Uses a library that it may not. */
    protected Class<?> group(NioEventLoopGroup group) {
        counter.incrementAndGet();
        return Test.class;
    }
}
