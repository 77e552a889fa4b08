package io.ftpalg.server.config;

import io.ftpalg.server.keys.ClientTlsKeys;
import io.ftpalg.server.keys.ServerTlsKeys;
import io.ftpalg.server.keys.form.Choices;
import io.ftpalg.server.keys.form.Given.Entry;
import io.ftpalg.server.keys.form.Key;
import io.ftpalg.server.keys.form.Key.Kind;
import io.ftpalg.server.keys.form.Names;
import io.ftpalg.server.keys.form.Section;
import io.ftpalg.server.settings.ListenerSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a config as it is in effect, every default filled in, as a config file that means the same. No key holds a secret:
 * passwords stay in their files, and only the paths of these are shown. Stateless.
 */
public final class EffectiveConfig {
    private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9_./-]*";
    /** What some reader of YAML takes for a number, a flag or nothing. */
    private static final Pattern NO_TEXT = Pattern.compile(
            "[0-9][0-9_]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|null|true|false|yes|no|on|off|y|n",
            Pattern.CASE_INSENSITIVE);

    private static final Set<Kind> TEXTS = EnumSet.of(Kind.TEXT, Kind.FILE, Kind.PATH);

    private EffectiveConfig() {}

    /** Returns the lines of the file. */
    public static List<String> lines(ConfigFile config) {
        List<String> lines = new ArrayList<>();
        lines.add("listeners:");
        List<ConfigTable> listeners = config.table().tables("listeners");
        for (int i = 0; i < listeners.size(); i++) {
            lines.addAll(item(section(
                    listeners.get(i), "", computed(config.settings().listeners().get(i)))));
        }
        lines.addAll(section(config.table(), "", Map.of()));
        return lines;
    }

    private static List<String> section(ConfigTable table, String path, Map<String, String> computed) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : table.section().entries()) {
            if (entry instanceof Key<?> key) {
                List<ConfigText> given = table.values(key.name());
                if (!given.isEmpty()) {
                    lines.add(key.name() + ": "
                            + (given.size() == 1
                                    ? quoted(key, given.get(0).text())
                                    : given.stream()
                                            .map(text -> quoted(key, text.text()))
                                            .collect(Collectors.joining(", ", "[", "]"))));
                } else {
                    Optional.ofNullable(computed.get(path + key.name()))
                            .or(key::standard)
                            .ifPresent(value -> lines.add(key.name() + ": " + quoted(key, value)));
                }
            } else if (entry instanceof Section below && !below.name().equals("listeners")) {
                below(table, below).forEach(under -> lines.addAll(under(under, path, computed, lines)));
            }
        }
        return lines;
    }

    /** Limits hold whether they are given or not; a section of another kind is on only if it is there. */
    private static List<ConfigTable> below(ConfigTable table, Section section) {
        List<ConfigTable> given = table.tables(section.name());
        return given.isEmpty() && section.name().equals("limits")
                ? List.of(new ConfigTable(section, ConfigPlace.START, Map.of(), Map.of()))
                : given;
    }

    private static List<String> under(
            ConfigTable table, String path, Map<String, String> computed, List<String> before) {
        List<String> lines = new ArrayList<>();
        String name = table.section().name();
        List<String> inside = section(table, path + name + '.', computed);
        if (!before.contains(name + ':')) {
            lines.add(name + ':' + (inside.isEmpty() ? " {}" : ""));
        }
        lines.addAll(table.section().many() ? item(inside) : indented(inside));
        return lines;
    }

    private static List<String> item(List<String> lines) {
        List<String> item = new ArrayList<>();
        for (String line : lines) {
            item.add((item.isEmpty() ? "  - " : "    ") + line);
        }
        return item;
    }

    private static List<String> indented(List<String> lines) {
        return lines.stream().map(line -> "  " + line).toList();
    }

    /** Returns what is in effect where the default depends on other keys. */
    private static Map<String, String> computed(ListenerSettings settings) {
        Map<String, String> computed = new HashMap<>();
        settings.clientTls().leg().ifPresent(leg -> {
            computed.put(
                    Names.KEYS.of(ClientTlsKeys.TLS, ClientTlsKeys.USE),
                    Choices.name(settings.clientTls().use().control()));
            computed.put(
                    Names.KEYS.of(ClientTlsKeys.TLS, ClientTlsKeys.DATA),
                    Choices.name(settings.clientTls().use().data()));
            computed.put(
                    Names.KEYS.of(ClientTlsKeys.TLS, ClientTlsKeys.AUTH_MODE),
                    Choices.name(settings.clientTls().use().auth()));
        });
        settings.serverTls().leg().ifPresent(leg -> {
            computed.put(
                    Names.KEYS.of(ServerTlsKeys.TLS, ServerTlsKeys.MODE),
                    Choices.name(settings.serverTls().use().mode()));
            computed.put(
                    Names.KEYS.of(ServerTlsKeys.TLS, ServerTlsKeys.DATA),
                    Choices.name(settings.serverTls().use().data()));
            computed.put(Names.KEYS.of(ServerTlsKeys.TLS, ServerTlsKeys.MAX_VERSION), "1.2");
        });
        return computed;
    }

    private static String quoted(Key<?> key, String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return escaped(text);
        }
        return text.matches(PLAIN)
                        && !(TEXTS.contains(key.kind()) && NO_TEXT.matcher(text).matches())
                ? text
                : '\'' + text.replace("'", "''") + '\'';
    }

    /** What is printed is ASCII, in one line. */
    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\'
                        ? "\\" + (char) c
                        : c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
