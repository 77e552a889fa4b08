package io.ftpalg.http;

import java.util.List;

/** Texts of responses, in each form: everything that is not our own is escaped. */
public final class Page {
    /** No script, no style, no frame, nothing fetched: a name in a list is text, whatever is in it. */
    static final String POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Page() {}

    /** Returns the head of a response that has a page of this kind. */
    public static ResponseHead head(int status, TextForm form) {
        ResponseHead head = ResponseHead.of(status)
                .with("Content-Type", form.contentType())
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-store");
        return form == TextForm.HTML ? head.with("Content-Security-Policy", POLICY) : head;
    }

    /** Returns the body of a response that reports a failure, or success, by lines of text. */
    public static String text(int status, List<String> lines, TextForm form) {
        StringBuilder body = new StringBuilder();
        switch (form) {
            case HTML -> appendPage(body, status, lines);
            case JSON -> {
                body.append("{\"status\":").append(status).append(",\"text\":");
                appendJson(body, String.join("\n", lines));
                body.append("}\n");
            }
            case PLAIN -> lines.forEach(line -> appendLine(body, line));
        }
        return body.toString();
    }

    private static void appendLine(StringBuilder text, String line) {
        line.chars().forEach(c -> text.append(isControl((char) c) ? '\uFFFD' : (char) c));
        text.append('\n');
    }

    private static void appendPage(StringBuilder body, int status, List<String> lines) {
        body.append("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>")
                .append(status)
                .append("</title></head><body><h1>")
                .append(status)
                .append("</h1><pre>");
        lines.forEach(line -> {
            appendHtml(body, line);
            body.append('\n');
        });
        body.append("</pre></body></html>\n");
    }

    static void appendHtml(StringBuilder html, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(isControl(c) ? '\uFFFD' : c);
            }
        }
    }

    static void appendJson(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (isControl(c) || c == '<' || c == '\u2028' || c == '\u2029') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean isControl(char c) {
        return c < ' ' || c >= 0x7F && c <= 0x9F;
    }
}
