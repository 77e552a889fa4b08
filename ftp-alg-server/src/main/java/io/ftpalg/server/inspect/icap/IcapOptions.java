package io.ftpalg.server.inspect.icap;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a service asks for (RFC 3507 section 4.10.2).
 *
 * @param methods the methods that it has
 * @param preview bytes of a file that it decides by first, if it has a preview
 * @param allow204 whether it replies 204 behind the preview too
 * @param maxConnections how many connections it takes, if it says so
 * @param ttl how long these are valid
 * @param tag the state of the service, such as its version and signatures
 * @param transfers how files are sent, by their extension
 */
record IcapOptions(
        Set<String> methods,
        Optional<Integer> preview,
        boolean allow204,
        Optional<Integer> maxConnections,
        Duration ttl,
        String tag,
        List<Transfers> transfers) {
    static final Duration LEAST_TTL = Duration.ofSeconds(1);
    static final Duration MOST_TTL = Duration.ofHours(1);
    /** The largest preview that is sent, whatever a service asks for. */
    static final int LARGEST_PREVIEW = 64 << 10;

    static final String REQMOD = "REQMOD";
    static final String RESPMOD = "RESPMOD";

    IcapOptions {
        methods = Set.copyOf(methods);
        transfers = List.copyOf(transfers);
    }

    /** How a file is sent. */
    enum Sending {
        PREVIEW,
        IGNORE,
        COMPLETE
    }

    /** Extensions of files, in small letters, that are sent like this; {@code *} are all that no list has. */
    record Transfers(Sending sending, Set<String> extensions) {
        Transfers {
            extensions = Set.copyOf(extensions);
        }
    }

    static IcapOptions of(IcapHead head) throws IcapException {
        if (head.code() != 200) {
            throw new IcapException("replied " + head.code() + " to OPTIONS");
        }
        Set<String> methods = words(head, "Methods").stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (!methods.contains(REQMOD) && !methods.contains(RESPMOD)) {
            throw new IcapException("has neither REQMOD nor RESPMOD");
        }
        Duration ttl = number(head, "Options-TTL")
                .map(seconds -> Duration.ofSeconds(seconds))
                .orElse(MOST_TTL);
        return new IcapOptions(
                methods,
                number(head, "Preview").map(bytes -> Math.min(bytes, LARGEST_PREVIEW)),
                words(head, "Allow").contains("204"),
                number(head, "Max-Connections").map(count -> Math.max(1, count)),
                ttl.compareTo(LEAST_TTL) < 0 ? LEAST_TTL : ttl.compareTo(MOST_TTL) > 0 ? MOST_TTL : ttl,
                head.header("ISTag").orElse(""),
                Arrays.stream(Sending.values())
                        .map(sending -> new Transfers(
                                sending,
                                words(head, "Transfer-" + sending.name()).stream()
                                        .map(extension -> extension.toLowerCase(Locale.ROOT))
                                        .collect(Collectors.toUnmodifiableSet())))
                        .toList());
    }

    private static Set<String> words(IcapHead head, String name) {
        return head.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .flatMap(header -> Arrays.stream(header.value().split("[,\\s]+", -1)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Integer> number(IcapHead head, String name) throws IcapException {
        Optional<String> text = head.header(name);
        if (text.isPresent() && !text.get().matches("[0-9]{1,9}")) {
            throw new IcapException("sent " + name + " that is no number");
        }
        return text.map(Integer::valueOf);
    }

    /** Returns how a file of this extension is sent, {@code ""} if it has none. Without any list: by preview, if there is one. */
    Sending sending(String extension) {
        Optional<Sending> listed = sendingOf(extension.toLowerCase(Locale.ROOT)).or(() -> sendingOf("*"));
        boolean lists = transfers.stream().anyMatch(list -> !list.extensions().isEmpty());
        Sending sending = listed.orElse(lists ? Sending.COMPLETE : Sending.PREVIEW);
        return sending == Sending.PREVIEW && preview.isEmpty() ? Sending.COMPLETE : sending;
    }

    private Optional<Sending> sendingOf(String extension) {
        return transfers.stream()
                .filter(list -> list.extensions().contains(extension))
                .map(Transfers::sending)
                .findFirst();
    }

    /** Returns the method for an upload or a download: the usual one, or the only one that the service has. */
    String method(boolean upload) {
        String usual = upload ? REQMOD : RESPMOD;
        return methods.contains(usual) ? usual : upload ? RESPMOD : REQMOD;
    }
}
