package io.ftpalg.data.relay;

import io.ftpalg.policy.transfer.ByteAllowance;
import io.ftpalg.policy.transfer.ByteAllowance.Grant;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes one direction of a relay may move now: as many as all its {@link ByteAllowance}s have granted, once their delay is over.
 * What is read may be more than that by one read, which the next ones wait for. Owned by a {@link RelayFlow}, on the session's loop.
 */
public final class Pacer {
    /** What is asked of the allowances at a time; they grant less. */
    private static final int PIECE = 1 << 20;

    private static final int SMALLEST_READ = 2048;

    private final EventLoop loop;
    private final List<ByteAllowance> allowances;
    private final Runnable again;
    private final LongSupplier nanoTime;
    /** Granted and not moved yet; below 0, moved and not granted yet. */
    private long left;

    private long notBefore;
    private boolean exhausted;
    private @Nullable Future<?> waiting;

    /**
     * Makes one.
     *
     * @param again runs when bytes may be moved that could not before
     */
    public Pacer(EventLoop loop, List<ByteAllowance> allowances, Runnable again) {
        this(loop, allowances, again, System::nanoTime);
    }

    Pacer(EventLoop loop, List<ByteAllowance> allowances, Runnable again, LongSupplier nanoTime) {
        this.loop = loop;
        this.allowances = allowances;
        this.again = again;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns how many bytes to read now, at most. 0 if none: the action given to the constructor follows. Where no more are allowed it
     * is 1, which shows whether there is more, or the end.
     */
    public int mayRead(int wanted) {
        if (allowances.isEmpty()) {
            return wanted;
        }
        if (isWaiting()) {
            return 0;
        }
        if (left <= 0) {
            reserve(0);
            long delay = notBefore - nanoTime.getAsLong();
            if (delay > 0) {
                waiting = loop.schedule(this::onTime, delay, TimeUnit.NANOSECONDS);
                return 0;
            }
        }
        return (int) Math.max(1, Math.min(wanted, left));
    }

    /** Returns how large a read should be, at most: what it brings beyond what was granted delays the next one. */
    int size() {
        return allowances.isEmpty()
                ? Integer.MAX_VALUE
                : (int) Math.max(SMALLEST_READ, Math.min(Integer.MAX_VALUE, left));
    }

    /** Counts bytes that were read; returns false if there are more of them than allowed: they are not to be passed on. */
    public boolean read(int bytes) {
        if (allowances.isEmpty()) {
            return true;
        }
        left -= bytes;
        reserve(-1);
        return left >= 0;
    }

    /** Returns whether nothing may be read until the action given to the constructor runs. */
    public boolean isWaiting() {
        return waiting != null;
    }

    /** Gives back what was not moved; nothing moves any more. */
    public void stop() {
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
        if (left > 0) {
            for (ByteAllowance allowance : allowances) {
                allowance.giveBack((int) left);
            }
            left = 0;
        }
    }

    /** Reserves until more than this is left, or there is no more. */
    private void reserve(int than) {
        long now = nanoTime.getAsLong();
        while (left <= than && !exhausted) {
            Grant grant = reserve(PIECE, now);
            exhausted = grant.bytes() == 0;
            left += grant.bytes();
            notBefore = now + grant.delay();
        }
    }

    /** What one allowance grants less than those before it is given back to those. */
    private Grant reserve(int wanted, long now) {
        int bytes = wanted;
        long delay = 0;
        for (int i = 0; i < allowances.size(); i++) {
            Grant grant = allowances.get(i).reserve(bytes, now);
            if (grant.bytes() < bytes) {
                for (ByteAllowance before : allowances.subList(0, i)) {
                    before.giveBack(bytes - grant.bytes());
                }
            }
            bytes = grant.bytes();
            delay = Math.max(delay, grant.delay());
            if (bytes == 0) {
                return Grant.NOTHING;
            }
        }
        return new Grant(bytes, delay);
    }

    private void onTime() {
        waiting = null;
        again.run();
    }
}
