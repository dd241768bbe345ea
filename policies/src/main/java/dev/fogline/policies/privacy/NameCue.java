package dev.fogline.policies.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What stands in front of a name in English and says that one follows. */
final class NameCue {
    enum Cue {
        NONE,
        /** "Mr." */
        TITLE,
        /** "my name is" */
        NAME,
        /** "Dear" */
        GREETING,
        /** "Kind regards," */
        CLOSING,
        /** "last_name:" */
        NAME_FIELD,
        /** "Patient:" */
        FIELD,
        /** "Customer:", "To:": things follow as well. */
        OTHER_FIELD,
        /** "I am" */
        SELF,
        /** "my wife": who is meant, or what else of them. */
        PERSON,
        /** "I work for": an organisation follows. */
        WORK
    }

    private static final Set<String> TITLES = Set.of(
            "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "engr", "professor", "sir", "madam", "mister", "doctor");

    private static final WordEnds<Cue> CUES = cues();

    private NameCue() {}

    private static WordEnds<Cue> cues() {
        Map<String, Cue> cues = new HashMap<>();
        TITLES.forEach(title -> cues.put(title, Cue.TITLE));
        put(
                cues,
                Cue.NAME,
                "my_name_is|name's|her_name_is|his_name_is|maiden_name_is|name_was|named_him|named_her|goes_by|your_name?");
        put(
                cues,
                Cue.NAME,
                "change_it_to|correct_it_to|under_the_name|in_the_name_of|under_the_name_of|on_behalf_of|speaking_with|signed_by");
        put(
                cues,
                Cue.GREETING,
                "dear|hi|hello|hey|good_morning|good_afternoon|good_evening|greetings|thanks|thank_you|attn|attention|care_of|c/o");
        put(
                cues,
                Cue.CLOSING,
                "regards|sincerely|cheers|wishes|yours_truly|yours_faithfully|respectfully|cordially|warmly|yours|signed|xoxo");
        put(cues, Cue.FIELD, "name|patient|author|sender|recipient|signature|guardian|attendees|participants");
        put(cues, Cue.NAME_FIELD, "full_name|first_name|last_name|given_name|family_name|middle_name|surname|forename");
        put(
                cues,
                Cue.OTHER_FIELD,
                "client|customer|contact|from|to|cc|bcc|employee|candidate|applicant|student|teacher|beneficiary|manager|owner|witness");
        put(cues, Cue.SELF, "i_am|i'm|im");
        put(
                cues,
                Cue.PERSON,
                "named|called|wife|husband|son|daughter|brother|sister|mother|father|friend|mom|dad|mum|boss");
        put(cues, Cue.PERSON, "colleague|partner|tenant|landlord|neighbor|neighbour|nurse|uncle|aunt|cousin");
        put(cues, Cue.PERSON, "nephew|niece|girlfriend|boyfriend|fiance|roommate|coworker");
        put(
                cues,
                Cue.WORK,
                "work_for|works_for|work_at|works_at|working_at|working_for|worked_at|worked_for|employed_by|employed_at|job_at");
        put(cues, Cue.WORK, "position_at|internship_at|interview_at|intern_at|interview_with|engineer_at|manager_at");
        return new WordEnds<>(cues, true);
    }

    private static void put(Map<String, Cue> cues, Cue cue, String words) {
        for (String word : words.split("\\|", -1)) {
            cues.merge(word, cue, (a, b) -> a);
        }
    }

    static Set<String> titles() {
        return TITLES;
    }

    /** Whether a title ends at a position, as in "Mr.Smith". */
    static boolean titleBefore(Reading text, int end) {
        return CUES.endingAt(text, end) == Cue.TITLE;
    }

    /** What the words before a position announce. */
    static Cue before(Reading text, int at) {
        int i = at;
        boolean line = false;
        boolean colon = false;
        boolean comma = false;
        boolean stop = false;
        while (i > at - 5) {
            char c = text.at(i - 1);
            line |= c == '\n';
            colon |= c == ':' || c == '=' || c == '|';
            comma |= c == ',' || c == ';' || c == '!';
            stop |= c == '.';
            if (c == 0 || " \n:=|,;!.\"'*-_(<".indexOf(c) < 0) {
                break;
            }
            i--;
        }
        if (i == at) {
            return Cue.NONE;
        }
        Cue cue = CUES.endingAt(text, i);
        if (cue == null) {
            return Cue.NONE;
        }
        boolean plain = !line && !colon && !comma && !stop;
        return switch (cue) {
            case TITLE -> !line && !colon && !comma ? cue : Cue.NONE;
            case NAME -> !line && !comma && !stop ? cue : Cue.NONE;
            case GREETING -> plain ? cue : (line || comma) && text.at(i - 1) == 's' || colon ? Cue.CLOSING : Cue.NONE;
            case CLOSING -> line || comma ? cue : Cue.NONE;
            case NAME_FIELD, FIELD, OTHER_FIELD -> colon && !line ? cue : plain ? Cue.PERSON : Cue.NONE;
            case SELF, PERSON, WORK -> plain ? cue : Cue.NONE;
            case NONE -> cue;
        };
    }

    /** Whether a line holds nothing else and the next one that holds anything begins with a number, as addresses do. */
    static boolean addressee(Reading text, int from, int to) {
        char before = text.at(from - 1);
        int next = to;
        while (next < to + 3 && text.at(next) == '\n') {
            next++;
        }
        return (before == 0 || before == '\n') && next > to && Ascii.digit(text.at(next));
    }

    /** Whether a line, or a salutation, ends at a position. */
    static boolean closed(Reading text, int at) {
        char c = text.at(at);
        return c == 0
                || c == '\n'
                || c == ','
                || c == '!'
                || c == ':'
                || c == '.' && (text.at(at + 1) == 0 || text.at(at + 1) == '\n');
    }
}
