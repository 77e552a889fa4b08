package io.ftpalg.server.admin.page;

/**
 * A file of the page.
 *
 * @param path the path at which a browser finds it
 * @param type its content type
 * @param content its bytes, which nobody changes
 */
record PageFile(String path, String type, byte[] content) {}
