package io.ftpalg.server.admin.page;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of the page, as they are in the jar. There is a list of them and no other file can be asked for, whatever a path looks
 * like. Stateless.
 */
final class PageFiles {
    private static final String INDEX = "index.html";
    private static final List<String> OTHERS = List.of(
            "page.css",
            "icon.svg",
            "main.js",
            "api.js",
            "dialog.js",
            "format.js",
            "gateway.js",
            "parts.js",
            "refusals.js",
            "sessions.js",
            "sparkline.js",
            "table.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private PageFiles() {}

    /** Reads the files: the page itself at {@code /}, and the others beside each other. */
    static List<PageFile> read() {
        return Stream.concat(Stream.of(read("/", INDEX)), OTHERS.stream().map(name -> read("/page/" + name, name)))
                .toList();
    }

    private static PageFile read(String path, String name) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
        try (InputStream content = PageFiles.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new FileNotFoundException("the jar has no " + name + " of the admin page");
            }
            return new PageFile(path, type, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
