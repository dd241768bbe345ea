package dev.fogline.policies.privacy;

import dev.fogline.policies.privacy.EnglishNumbers.ValueDetector;
import org.jspecify.annotations.Nullable;

/**
 * Numbers whose form says little and whose name says all: "passport no. ...", {@code "mrn": "..."}.
 *
 * @param wrapped the value goes on behind a line break, so only a name of numbers of one length says enough
 */
record NamedNumber(boolean wrapped) implements ValueDetector {
    /**
     * How a named number is written.
     *
     * @param least characters
     * @param leastDigits of these
     * @param letters whether there may be any
     * @param spaced whether it may go on behind a space, and not only behind a dash, a dot or a slash
     */
    private record Form(FindingKind kind, int least, int most, int leastDigits, boolean letters, boolean spaced) {}

    private static final Alphabet CAPITALS = Alphabet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static final int MOST_PREFIX = 5;

    private static final Form PASSPORT = new Form(FindingKind.PASSPORT, 6, 10, 4, true, false);
    private static final Form WRAPPED_PASSPORT = new Form(FindingKind.PASSPORT, 9, 9, 7, true, false);
    private static final Form LICENCE = new Form(FindingKind.DRIVER_LICENCE, 6, 19, 4, true, true);
    private static final Form MEDICAL = new Form(FindingKind.MEDICAL_RECORD, 5, 15, 4, true, false);
    private static final Form ACCOUNT = new Form(FindingKind.BANK_ACCOUNT, 6, 17, 6, false, true);
    private static final Form ROUTING = new Form(FindingKind.BANK_ACCOUNT, 9, 9, 9, false, true);
    private static final Form NATIONAL = new Form(FindingKind.NATIONAL_ID, 7, 18, 4, true, true);
    /** Nine digits that are no social security number may be a tax number of elsewhere. */
    private static final Form TAX = new Form(FindingKind.NATIONAL_ID, 10, 14, 8, true, true);

    @Override
    public void at(Value value, Candidates found) {
        Form form = money(value) || date(value) ? null : form(value.naming());
        if (form == null) {
            return;
        }
        int length = length(value, form);
        if (length > 0 && !size(value, length)) {
            boolean checks = form.equals(ROUTING) && routing(value);
            int start = prefixed(value);
            found.add(form.kind(), start, value.end(length), Evidence.of(true, checks));
        }
    }

    private @Nullable Form form(@Nullable Naming naming) {
        if (naming == null) {
            return null;
        }
        if (wrapped) {
            return naming == Naming.PASSPORT ? WRAPPED_PASSPORT : null;
        }
        return switch (naming) {
            case PASSPORT -> PASSPORT;
            case LICENCE -> LICENCE;
            case MEDICAL -> MEDICAL;
            case ACCOUNT -> ACCOUNT;
            case ROUTING -> ROUTING;
            case NATIONAL -> NATIONAL;
            case SSN -> TAX;
            default -> null;
        };
    }

    /** The longest that fits; a space ends what is written without any as soon as it is long enough. */
    private static int length(Value value, Form form) {
        int best = 0;
        for (int length = 1; length <= Math.min(value.count(), form.most()); length++) {
            if (!value.endsAt(length)) {
                continue;
            }
            boolean fits = length >= form.least()
                    && value.digits(0, length) >= form.leastDigits()
                    && (form.letters() || value.numeric(0, length));
            best = fits ? length : best;
            if (best > 0 && length < value.count() && value.gap(length) == ' ' && !goesOn(value, form, length)) {
                return best;
            }
        }
        // What goes on behind it is another number.
        return best > 0 && best < value.count() && value.gap(best) != ' ' ? 0 : best;
    }

    private static boolean goesOn(Value value, Form form, int length) {
        return form.spaced() && Ascii.digit(value.at(length));
    }

    /** "35x45mm": small letters behind digits, and no digit behind them. */
    private static boolean size(Value value, int length) {
        Reading text = value.text();
        int end = value.end(length);
        return text.at(end - 1) >= 'a' && text.at(end - 1) <= 'z' && text.at(end - 2) >= 'a' && text.at(end - 2) <= 'z';
    }

    /** Start of "MR-" before the digits, unless it is the word that names them. */
    private static int prefixed(Value value) {
        Reading text = value.text();
        int start = value.start();
        int letters = text.at(start - 1) == '-' ? text.runStart(start - 1, CAPITALS, MOST_PREFIX + 1) : start;
        boolean prefix = letters < start - 1
                && start - 1 - letters <= MOST_PREFIX
                && !Ascii.alphanumeric(text.at(letters - 1))
                && Naming.search(text, letters) == value.naming();
        return prefix ? letters : start;
    }

    private static boolean money(Value value) {
        char before = value.text().at(value.start() - 1);
        return before == '$' || before == '\u20AC' || before == '\u00A3' || before == '\u00A5';
    }

    /** "The passport expires on 2031-05-14." */
    private static boolean date(Value value) {
        return (value.chunks(4, 2, 2)
                        && value.numeric(0, 8)
                        && Calendar.exists(value.number(0, 4), value.number(4, 6), value.number(6, 8)))
                || ((value.chunks(2, 2, 4) || value.chunks(1, 2, 4) || value.chunks(2, 1, 4) || value.chunks(1, 1, 4))
                        && value.gap(value.endsAt(1) ? 1 : 2) != ' ');
    }

    /** American Bankers Association: weights 3, 7, 1 and a district of the Federal Reserve. */
    private static boolean routing(Value value) {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1) * (value.at(i) - '0');
        }
        return sum % 10 == 0;
    }
}
