package io.ftpalg.server.admin.page;

/** A file of the page. Immutable, as long as nobody changes its bytes. */
final class PageFile {
    private final String path;
    private final String type;
    private final byte[] content;

    PageFile(String path, String type, byte[] content) {
        this.path = path;
        this.type = type;
        this.content = content;
    }

    /** Returns the path at which a browser finds it. */
    String path() {
        return path;
    }

    /** Returns its content type. */
    String type() {
        return type;
    }

    /** Returns its bytes, which are not to be changed. */
    byte[] content() {
        return content;
    }
}
