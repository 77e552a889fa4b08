package io.ftpalg.server.cli;

import io.ftpalg.server.keys.ListenerKeys;
import io.ftpalg.server.keys.ProgramKeys;
import io.ftpalg.server.keys.form.CliOption;
import io.ftpalg.server.keys.form.Given;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.keys.form.Section;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What the command line gives: one listener, whose sections are not distinguished, since each option has a name of its own. A
 * problem ends the reading at once. Used by one thread.
 */
final class OptionGiven implements Given {
    private static final InetSocketAddress DEFAULT_LISTEN = new InetSocketAddress("0.0.0.0", 2121);

    private final CommandLine line;
    /** Which section of a list this is, and so which of the values of an option are its own; all if absent. */
    private final Optional<Integer> index;

    OptionGiven(CommandLine line) {
        this(line, Optional.empty());
    }

    private OptionGiven(CommandLine line, Optional<Integer> index) {
        this.line = line;
        this.index = index;
    }

    @Override
    public Names names() {
        return Names.OPTIONS;
    }

    @Override
    public String subject() {
        return "";
    }

    @Override
    public String usage(Key<?> key) {
        return key.option().map(option -> option.name() + ' ' + option.label()).orElseGet(key::name);
    }

    @Override
    public boolean offers(Entry entry) {
        return entry.option().isPresent();
    }

    @Override
    public boolean has(Entry entry) {
        return entry.equals(ListenerKeys.BIND)
                || matched(entry)
                || entry.equals(ListenerKeys.FORWARD) && allowsOriginal();
    }

    /** The servers that are allowed are the same, whether logins name them or clients connect to them. */
    private boolean allowsOriginal() {
        return matched(ListenerKeys.TRANSPARENT) && matched(ListenerKeys.ALLOW_TARGET);
    }

    private boolean matched(Entry entry) {
        return entry.option()
                .filter(option -> line.getParseResult().hasMatchedOption(option.name()))
                .isPresent();
    }

    /** Without an address, the command line has one by default. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> all(Key<T> key) {
        if (key.equals(ListenerKeys.BIND) && !matched(key) && !matched(ListenerKeys.IMPLICIT_TLS_BIND)) {
            return (List<T>) List.of(DEFAULT_LISTEN);
        }
        // The converter of the option made each value by the meaning of the key.
        List<T> all = (List<T>) values(key);
        return index.isEmpty() ? all : all.subList(index.get(), index.get() + 1);
    }

    private List<?> values(Key<?> key) {
        if (!matched(key)) {
            return List.of();
        }
        Object value = line.getParseResult()
                .matchedOptionValue(key.option().map(CliOption::name).orElseThrow(), new Object());
        return value instanceof List<?> list ? list : List.of(value);
    }

    @Override
    public Given section(Section section) {
        return this;
    }

    /** The options of the keys of a list are given as often as there are sections. */
    @Override
    public List<? extends Given> sections(Section section) {
        if (section.equals(ProgramKeys.LISTENERS)) {
            return List.of(this);
        }
        List<Key<?>> keys = section.entries().stream()
                .filter(this::offers)
                .<Key<?>>map(entry -> (Key<?>) entry)
                .toList();
        for (Key<?> key : keys) {
            for (Key<?> other : keys) {
                List<?> values = values(key);
                int count = values(other).size();
                if (values.size() > count) {
                    problem(names().of(key) + " '" + values.get(count) + "': has no " + names().of(other) + ": give "
                            + names().of(other) + " for each " + names().of(key));
                }
            }
        }
        return keys.isEmpty()
                ? List.of()
                : IntStream.range(0, values(keys.get(0)).size())
                        .mapToObj(i -> new OptionGiven(line, Optional.of(i)))
                        .toList();
    }

    @Override
    public boolean hasProblems() {
        return false;
    }

    @Override
    public void problem(String message, Entry... at) {
        throw new ParameterException(line, message);
    }

    /** Refuses options of a section that has an option itself, which is not given. */
    void checkSections() {
        GatewayOptions.entries(ProgramKeys.root())
                .filter(entry -> entry instanceof Section && offers(entry) && !has(entry))
                .flatMap(entry -> ((Section) entry)
                        .entries().stream()
                                .filter(this::matched)
                                .limit(1)
                                .map(below -> names().of(below) + " '"
                                        + values((Key<?>) below).get(0) + "': works with " + names().of(entry)
                                        + (entry.equals(ListenerKeys.FORWARD)
                                                ? " or " + names().of(ListenerKeys.TRANSPARENT)
                                                : "")
                                        + " only"))
                .forEach(this::problem);
    }
}
