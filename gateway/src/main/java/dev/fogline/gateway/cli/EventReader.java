package dev.fogline.gateway.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The {@code data} of server-sent events, one after the other; comments and other fields are left out. */
final class EventReader implements Closeable {

    private static final int LARGEST_EVENT = 1 << 20; // characters

    private final Reader characters;
    private boolean lineFeedBelongsToLastLine;

    EventReader(InputStream bytes) {
        this.characters = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The next event, or nothing at the end of the stream. An event that the end cut off is no event (WHATWG HTML 9.2.6).
     *
     * @throws IOException the connection broke, or an event is larger than 1 Mi characters
     */
    Optional<String> next() throws IOException {
        StringBuilder data = null;
        for (Optional<String> read = line(); read.isPresent(); read = line()) {
            String line = read.get();
            if (line.isEmpty()) {
                if (data != null) {
                    return Optional.of(data.toString());
                }
            } else if (line.startsWith("data:")) {
                data = data == null ? new StringBuilder() : data.append('\n');
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
                bound(data.length());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }

    // Not BufferedReader.readLine: it has no bound. Lines end in CR, LF or both; after a CR the LF is not waited for,
    // because it may come with the next event only.
    private Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = characters.read(); c >= 0; c = characters.read()) {
            boolean skipped = c == '\n' && lineFeedBelongsToLastLine;
            lineFeedBelongsToLastLine = c == '\r';
            if (skipped) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return Optional.of(line.toString());
            }
            bound(line.append((char) c).length());
        }
        return Optional.empty();
    }

    private static void bound(int length) throws IOException {
        if (length > LARGEST_EVENT) {
            throw new IOException("an event is larger than " + LARGEST_EVENT + " characters");
        }
    }
}
