package dev.fogline.edge.model;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why input or output failed, in a few words. */
final class Causes {
    private Causes() {}

    static String of(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException e -> "no connection (timed out)";
            case HttpTimeoutException e -> "no answer (timed out)";
            case UnknownHostException e -> "host name not known";
            case ConnectException e ->
                causedBy(e, UnresolvedAddressException.class) ? "host name not known" : "no connection (refused)";
            case SSLException e -> "no secure connection (" + message(e) + ")";
            case NoSuchFileException e -> "no such file: " + e.getFile();
            case AccessDeniedException e -> "not allowed to read or write " + e.getFile();
            case FileSystemException e -> message(e);
            case IOException e when causedBy(e, ConnectException.class) -> "no connection (refused)";
            default -> message(failure);
        };
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> kind) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .filter(message -> !message.isBlank())
                .map(message -> message.length() > 160 ? message.substring(0, 160) + "…" : message)
                .orElse(failure.getClass().getSimpleName());
    }
}
