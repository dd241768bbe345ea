package dev.fogline.policies.privacy;

/** Address of a bitcoin wallet by BIP 173 and BIP 350: bc1, data in base 32, a checksum of six characters. */
record Bech32() implements Detector {
    static final String PREFIX = "bc1";

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int SHORTEST = 42;
    private static final int LONGEST = 62;
    /** What the checksum must come to, of version 0 and of later ones. */
    private static final int FIRST_VERSION = 1;

    private static final int LATER_VERSION = 0x2bc830a3;

    @Override
    public void at(Reading text, int at, Candidates found) {
        int end = text.runEnd(at, Alphabet.ALPHANUMERIC, LONGEST + 1);
        if (end - at < SHORTEST || end - at > LONGEST) {
            return;
        }
        // The prefix "bc", as the standard spreads it out.
        int check = 1;
        for (int value : new int[] {3, 3, 0, 2, 3}) {
            check = step(check, value);
        }
        for (int i = at + PREFIX.length(); i < end; i++) {
            int value = ALPHABET.indexOf(Ascii.lower(text.at(i)));
            if (value < 0) {
                return;
            }
            check = step(check, value);
        }
        if (check == FIRST_VERSION || check == LATER_VERSION) {
            found.add(FindingKind.WALLET, at, end, Evidence.CHECKSUM);
        }
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = (check & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= (top >>> i & 1) != 0 ? GENERATOR[i] : 0;
        }
        return next;
    }
}
