package io.ftpalg.http;

import java.util.List;

/** The form of texts in responses, chosen by Accept (RFC 9110 section 12.5.1). */
public enum TextForm {
    /** For people, and where nothing else is asked for. */
    HTML("text/html", "text/html; charset=utf-8"),
    /** For programs. */
    JSON("application/json", "application/json"),
    /** Lines of text. */
    PLAIN("text/plain", "text/plain; charset=utf-8");

    private final String mediaType;
    private final String contentType;

    TextForm(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** Returns the form that the values of Accept name with the highest weight; a wildcard names none. */
    public static TextForm of(List<String> accept) {
        TextForm best = HTML;
        double most = 0;
        String[] ranges = String.join(",", accept).split(",");
        for (TextForm form : values()) {
            double weight = form.weight(ranges);
            if (weight > most) {
                best = form;
                most = weight;
            }
        }
        return best;
    }

    private double weight(String... ranges) {
        double weight = 0;
        for (String range : ranges) {
            String[] parts = range.split(";");
            if (parts.length > 0 && parts[0].strip().equalsIgnoreCase(mediaType)) {
                weight = parameter(parts);
            }
        }
        return weight;
    }

    private static double parameter(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
