package dev.fogline.benchmarks;

/** The requests: about 2 KB of an ordinary report with numbers, dates and names of things, and nothing private. */
final class Bodies {
    private static final String REPORT =
            "Please summarise this incident report from the edge site and say whether the cooling loop needs service"
                    + " this week. On 2026-03-14 at 06:42 the supply temperature of loop B rose from 18.4 to 23.9"
                    + " degrees within 11 minutes while pump 2 kept its speed of 1,480 rpm. The controller"
                    + " (firmware 4.2.17) opened valve V-203 to 85 % and raised alarm 3071. At 06:58 the operator on"
                    + " shift reduced the load of rack 12 by 30 % and switched to the second heat exchanger; the"
                    + " temperature fell below 20 degrees at 07:21. Inspection found the strainer in front of pump 2"
                    + " half blocked by scale, the differential pressure at 0.62 bar against 0.25 bar after the last"
                    + " cleaning, and the level of the expansion tank at 71 %. The glycol content was measured at"
                    + " 28.5 %, its pH at 8.1. Spare strainers are in store 4, shelf C. Work order 55-118 was opened"
                    + " with medium priority. The same alarm came twice in January and once in February, each time"
                    + " after a stop of the make-up water softener. ";
    private static final int CHARACTERS = 1_800;

    private Bodies() {}

    static String whole(String model) {
        return body(model, "");
    }

    static String stream(String model) {
        return body(model, "\"stream\":true,");
    }

    private static String body(String model, String stream) {
        return "{\"model\":\"" + model + "\"," + stream + "\"temperature\":0.2,\"max_tokens\":256,\"messages\":["
                + "{\"role\":\"system\",\"content\":\"You are a helpful assistant for plant operators. Answer briefly.\"},"
                + "{\"role\":\"user\",\"content\":\"" + REPORT.repeat(2).substring(0, CHARACTERS) + "\"}]}";
    }
}
