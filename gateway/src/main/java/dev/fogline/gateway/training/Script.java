package dev.fogline.gateway.training;

import java.util.List;

/** What is asked and answered while the cache is taught: each way that requests take through the gateway. */
final class Script {
    private static final String TALK = "Summarise the minutes of the meeting of 2026-03-04 in three sentences. "
            + "Budget: 12,500.00 EUR, contact: +49 30 901820, agenda at https://example.org/agenda?id=17. ";

    static final List<String> REQUESTS = List.of(
            "{\"model\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\","
                    + "\"content\":\"" + TALK.repeat(8) + "\"}],\"temperature\":0.2,\"max_tokens\":256}",
            "{\"model\":\"cloud\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + TALK
                    + "请用中文回答。\"}]}",
            // Private, and there is no edge: refused.
            "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"身份证 11010519491231002X\"}]}",
            "{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

    static final String WHOLE =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"" + TALK + "\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":300,\"completion_tokens\":40,\"total_tokens\":340}}";

    static final String STREAM = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
            + chunk("{\"content\":\"word \"}", "null").repeat(40)
            + chunk("{}", "\"stop\"")
            + "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":40}}\n\n"
            + "data: [DONE]\n\n";

    private Script() {}

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }
}
