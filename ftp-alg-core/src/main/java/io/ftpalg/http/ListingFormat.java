package io.ftpalg.http;

import io.ftpalg.http.ListEntry.Kind;

/** How a list of a directory is written: HTML for people, JSON for programs. Everything of the server is escaped. */
interface ListingFormat {

    void begin(StringBuilder out);

    void entry(StringBuilder out, ListEntry entry);

    /** A line that is no entry, as it is. */
    void text(StringBuilder out, String line);

    void end(StringBuilder out);

    /** Makes the format for a directory. */
    static ListingFormat of(FtpUrl directory, boolean json) {
        // A link is relative to what stands before the last slash of the URL.
        String base = directory.lastSegment().isEmpty() ? "" : directory.lastSegment() + '/';
        return json ? new Json(directory, base) : new Html(directory, base);
    }

    /** Returns the link to an entry, relative to the URL of the directory. */
    private static String link(String base, ListEntry entry) {
        return base + Percent.encode(entry.name()) + (entry.kind() == Kind.DIRECTORY ? "/" : "");
    }

    /** One line an entry, in the form of web servers that tools read too: link, date, size. */
    record Html(FtpUrl directory, String base) implements ListingFormat {
        private static final int NAME_WIDTH = 50;

        @Override
        public void begin(StringBuilder out) {
            String title = "Index of " + Names.decode(directory.display());
            out.append("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>");
            Page.appendHtml(out, title);
            out.append("</title></head>\n<body><h1>");
            Page.appendHtml(out, title);
            out.append("</h1><hr><pre>");
            if (!directory.path().isEmpty() && !directory.path().equals("/")) {
                out.append("<a href=\"").append(base.isEmpty() ? "../" : "./").append("\">../</a>\n");
            }
        }

        @Override
        public void entry(StringBuilder out, ListEntry entry) {
            String slash = entry.kind() == Kind.DIRECTORY ? "/" : "";
            String shown = Names.decode(entry.name()) + slash;
            out.append("<a href=\"").append(link(base, entry)).append("\">");
            Page.appendHtml(out, shown);
            out.append("</a>").append(" ".repeat(Math.max(1, NAME_WIDTH - shown.length())));
            Page.appendHtml(out, entry.date().orElse("-"));
            out.append("  ")
                    .append(
                            entry.size().isPresent()
                                    ? String.valueOf(entry.size().getAsLong())
                                    : "-")
                    .append('\n');
        }

        @Override
        public void text(StringBuilder out, String line) {
            Page.appendHtml(out, Names.decode(line));
            out.append('\n');
        }

        @Override
        public void end(StringBuilder out) {
            out.append("</pre><hr></body></html>\n");
        }
    }

    /** An object of the directory with an array of its entries; a line that is no entry is an object too. */
    final class Json implements ListingFormat {
        private final FtpUrl directory;
        private final String base;
        private boolean some;

        Json(FtpUrl directory, String base) {
            this.directory = directory;
            this.base = base;
        }

        @Override
        public void begin(StringBuilder out) {
            out.append("{\"directory\":");
            Page.appendJson(out, Names.decode(directory.display()));
            out.append(",\"entries\":[");
        }

        @Override
        public void entry(StringBuilder out, ListEntry entry) {
            next(out);
            out.append("{\"name\":");
            Page.appendJson(out, Names.decode(entry.name()));
            out.append(",\"type\":\"")
                    .append(entry.kind().text())
                    .append("\",\"href\":\"")
                    .append(link(base, entry))
                    .append('"');
            entry.size().ifPresent(size -> out.append(",\"size\":").append(size));
            entry.date().ifPresent(date -> {
                out.append(",\"modified\":");
                Page.appendJson(out, date);
            });
            out.append('}');
        }

        @Override
        public void text(StringBuilder out, String line) {
            next(out);
            out.append("{\"text\":");
            Page.appendJson(out, Names.decode(line));
            out.append('}');
        }

        private void next(StringBuilder out) {
            out.append(some ? ",\n" : "\n");
            some = true;
        }

        @Override
        public void end(StringBuilder out) {
            out.append("\n]}\n");
        }
    }
}
