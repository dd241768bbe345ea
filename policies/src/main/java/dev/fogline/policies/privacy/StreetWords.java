package dev.fogline.policies.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What streets are called by, in countries that write them in Latin letters; each is asked for by where its word ends. */
final class StreetWords {
    /** How sure a word is. */
    enum Sure {
        /** Beside a number and a name it is hardly ever anything else. */
        ALONE,
        /** Words of prose as well. */
        WITH_MORE
    }

    private static final String OFTEN =
            "street st avenue ave av road rd boulevard blvd lane ln terrace ter parkway pkwy"
                    + " crescent cres highway hwy turnpike tpke expressway mews";
    private static final String ALSO_PROSE =
            "drive dr court ct place pl square sq way circle cir close trail trl row walk"
                    + " gardens gdns grove hill park loop alley plaza point pt ridge run heights hts path quay green view rise";

    private static final WordEnds<Sure> BEHIND = words(true, OFTEN, ALSO_PROSE);

    private static final WordEnds<Sure> BEFORE = words(
            true,
            "rue avenue boulevard chemin impasse quai via viale piazza corso calle avenida avda paseo plaza rua travessa"
                    + " ulica ul. aleja calea strada",
            "");

    private static final WordEnds<Sure> ENDINGS = words(
            false,
            "straße strasse str. gasse straat gatan vägen veien gade katu plein gracht",
            "weg platz allee laan vej tie damm ufer");

    private static final WordEnds<Sure> UNITS =
            words(true, "apt apartment suite ste unit flat floor fl room rm level lot bldg building", "");

    private static final WordEnds<Sure> DIRECTIONS = words(true, "n s e w ne nw se sw north south east west", "");

    private StreetWords() {}

    /** What stands behind a name. */
    static Set<String> words() {
        return Set.of((OFTEN + " " + ALSO_PROSE).split(" ", -1));
    }

    private static WordEnds<Sure> words(boolean whole, String alone, String withMore) {
        Map<String, Sure> words = new HashMap<>();
        for (String word : withMore.split(" ", -1)) {
            words.put(word, Sure.WITH_MORE);
        }
        for (String word : alone.split(" ", -1)) {
            words.put(word, Sure.ALONE);
        }
        words.remove("");
        return new WordEnds<>(words, whole);
    }

    /** What stands behind a name: Street, Avenue. */
    static @Nullable Sure behind(Reading text, int end) {
        return BEHIND.endingAt(text, end);
    }

    /** What stands before one: rue de la Paix, Via Roma, Calle Mayor. */
    static boolean before(Reading text, int end) {
        return BEFORE.endingAt(text, end) != null;
    }

    /** What is the end of one word with the name: Hauptstraße, Kerkstraat, Storgatan. */
    static @Nullable Sure ending(Reading text, int end) {
        return ENDINGS.endingAt(text, end);
    }

    static boolean unit(Reading text, int end) {
        return UNITS.endingAt(text, end) != null;
    }

    static boolean direction(Reading text, int end) {
        return DIRECTIONS.endingAt(text, end) != null;
    }
}
