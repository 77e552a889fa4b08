package io.ftpalg.control.shared;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.login.LoginGuard;
import io.ftpalg.protocol.ClientNetwork;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts refused passwords by client address and by user name, and those that are being checked, and refuses attempts of those who have
 * had too many within the window.
 * Shared by all event loops; guarded by its own lock, which is held for a few map operations once a login.
 *
 * <p>An IPv6 client counts by its /64, which is what one customer has. Names count without regard to case and surrounding
 * blanks: servers for which {@code Alice} is {@code alice} allow no fresh count. Keeps {@value #MOST} addresses and
 * as many names, of each the latest failures up to the limit; beyond, the one that failed longest ago is dropped.
 */
public final class LoginFailures implements LoginGuard {
    /** Of addresses and of names. */
    static final int MOST = 10_000;
    /** A client can send names of thousands of bytes, which must not fill the memory. */
    private static final int LONGEST_NAME = 128;

    private final LongSupplier clock;
    private final long window;
    private final int mostPerAddress;
    private final int mostPerUser;
    /** In the order of their last failures, the oldest first. */
    private final Map<InetAddress, Deque<Failure>> byAddress = new LinkedHashMap<>();

    private final Map<String, Deque<Failure>> byUser = new LinkedHashMap<>();
    /** Attempts in progress; no more than there are sessions. */
    private final Map<InetAddress, Integer> tryingByAddress = new HashMap<>();

    private final Map<String, Integer> tryingByUser = new HashMap<>();

    private record Failure(InetAddress network, String user, long at) {
        boolean isOf(InetAddress client, String name) {
            return network.equals(client) && user.equals(name);
        }
    }

    /**
     * Makes one without failures.
     *
     * @param clock nanoseconds since whenever, such as {@link System#nanoTime}
     */
    public LoginFailures(Limits limits, LongSupplier clock) {
        this.clock = clock;
        this.window = limits.failedLoginWindow().toNanos();
        this.mostPerAddress = limits.failedLoginsPerAddress();
        this.mostPerUser = limits.failedLoginsPerUser();
    }

    @Override
    public synchronized Answer begin(InetAddress client, String user) {
        long now = clock.getAsLong();
        InetAddress network = ClientNetwork.of(client);
        String name = folded(user);
        int addressLeft = mostPerAddress - count(byAddress, network, now);
        int userLeft = mostPerUser - count(byUser, name, now);
        if (addressLeft <= 0 || userLeft <= 0) {
            return Answer.REFUSED;
        }
        if (tryingByAddress.getOrDefault(network, 0) >= addressLeft || tryingByUser.getOrDefault(name, 0) >= userLeft) {
            return Answer.BUSY;
        }
        tryingByAddress.merge(network, 1, Integer::sum);
        tryingByUser.merge(name, 1, Integer::sum);
        return Answer.ALLOWED;
    }

    @Override
    public synchronized void failed(InetAddress client, String user) {
        undecided(client, user);
        Failure failure = new Failure(ClientNetwork.of(client), folded(user), clock.getAsLong());
        add(byAddress, failure.network(), failure, mostPerAddress);
        add(byUser, failure.user(), failure, mostPerUser);
    }

    /** Clears the failures of this user from this address alone: an account of one's own allows no more attempts at others. */
    @Override
    public synchronized void succeeded(InetAddress client, String user) {
        undecided(client, user);
        InetAddress network = ClientNetwork.of(client);
        String name = folded(user);
        forget(byAddress, network, network, name);
        forget(byUser, name, network, name);
    }

    @Override
    public synchronized void undecided(InetAddress client, String user) {
        tryingByAddress.computeIfPresent(ClientNetwork.of(client), (same, n) -> n == 1 ? null : n - 1);
        tryingByUser.computeIfPresent(folded(user), (same, n) -> n == 1 ? null : n - 1);
    }

    /** Returns how many attempts are in progress. */
    synchronized int trying() {
        return tryingByUser.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns how many addresses or names are remembered, whichever are more. */
    synchronized int remembered() {
        return Math.max(byAddress.size(), byUser.size());
    }

    private <K> int count(Map<K, Deque<Failure>> failures, K key, long now) {
        Deque<Failure> of = failures.get(key);
        if (of == null) {
            return 0;
        }
        dropOld(of, now);
        return of.size();
    }

    private <K> void add(Map<K, Deque<Failure>> failures, K key, Failure failure, int most) {
        Deque<Failure> known = failures.remove(key);
        Deque<Failure> of = known == null ? new ArrayDeque<>(1) : known;
        of.addLast(failure);
        if (of.size() > most) {
            of.removeFirst();
        }
        failures.put(key, of);
        dropOldest(failures, failure.at());
    }

    private <K> void dropOldest(Map<K, Deque<Failure>> failures, long now) {
        Iterator<Deque<Failure>> oldest = failures.values().iterator();
        while (oldest.hasNext()) {
            Deque<Failure> of = oldest.next();
            dropOld(of, now);
            if (!of.isEmpty() && failures.size() <= MOST) {
                return;
            }
            oldest.remove();
        }
    }

    private void dropOld(Deque<Failure> failures, long now) {
        while (!failures.isEmpty() && now - failures.getFirst().at() >= window) {
            failures.removeFirst();
        }
    }

    private static <K> void forget(Map<K, Deque<Failure>> failures, K key, InetAddress network, String name) {
        failures.computeIfPresent(key, (same, of) -> {
            of.removeIf(failure -> failure.isOf(network, name));
            return of.isEmpty() ? null : of;
        });
    }

    private static String folded(String user) {
        String name = user.strip().toLowerCase(Locale.ROOT);
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
