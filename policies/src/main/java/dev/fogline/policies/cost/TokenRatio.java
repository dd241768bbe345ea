package dev.fogline.policies.cost;

/**
 * How many input tokens one target counts for each that was estimated from the length of the texts. Learned from what it
 * says of its answers; about the last {@value #REMEMBERED} of them count. Any thread may report and ask.
 *
 * <p>An estimate of the safe side is too high for most texts and vocabularies (0.4 to 0.8 is usual), and too low for digits,
 * Base64, or Chinese in a vocabulary made for English. Beyond {@link #LEAST} and {@link #MOST} no vocabulary explains the
 * difference: then something else was counted, such as hidden instructions, and it is taken at the bound.
 */
public final class TokenRatio {
    static final double LEAST = 0.25;
    static final double MOST = 4;

    /** Of a shorter prompt most tokens are those of the target's chat template, which say nothing of longer ones. */
    static final int SHORTEST = 64;

    private static final int REMEMBERED = 16;

    private volatile double ratio = 1;
    private int answers;

    /** The target counted so many tokens where so many were estimated; a count that is not positive says nothing. */
    public synchronized void saw(long estimated, long counted) {
        if (estimated < SHORTEST || counted <= 0) {
            return;
        }
        answers = Math.min(answers + 1, REMEMBERED);
        double seen = Math.clamp((double) counted / estimated, LEAST, MOST);
        ratio += (seen - ratio) / answers;
    }

    /** From {@link #LEAST} to {@link #MOST}, with six decimals; 1 as long as nothing was seen. */
    public double value() {
        return Math.rint(ratio * 1e6) / 1e6;
    }
}
