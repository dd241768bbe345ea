package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes labelled texts for {@link TaggerTraining} from sentences with places for names. The names are put together of
 * syllables, of words and of the project's lists, so that what is learned is the sentence and the look of a name, not the name.
 */
final class TaggerSentences {
    private static final String[] ONSETS =
            "b br c ch d dr f fl g gr h j k kh kr l m n p pr r s sh st t th tr v w y z sz ts gh mb nk zh".split(" ");
    private static final String[] VOWELS = "a e i o u a e i o ai ei ou ia ee oo á é í ö ü".split(" ");
    private static final String[] CODAS = " n r s l m t k th nd rt ck x ng ss ll     ".split(" ", -1);
    private static final String[] ENDS =
            "son sen ski ova ez ini ides yan wala dottir man berg ström ler ic u escu ov enko ishi amoto nen is"
                    .split(" ");
    private static final String[] STYLES =
            "ix ly tech soft io ify ware net labs data pay med bank gen ex era zon ova on".split(" ");
    private static final String[] BEHIND =
            ("Ltd Ltd. Limited Inc. Inc LLC Corp. Corporation GmbH PLC Pvt Ltd|Co., Ltd.|Group Systems Solutions Services Technologies "
                            + "Energy Foods Farms Bank Capital Partners Consulting Holdings Logistics Airlines Motors Store Studio Labs Media Software "
                            + "Insurance Healthcare Hospital Clinic Hotel School College Academy Institute University Foundation Construction "
                            + "Rentals Freight Pharma Pharmaceuticals Electric Industries Analytics Design Marketing Beauty Kitchen Bakery Trust "
                            + "Realty|Brewing Company|Management|Food Bank|Medical Center|General Store|High School|Law Firm")
                    .replace(" ", "|")
                    .replace("Pvt|Ltd", "Pvt Ltd")
                    .replace("Co.,|Ltd.", "Co., Ltd.")
                    .split("\\|");
    private static final String[] STREETS =
            "Street Street St St. Road Rd Avenue Ave Lane Drive Boulevard Blvd Court Place Way Close Terrace Square Crescent Hill Park Parkway"
                    .split(" ");

    private final Random random;
    private final List<String> words;
    private final List<String> given = sorted(NameLists.ALL.given());
    private final List<String> surnames = sorted(NameLists.ALL.surnames());
    private final List<String> countries;
    private final List<String> cities;
    private final List<String> brands;
    private final List<String> things;

    TaggerSentences(long seed, List<String> words, Map<String, List<String>> known) {
        this.random = new Random(seed);
        this.words = words;
        this.countries = known.getOrDefault("[countries and regions]", List.of());
        this.cities = known.getOrDefault("[cities]", List.of());
        this.brands = known.getOrDefault("[companies and brands]", List.of());
        this.things = known.getOrDefault("[software and other things]", List.of());
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    /** A piece of a text, and what it is. */
    record Piece(String text, String kind) {}

    List<Piece> pieces(String sentence) {
        var pieces = new ArrayList<Piece>();
        int at = 0;
        String text = sentence.replace("\\n", "\n");
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            String slot = close < 0 ? "" : text.substring(open + 1, close);
            Piece piece = made(slot);
            if (open < 0 || close < 0) {
                pieces.add(new Piece(text.substring(at), ""));
                break;
            }
            if (piece == null) {
                pieces.add(new Piece(text.substring(at, open + 1), ""));
                at = open + 1;
                continue;
            }
            pieces.add(new Piece(text.substring(at, open), ""));
            pieces.add(piece);
            at = close + 1;
        }
        int letters = random.nextInt(100);
        if (letters < 12) {
            pieces.replaceAll(piece -> new Piece(piece.text.toLowerCase(Locale.ROOT), piece.kind));
        } else if (letters < 15) {
            pieces.replaceAll(piece -> new Piece(piece.text.toUpperCase(Locale.ROOT), piece.kind));
        } else if (letters < 20) {
            pieces.replaceAll(
                    piece -> piece.kind.isEmpty() ? piece : new Piece(piece.text.toUpperCase(Locale.ROOT), piece.kind));
        } else if (letters < 26) {
            pieces.replaceAll(
                    piece -> piece.kind.isEmpty() ? piece : new Piece(piece.text.toLowerCase(Locale.ROOT), piece.kind));
        }
        return pieces;
    }

    private @Nullable Piece made(String slot) {
        return switch (slot) {
            case "person" -> new Piece(person(), "PERSON");
            case "given" -> new Piece(given(), "PERSON");
            case "surname" -> new Piece(surname(), "PERSON");
            case "organisation" -> new Piece(organisation(), "ORGANIZATION");
            case "place" -> new Piece(place(), "GPE");
            case "address" -> new Piece(address(), "STREET_ADDRESS");
            case "number" -> new Piece("" + random.nextInt(random.nextBoolean() ? 40 : 4000), "");
            case "date" -> new Piece(date(), "");
            case "thing" -> new Piece(thing(), "");
            case "word" -> new Piece(of(words), "");
            case "Word" -> new Piece(capital(of(words)), "");
            default -> null;
        };
    }

    private <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String of(String... list) {
        return list[random.nextInt(list.length)];
    }

    @SafeVarargs
    private String any(Supplier<String>... ways) {
        return ways[random.nextInt(ways.length)].get();
    }

    private String syllables(int count) {
        var made = new StringBuilder();
        for (int i = 0; i < count; i++) {
            made.append(i == 0 && random.nextInt(5) == 0 ? "" : of(ONSETS))
                    .append(of(VOWELS))
                    .append(i == count - 1 ? of(CODAS) : "");
        }
        return capital(made.toString());
    }

    static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** With a capital for each part. */
    static String title(String name) {
        var made = new StringBuilder();
        for (String part : name.split(" ", -1)) {
            made.append(made.isEmpty() ? "" : " ")
                    .append(part.equals("of") || part.equals("and") ? part : capital(part));
        }
        return made.toString();
    }

    private String given() {
        return any(() -> capital(of(given)), () -> syllables(1 + random.nextInt(3)));
    }

    private String surname() {
        return switch (random.nextInt(16)) {
            case 0 -> "O'" + syllables(2);
            case 1 -> "Mc" + syllables(2);
            case 2 -> of("van ", "von ", "de ", "van der ", "al ", "de la ", "bin ") + syllables(2);
            case 3 -> syllables(2) + "-" + capital(of(surnames));
            case 4, 5 -> syllables(2) + of(ENDS);
            case 6, 7, 8, 9 -> capital(of(surnames));
            case 10 -> capital(of(words));
            default -> syllables(1 + random.nextInt(3));
        };
    }

    private String person() {
        return switch (random.nextInt(12)) {
            case 0 -> given();
            case 1 -> given() + " " + (char) ('A' + random.nextInt(26)) + ". " + surname();
            case 2 -> given() + " " + given() + " " + surname();
            case 3 -> (char) ('A' + random.nextInt(26)) + ". " + surname();
            case 4 -> given() + " " + surname().toUpperCase(Locale.ROOT);
            default -> given() + " " + surname();
        };
    }

    private String organisation() {
        return switch (random.nextInt(18)) {
            case 0 -> title(of(brands));
            case 1 -> syllables(2) + of(STYLES);
            case 2 -> syllables(2 + random.nextInt(2));
            case 3 -> capital(of(words)) + capital(of(words));
            case 4 -> capital(of(words)) + " " + capital(of(words));
            case 5 -> capital(of(words)) + " " + of(BEHIND);
            case 6 -> syllables(2) + " " + of(BEHIND);
            case 7 -> syllables(2) + of(STYLES) + " " + of(BEHIND);
            case 8 -> capital(of(words)) + " " + capital(of(words)) + " " + of(BEHIND);
            case 9 -> surname() + " " + of("&", "and") + " " + surname();
            case 10 -> surname() + "-" + capital(of(surnames));
            case 11 -> surname() + ", " + surname() + " and " + surname();
            case 12 -> surname() + " " + of(BEHIND);
            case 13 -> acronym();
            case 14 ->
                of("University", "Bank", "Institute", "Museum", "Ministry", "College") + " of " + title(of(cities));
            case 15 -> title(of(cities)) + " " + of(BEHIND);
            case 16 -> capital(of(words)) + of(STYLES);
            default ->
                "The " + capital(of(words)) + " " + of("Company", "Group", "Team", "Store", "Agency", "Club", "House");
        };
    }

    /** Of software and the like, which is no organisation. */
    private String thing() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                any(
                        () -> capital(of(things)),
                        () -> of(things),
                        () -> of(things).toUpperCase(Locale.ROOT));
            case 3 -> syllables(2) + of("JS", "DB", "ML", ".js", "Py", "SQL", "Kit", "Net", "GPT", "OS");
            case 4 -> capital(of(words)) + capital(of(words));
            case 5 -> syllables(1).toLowerCase(Locale.ROOT) + of("lib", "py", "ctl", "fs", "db", "cfg");
            case 6 -> acronym().substring(0, 2);
            default -> syllables(2);
        };
    }

    private String acronym() {
        var made = new StringBuilder();
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            made.append((char) ('A' + random.nextInt(26)));
        }
        return made + (random.nextInt(3) == 0 ? " " + of(BEHIND) : "");
    }

    private String place() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> title(of(countries));
            case 3, 4, 5 -> title(of(cities));
            case 6 -> syllables(2 + random.nextInt(2));
            case 7 ->
                syllables(1)
                        + of(
                                "ville", "burg", "ton", "stad", "grad", "pur", "abad", "field", "heim", "by", "ford",
                                " City", " Park", " County");
            case 8 -> of("North ", "South ", "New ", "St. ", "San ", "Santa ", "El ", "Lake ", "Fort ") + syllables(2);
            default ->
                any(() ->
                        capital(of(words)) + of(" Hills", " Springs", "ville", " Falls", " Beach", " Valley", " Park"));
        };
    }

    private String address() {
        String number =
                "" + (1 + random.nextInt(random.nextBoolean() ? 99 : 9999)) + (random.nextInt(12) == 0 ? "B" : "");
        String name = any(
                () -> syllables(2),
                () -> capital(of(words)),
                () -> capital(of(surnames)),
                () -> syllables(1) + " " + syllables(2));
        String street = switch (random.nextInt(9)) {
            case 0 ->
                of("Rua", "Via", "Calle", "rue de", "ul.", "Avenida", "Av.", "Rue", "Boulevard") + " " + name
                        + of(" ", ", ") + number;
            case 1 ->
                name + of("straße", "strasse", "gatan", "vej", "weg", "straat", "gasse", " utca", " út") + " " + number;
            case 2 -> "P.O. Box " + number;
            case 3 -> number + " " + of("rue", "avenue", "quai", "chemin") + " " + of("de ", "du ", "des ", "") + name;
            case 4 ->
                of("Unit ", "PSC ", "Flat ", "Building ")
                        + number
                        + of(" ", ", ")
                        + of("Box ", "Block ", "")
                        + random.nextInt(999);
            default -> number + " " + name + " " + of(STREETS);
        };
        String flat = random.nextInt(4) == 0
                ? of(" ", ", ", "\n")
                        + of("Apt. ", "Apt ", "Suite ", "Unit ", "#", "Floor ")
                        + (1 + random.nextInt(900))
                : "";
        String city = any(() -> title(of(cities)), () -> syllables(2));
        String code = random.nextBoolean()
                ? "" + (10000 + random.nextInt(89999))
                : random.nextBoolean()
                        ? "" + (1000 + random.nextInt(8999))
                        : (char) ('A' + random.nextInt(26)) + "" + random.nextInt(20) + " " + random.nextInt(9) + "A"
                                + (char) ('A' + random.nextInt(26));
        String tail = switch (random.nextInt(7)) {
            case 0, 1 -> "";
            case 2 -> ", " + city;
            case 3 ->
                of(", ", "\n", "\n ") + city + ", " + (char) ('A' + random.nextInt(26))
                        + (char) ('A' + random.nextInt(26)) + " " + code;
            case 4 -> of(", ", "\n") + code + " " + city;
            case 5 -> of(", ", "\n", "\n ") + city + of(", ", "\n", "\n ") + title(of(countries)) + " " + code;
            default -> of(", ", "\n") + city + of(", ", " ", "\n") + code + of(", ", "\n") + title(of(countries));
        };
        return street + flat + tail;
    }

    private String date() {
        return any(
                () -> "" + (1950 + random.nextInt(80)),
                () -> of("Monday", "Friday", "Tuesday"),
                () -> of("May", "June", "March", "October") + " " + (1 + random.nextInt(28)),
                () -> "" + (1 + random.nextInt(28)) + "/" + (1 + random.nextInt(12)) + "/"
                        + (1990 + random.nextInt(40)));
    }
}
