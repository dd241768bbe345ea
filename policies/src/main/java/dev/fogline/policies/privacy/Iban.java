package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.EnglishNumbers.ValueDetector;
import java.util.HashMap;
import java.util.Map;

/** International bank account number, ISO 13616: country, two check digits by ISO 7064 MOD 97-10, account. */
record Iban() implements ValueDetector {
    /** Country to length, from SWIFT's registry of IBANs. */
    private static final Map<String, Integer> LENGTHS = new HashMap<>();

    static {
        String registry =
                "NO15 BE16 DK18 FI18 FO18 FK18 GL18 NL18 SD18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 MN20"
                        + " CH21 HR21 LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23"
                        + " AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27"
                        + " IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29"
                        + " JO30 KW30 MU30 YE30 MT31 SC31 LC32 RU33";
        for (String entry : registry.split(" ", -1)) {
            LENGTHS.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
    }

    @Override
    public void at(Value value, Candidates found) {
        if (!value.letters(0, 2) || !value.numeric(2, 4)) {
            return;
        }
        Integer length = LENGTHS.get(value.compact(2));
        if (length == null || !value.endsAt(length)) {
            return;
        }
        boolean checks = remainder(value, length) == 1;
        boolean context = value.naming() == Naming.IBAN;
        if (checks || context) {
            value.found(FindingKind.IBAN, length, Evidence.of(context, checks), found);
        }
    }

    private static int remainder(Value value, int length) {
        int remainder = 0;
        for (int i = 0; i < length; i++) {
            char c = value.at((i + 4) % length);
            remainder = Ascii.digit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
        }
        return remainder;
    }
}
