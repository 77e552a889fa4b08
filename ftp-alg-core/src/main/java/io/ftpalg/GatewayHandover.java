package io.ftpalg;

import io.ftpalg.control.ListeningSocket;
import io.ftpalg.control.net.Transport;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.SharedGatewayState;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * One start of several gateways, all or none, perhaps in place of others that run. Made for one start;
 * its second phase runs on whichever thread the last listening socket is bound.
 *
 * <p>First every address is found a listening socket: that of a predecessor, an inherited one, or a new one that accepts no client
 * yet; and routers start. Then, which
 * cannot fail, the sockets change hands, the new ones open, those that are not needed close, and the predecessors retire.
 */
final class GatewayHandover {
    private final List<GatewayLifecycle> gateways;
    private final List<GatewayLifecycle> predecessors;
    private final List<InheritedSocket> inherited;
    private final List<CompletableFuture<Void>> closing = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /**
     * An address that a gateway wants.
     *
     * @param gateway the gateway that needs it
     * @param address what it wants
     * @param implicitTls whether TLS begins with the connection there
     * @param takes what it takes over there from a predecessor, if anything
     * @param inherits what it takes over there that no gateway of this process opened, if anything
     */
    private record Place(
            GatewayLifecycle gateway,
            InetSocketAddress address,
            boolean implicitTls,
            Optional<Held> takes,
            Optional<InheritedSocket> inherits) {
        Gateway receiver() {
            Gateway explicit = gateway.parts().gateway();
            return implicitTls ? explicit.implicitTls() : explicit;
        }
    }

    /** A listening socket of a predecessor. */
    private record Held(GatewayLifecycle from, ListeningSocket socket) {
        boolean fits(InetSocketAddress address) {
            return socket.configured().equals(address) || socket.address().equals(address);
        }
    }

    GatewayHandover(
            List<GatewayLifecycle> gateways, List<GatewayLifecycle> predecessors, List<InheritedSocket> inherited) {
        this.gateways = List.copyOf(gateways);
        this.predecessors = List.copyOf(predecessors);
        this.inherited = List.copyOf(inherited);
    }

    /**
     * Starts them; fails with {@link FtpAlgException}, and leaves the predecessors as they were, if one cannot start. Throws
     * nothing.
     */
    CompletionStage<Void> run() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        try {
            checkLoops();
            find();
            begin();
        } catch (FtpAlgException | RuntimeException e) {
            result.completeExceptionally(e);
            return result;
        }
        List<CompletableFuture<ListeningSocket>> sockets = new ArrayList<>();
        try {
            for (GatewayLifecycle gateway : gateways) {
                gateway.parts().tryOut();
            }
            places.forEach(place -> sockets.add(socket(place)));
        } catch (FtpAlgException | RuntimeException e) {
            giveUp(sockets, e, result);
            return result;
        }
        allOf(sockets)
                .thenCompose(all -> allOf(gateways.stream()
                        .map(gateway -> gateway.parts()
                                .startRouter(gateway.loops().orElseThrow().next()))
                        .toList()))
                .thenRun(() -> change(sockets))
                .whenComplete((all, failure) -> {
                    if (failure != null) {
                        giveUp(
                                sockets,
                                failure instanceof CompletionException && failure.getCause() != null
                                        ? failure.getCause()
                                        : failure,
                                result);
                    } else {
                        // Outside the lock: what waits for their end may do anything.
                        if (gateways.isEmpty()) {
                            accepted().whenComplete((turns, error) -> retire());
                        } else {
                            retire();
                        }
                        result.complete(null);
                    }
                });
        return result;
    }

    private void retire() {
        predecessors.forEach(before -> before.parts().retire());
    }

    /** Nobody succeeds here: clients that were accepted before their socket closed still get a session, each on its event loop. */
    private CompletableFuture<Void> accepted() {
        return allOf(closing).thenCompose(closed -> {
            List<CompletableFuture<Void>> turns = new ArrayList<>();
            predecessors.forEach(before -> before.loops()
                    .ifPresent(loops -> loops.forEach(loop -> {
                        CompletableFuture<Void> turn = new CompletableFuture<>();
                        loop.execute(() -> turn.complete(null));
                        turns.add(turn);
                    })));
            return allOf(turns);
        });
    }

    private void change(List<CompletableFuture<ListeningSocket>> sockets) {
        List<ListeningSocket> all =
                sockets.stream().map(CompletableFuture::join).toList();
        if (!GatewayLifecycle.change(() -> changeTo(all))) {
            throw new CompletionException(
                    new FtpAlgException("a gateway was stopped while this one started, or one that it was"
                            + " to replace was stopped or replaced"));
        }
    }

    /** Sessions run on the event loops of the listening socket, whichever gateway accepts them. */
    private void checkLoops() {
        Set<Optional<IoEventLoopGroup>> loops = new HashSet<>();
        Set<SharedGatewayState> families = new HashSet<>();
        predecessors.forEach(before -> {
            loops.add(before.givenLoops());
            families.add(before.parts().neighbours());
        });
        if (!inherited.isEmpty() && !gateways.stream().allMatch(gateway -> gateway.transport() == Transport.EPOLL)) {
            throw new IllegalArgumentException("inherited sockets need transport EPOLL");
        }
        if (predecessors.isEmpty()) {
            return;
        }
        gateways.forEach(gateway -> loops.add(gateway.givenLoops()));
        if (loops.size() != 1 || loops.contains(Optional.<IoEventLoopGroup>empty())) {
            throw new IllegalArgumentException(
                    "a gateway takes the place of one with the same event loops: give them to both");
        }
        if (families.size() != 1) {
            throw new IllegalArgumentException("only gateways that were started together can be replaced together");
        }
    }

    private void find() {
        List<Held> left = new ArrayList<>();
        predecessors.forEach(before -> before.sockets().forEach(socket -> left.add(new Held(before, socket))));
        List<InheritedSocket> free = new ArrayList<>(inherited);
        for (GatewayLifecycle gateway : gateways) {
            gateway.wanted().forEach(address -> places.add(place(gateway, address, false, left, free)));
            gateway.wantedImplicitTls().forEach(address -> places.add(place(gateway, address, true, left, free)));
        }
    }

    private static Place place(
            GatewayLifecycle gateway,
            InetSocketAddress address,
            boolean implicitTls,
            List<Held> left,
            List<InheritedSocket> free) {
        Optional<Held> takes = left.stream().filter(item -> item.fits(address)).findFirst();
        takes.ifPresent(left::remove);
        Optional<InheritedSocket> inherits = takes.isPresent()
                ? Optional.empty()
                : free.stream().filter(socket -> socket.fits(address)).findFirst();
        inherits.ifPresent(free::remove);
        return new Place(gateway, address, implicitTls, takes, inherits);
    }

    /** Each gateway continues the counts of the first of its predecessors that no other has followed. */
    private void begin() throws FtpAlgException {
        SharedGatewayState neighbours = predecessors.isEmpty()
                ? new SharedGatewayState()
                : predecessors.get(0).parts().neighbours();
        Set<GatewayLifecycle> followed = new HashSet<>();
        List<GatewayLifecycle> begun = new ArrayList<>();
        try {
            for (GatewayLifecycle gateway : gateways) {
                Optional<GatewayLifecycle> before = places.stream()
                        .filter(place -> place.gateway() == gateway)
                        .flatMap(place -> place.takes().stream())
                        .map(Held::from)
                        .filter(followed::add)
                        .findFirst();
                gateway.begin(neighbours, before.map(GatewayLifecycle::parts));
                begun.add(gateway);
            }
        } finally {
            if (begun.size() < gateways.size()) {
                begun.forEach(GatewayLifecycle::abandon);
            }
        }
    }

    private CompletableFuture<ListeningSocket> socket(Place place) {
        if (place.takes().isPresent()) {
            return CompletableFuture.completedFuture(place.takes().get().socket());
        }
        CompletableFuture<ListeningSocket> named = new CompletableFuture<>();
        place.gateway()
                .loopsEnded()
                .thenRun(() ->
                        named.completeExceptionally(new FtpAlgException(NetUtil.toSocketAddressString(place.address())
                                + ": cannot listen: the event loops have ended")));
        listen(place).bound().whenComplete((socket, failure) -> {
            if (failure == null) {
                named.complete(socket);
            } else {
                named.completeExceptionally(new FtpAlgException(
                        NetUtil.toSocketAddressString(place.address()) + ": cannot listen: " + why(place, failure),
                        failure));
            }
        });
        return named;
    }

    private static ListeningSocket listen(Place place) {
        IoEventLoopGroup loops = place.gateway().loops().orElseThrow();
        return place.inherits()
                .map(socket -> new ListeningSocket(place.address(), loops, place.receiver(), socket.take()))
                .orElseGet(() -> new ListeningSocket(place.address(), loops, place.receiver()));
    }

    private String why(Place place, Throwable failure) {
        InetSocketAddress wanted = place.address();
        return predecessors.stream()
                .flatMap(before -> before.sockets().stream())
                .map(ListeningSocket::address)
                .filter(other -> other.getPort() == wanted.getPort()
                        && !other.equals(wanted)
                        && (other.getAddress().isAnyLocalAddress()
                                || wanted.getAddress().isAnyLocalAddress()))
                .findFirst()
                .map(other -> "it clashes with " + NetUtil.toSocketAddressString(other)
                        + ", which is in use until this takes its place: only a restart can change one into the other")
                .orElseGet(() -> String.valueOf(failure.getMessage())
                        .replaceFirst("^.*failed( with error\\(-?[0-9]+\\))?: ", ""));
    }

    /** Replaces the running gateways; false, and nothing is changed, if one of them was stopped in the meantime. */
    private boolean changeTo(List<ListeningSocket> sockets) {
        if (!gateways.stream().allMatch(GatewayLifecycle::isStarting)
                || !predecessors.stream().allMatch(GatewayLifecycle::isRunning)) {
            return false;
        }
        Set<ListeningSocket> unwanted = new LinkedHashSet<>();
        predecessors.forEach(before -> unwanted.addAll(before.retire()));
        sockets.forEach(unwanted::remove);
        gateways.forEach(gateway -> gateway.take(IntStream.range(0, places.size())
                .filter(i -> places.get(i).gateway() == gateway)
                .mapToObj(sockets::get)
                .toList()));
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).takes().isPresent()) {
                sockets.get(i).handTo(places.get(i).receiver());
            } else {
                sockets.get(i).open();
            }
        }
        unwanted.forEach(socket -> closing.add(socket.closed()));
        unwanted.forEach(socket ->
                GatewayLifecycle.close(socket, predecessors.get(0).parts().neighbours()));
        return true;
    }

    /** Closes what was opened, and then fails with the reason. */
    private void giveUp(
            List<CompletableFuture<ListeningSocket>> sockets, Throwable cause, CompletableFuture<Void> result) {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            Place place = places.get(i);
            if (place.takes().isEmpty()) {
                CompletableFuture<Void> closed = sockets.get(i)
                        .handle((socket, failure) -> Optional.ofNullable(socket))
                        .thenCompose(opened -> opened.map(GatewayHandover::close)
                                .orElseGet(() -> CompletableFuture.completedFuture(null)));
                place.gateway().loopsEnded().thenRun(() -> closed.complete(null));
                ends.add(closed);
            }
        }
        allOf(ends).whenComplete((closed, none) -> allOf(
                        gateways.stream().map(GatewayLifecycle::abandon).toList())
                .whenComplete((ended, error) -> result.completeExceptionally(cause)));
    }

    private static CompletableFuture<Void> close(ListeningSocket socket) {
        CompletableFuture<Void> closed = socket.closed();
        socket.close();
        return closed;
    }

    private static CompletableFuture<Void> allOf(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }
}
