package dev.fogline.benchmarks;

/** The requests: a system prompt, and about 2 KB of what a user says. */
enum Prompt {
    /** Prose without a number, as most prompts are; nothing of it is repeated, and nothing private. */
    ORDINARY(
            "Please read this report from the night shift and say whether the cooling loop needs service this week, and what"
                    + " we should look at first. Shortly before seven in the morning the supply temperature of the second"
                    + " loop began to rise, slowly at first and then faster than anybody here had seen, while the pump kept"
                    + " its speed and no valve had moved. The controller opened the bypass and raised an alarm; the operator"
                    + " took load off the nearest rack and switched over to the other heat exchanger, after which the"
                    + " temperature fell back to where it belongs within a quarter of an hour. When the strainer in front of"
                    + " the pump was taken out it was half blocked by scale, and the pressure across it was more than twice"
                    + " what it had been after the last cleaning. The level of the expansion tank looked right, and so did"
                    + " the share of glycol, although the sample was a little cloudy. The same alarm has come several times"
                    + " since the winter, always after the softener for the make-up water had been stopped for a while, so"
                    + " we suspect that hard water gets in whenever somebody fills the loop by hand. Nobody wrote down who"
                    + " did so or how much was added. A spare strainer is in the store, the other one was rinsed and put"
                    + " back. What worries us is that the bearing on the motor side has become louder, which may be the same"
                    + " trouble or another one; the vibration sensor says that everything is fine, but it has said so before."
                    + " Tell us in a few sentences what is the most likely cause, which two checks would tell the causes"
                    + " apart, whether it can wait until the next planned stop, and what to write into the work order, so"
                    + " that the day shift understands it without having been there. If something essential is missing from"
                    + " this report, ask for it instead of guessing; a short honest answer helps us more than a long one does. "),
    /** A report with some forty numbers in each KB, which detectors must tell from those of persons. */
    FIGURES("Please summarise this incident report from the edge site and say whether the cooling loop needs service"
            + " this week. On 2026-03-14 at 06:42 the supply temperature of loop B rose from 18.4 to 23.9"
            + " degrees within 11 minutes while pump 2 kept its speed of 1,480 rpm. The controller"
            + " (firmware 4.2.17) opened valve V-203 to 85 % and raised alarm 3071. At 06:58 the operator on"
            + " shift reduced the load of rack 12 by 30 % and switched to the second heat exchanger; the"
            + " temperature fell below 20 degrees at 07:21. Inspection found the strainer in front of pump 2"
            + " half blocked by scale, the differential pressure at 0.62 bar against 0.25 bar after the last"
            + " cleaning, and the level of the expansion tank at 71 %. The glycol content was measured at"
            + " 28.5 %, its pH at 8.1. Spare strainers are in store 4, shelf C. Work order 55-118 was opened"
            + " with medium priority. The same alarm came twice in January and once in February, each time"
            + " after a stop of the make-up water softener. "),
    /** The ordinary one with an address to mask, so that each answer is searched for its placeholder. */
    MASKED("Send the answer to jane.miller@plant-operators.com, please. " + ORDINARY.text);

    private static final int CHARACTERS = 1_800;

    private final String text;

    Prompt(String text) {
        this.text = text;
    }

    String whole(String model) {
        return body(model, "");
    }

    String stream(String model) {
        return body(model, "\"stream\":true,");
    }

    private String body(String model, String stream) {
        return "{\"model\":\"" + model + "\"," + stream + "\"temperature\":0.2,\"max_tokens\":256,\"messages\":["
                + "{\"role\":\"system\",\"content\":\"You are a helpful assistant for plant operators. Answer briefly.\"},"
                + "{\"role\":\"user\",\"content\":\"" + text.repeat(2).substring(0, CHARACTERS) + "\"}]}";
    }
}
