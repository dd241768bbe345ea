package dev.fogline.gateway.api;

import java.util.List;

/** What fuzzing starts from: requests and streams as clients and providers send them, and words that matter in them. */
final class FuzzSeeds {
    static final List<String> REQUESTS = List.of(ChatRequestReaderTest.chat("Hi"), """
            { "model" : "au\\u0074o", "stream": true, "stream_options": { "include_usage" : false, "x": [{}] },
             "temperature": 0.70, "seed": -3, "n": 1, "max_tokens" : 16, "stop": ["\\n", "\u4f60"], "user": "j\\u00e9",
             "x_new": [1.5e3, {"a": {}}, [], true], "y": {"k": null},
             "messages": [
              {"role": "system", "content": "Be brief. \u4f60\u597d \\ud83d\\ude00 \\" \\\\ \\/"},
              {"role": "user", "name": "a", "content": [{"type": "text", "text": "caf\u00e9"}, {"text": "b", "type": "text"}]},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "c", "type": "function",
               "function": {"name": "f", "arguments": "{\\"a\\":[1,2]}"}}]},
              {"role": "tool", "tool_call_id": "c", "content": "3"}] }""", """
            {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},\
            {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},{"type":"file","file":{"file_id":"f"}}]}],\
            "model":"cloud","tools":[{"type":"function"}],"modalities":["text","audio"],"logprobs":true,"n":2,\
            "stream_options":null,"max_completion_tokens":7}""", """
            {"model":"edge","user":"110105 19491231 002X","metadata":{"password":"xK9#mQ2vL7pw"},"messages":\
            [{"role":"user","content":"call 13812345678, jane@example.org, 4111 1111 1111 1111, \
            {\\"key\\":\\"sk-proj-abcdefghijklmnopqrstuvwxyz012345\\"}"}]}""");

    static final List<String> STREAMS = List.of(
            """
            data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

            data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"content":"H\u00e9 \u4f60"},"finish_reason":null}],"usage":null}

            data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

            data: {"id":"c","model":"m-1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":2}}}

            data: [DONE]

            """,
            """
            : OPENROUTER PROCESSING

            event: message
            id: 7
            data: {"choices":[{"delta":{"reasoning_content":"so"}}]}

            data: {"choices":
            data: [{"delta":{"content":"a"}}]}

            data:{"model":"d","choices":[{"delta":{"content":"b"},"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"prompt_cache_hit_tokens":1}}
            """,
            "data: {\"model\":\"k\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"usage\\\":1}\"}}]}}]}\r\n\r\n"
                    + "data: {\"choices\":[{\"finish_reason\":\"tool_calls\",\"usage\":{\"prompt_tokens\":9}}]}\r\n\r\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"error\":{\"message\":\"x\",\"code\":500}}\n\n",
            "data: [DONE]\n\n");

    static final List<String> WORDS = List.of(
            "data: ",
            "data:",
            "[DONE]",
            "\n\n",
            "\r\n",
            "\n",
            ":",
            "event: x\n",
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "\\",
            "null",
            "true",
            "\\u0022",
            "\\ud800",
            "\u4f60",
            "1e999",
            "-0",
            "99999999999999999999",
            "\"model\"",
            "\"mod\\u0065l\"",
            "\"messages\"",
            "\"role\"",
            "\"content\"",
            "\"stream_options\"",
            "\"include_usage\"",
            "\"max_tokens\"",
            "\"choices\"",
            "\"delta\"",
            "\"usage\"",
            "\"finish_reason\"",
            "\"error\"",
            "{}",
            "[]",
            "\"\"",
            "\0",
            "\u00ff");

    private FuzzSeeds() {}
}
