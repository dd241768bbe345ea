package dev.fogline.policies.privacy;

/**
 * Address of the internet, version 4, that somebody can be known by: none of a private network or of the machine itself.
 * Versions of software are written alike, so without a word that says what it is, one part must be larger than theirs are.
 */
record InternetAddress() implements Detector {
    private static final int PARTS = 4;
    private static final int LARGE = 100;

    @Override
    public void at(Reading text, int at, Candidates found) {
        char before = text.at(at - 1);
        if (Ascii.alphanumeric(before) || before == '.' || before == '-' || before == '_') {
            return;
        }
        int[] parts = new int[PARTS];
        int i = at;
        boolean large = false;
        for (int part = 0; part < PARTS; part++) {
            int end = text.runEnd(i, Alphabet.DIGITS, 4);
            if (end == i
                    || end - i > 3
                    || (text.at(i) == '0' && end - i > 1)
                    || (part < PARTS - 1 && text.at(end) != '.')) {
                return;
            }
            for (int digit = i; digit < end; digit++) {
                parts[part] = parts[part] * 10 + text.at(digit) - '0';
            }
            large |= parts[part] >= LARGE;
            i = part < PARTS - 1 ? end + 1 : end;
        }
        char behind = text.at(i);
        boolean more =
                Ascii.alphanumeric(behind) || behind == '-' || (behind == '.' && Ascii.alphanumeric(text.at(i + 1)));
        if (more || !somebodys(parts)) {
            return;
        }
        Naming naming = Naming.before(text, at);
        boolean context = naming == Naming.NETWORK;
        if (context || (large && naming != Naming.VERSION)) {
            found.add(FindingKind.IP, at, i, Evidence.of(context, false));
        }
    }

    private static boolean somebodys(int[] parts) {
        int first = parts[0];
        for (int part : parts) {
            if (part > 255) {
                return false;
            }
        }
        boolean local = first == 0
                || first == 10
                || first == 127
                || first >= 224
                || (first == 169 && parts[1] == 254)
                || (first == 100 && parts[1] >= 64 && parts[1] < 128)
                || (first == 172 && parts[1] >= 16 && parts[1] < 32)
                || (first == 192 && parts[1] == 168);
        boolean resolver = parts[1] == first && parts[2] == first && parts[3] == first;
        return !local && !resolver;
    }
}
