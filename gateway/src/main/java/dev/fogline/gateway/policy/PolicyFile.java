package dev.fogline.gateway.policy;

import dev.fogline.policies.file.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** The file that the policy comes from, by the path in the configuration; whatever links lead to it are followed anew each time. */
public record PolicyFile(Path path) {
    private static final int LONGEST = 1 << 20;

    /** What the file holds, or why it cannot be read. */
    sealed interface Content {
        /** @throws InvalidFileException with a clause that follows the file's name */
        String text();

        record Text(String text) implements Content {}

        /** @param sentence for the operator, with the path */
        record Unreadable(String sentence) implements Content {
            @Override
            public String text() {
                throw new InvalidFileException("is not used: " + sentence);
            }
        }
    }

    Content read() {
        try {
            // Opening a pipe would wait for somebody who writes.
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return new Content.Unreadable(path + " is no file");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(LONGEST + 1);
            }
            if (bytes.length > LONGEST) {
                return new Content.Unreadable(path + " is longer than " + LONGEST + " bytes");
            }
            return new Content.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Content.Unreadable(path + " is not UTF-8");
        } catch (IOException e) {
            return new Content.Unreadable(
                    path + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Replaces the file as a whole, with its permissions; whoever reads it sees the old text or the new. */
    void write(String text) throws IOException {
        Path real = path.toRealPath();
        Path draft = Files.createTempFile(real.toAbsolutePath().getParent(), ".policy", ".yaml");
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                // Before the name changes hands, or a power cut leaves an empty policy under it.
                out.force(true);
            }
            if (Files.getFileAttributeView(draft, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(real));
            }
            Files.move(draft, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
