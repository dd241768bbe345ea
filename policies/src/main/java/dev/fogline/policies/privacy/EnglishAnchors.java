package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;

/** Where what English texts hold is looked for. */
final class EnglishAnchors {
    private EnglishAnchors() {}

    static List<Anchor.Use> all() {
        var hex = new HexAddress();
        var uses = new ArrayList<Anchor.Use>();
        uses.add(new Anchor.Use(new Anchor.Digits(4, true), EnglishNumbers.standard()));
        uses.add(new Anchor.Use(new Anchor.Digits(Anchor.MOST_DIGITS, true), new Wallet()));
        uses.add(new Anchor.Use(new Anchor.Digits(7), new PhoneNumber()));
        uses.add(new Anchor.Use(new Anchor.Digits(4), new InternetAddress()));
        uses.add(new Anchor.Use(new Anchor.Digits(1, false, BirthDate.BEHIND, false), new BirthDate()));
        uses.add(new Anchor.Use(new Anchor.Digits(1), new StreetAddress()));
        uses.add(new Anchor.Use(new Anchor.Digits(1, false, HexAddress.BEHIND, false), hex::atDigit));
        uses.add(new Anchor.Use(new Anchor.Sign(':'), hex));
        uses.add(new Anchor.Use(new Anchor.Word(Bech32.PREFIX, true), new Bech32()));
        uses.add(new Anchor.Use(new Anchor.Word(WebAddress.PREFIX, true), new WebAddress()));
        return uses;
    }
}
