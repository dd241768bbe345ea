package dev.fogline.policies.privacy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What the tagger learned: a weight for each feature and tag, and which words are usual in English. Made by
 * {@code TaggerTraining}.
 *
 * @param weights rows of {@link Tag#COUNT} in units of {@code unit}
 * @param unit in nats
 * @param common the words that everybody uses
 * @param usual other words of English
 * @param rare words of English that many texts do not know
 */
record TagModel(byte[] weights, float unit, WordFilter common, WordFilter usual, WordFilter rare) {
    static final int MAGIC = 0x464C_5402;
    private static final String RESOURCE = "tagger.bin";

    /** The one in the archive. */
    static TagModel standard() {
        try (InputStream in = TagModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the weights of the tagger are missing");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TagModel read(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        data.readUTF();
        if (data.readInt() != MAGIC) {
            throw new IllegalStateException("the weights of the tagger are of another version");
        }
        float unit = data.readFloat();
        WordFilter common = filter(data);
        WordFilter usual = filter(data);
        WordFilter rare = filter(data);
        byte[] weights = data.readNBytes(TagFeatures.SIZE * Tag.COUNT);
        if (weights.length < TagFeatures.SIZE * Tag.COUNT || data.read() >= 0) {
            throw new IllegalStateException("the weights of the tagger are of another size");
        }
        return new TagModel(weights, unit, common, usual, rare);
    }

    private static WordFilter filter(DataInputStream data) throws IOException {
        long[] bits = new long[data.readInt()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = data.readLong();
        }
        return new WordFilter(bits);
    }
}
