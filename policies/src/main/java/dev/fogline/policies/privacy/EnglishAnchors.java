package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;

/** Where what English texts hold is looked for. */
final class EnglishAnchors {
    private EnglishAnchors() {}

    static List<Anchor.Use> all() {
        var hex = new HexAddress();
        List<Detector> atDigits = List.of(
                EnglishNumbers.standard(), new PhoneNumber(), new InternetAddress(), new BirthDate(), hex::atDigit);
        var uses = new ArrayList<Anchor.Use>();
        for (Detector detector : atDigits) {
            uses.add(new Anchor.Use(new Anchor.Digits(), detector));
        }
        uses.add(new Anchor.Use(new Anchor.Sign(':'), hex));
        uses.add(new Anchor.Use(new Anchor.Word(Bech32.PREFIX, true), new Bech32()));
        return uses;
    }
}
