package io.ftpalg.server.inspect.tee;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used, as operators know it: exceptions of the JDK often have the name of the file only. Stateless. */
final class IoReasons {
    private IoReasons() {}

    /** Returns the reason in a few words. */
    static String of(IOException failure) {
        if (failure instanceof FileSystemException named) {
            return named.getFile() + ": " + reason(named);
        }
        return String.valueOf(failure.getMessage());
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is a file of this name already";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        return String.valueOf(failure.getReason());
    }
}
