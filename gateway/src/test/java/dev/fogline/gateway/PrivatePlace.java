package dev.fogline.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Where in a request something private can stand. Each puts a mark there, {@link PrivateRequest} the value; a mark says how many
 * strings of JSON it lies in, one in another.
 */
enum PrivatePlace {
    SYSTEM {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, message("system", TEXT));
        }
    },
    DEVELOPER {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, message("developer", TEXT));
        }
    },
    USER {
        @Override
        void mark(JsonObject body) {
            messages(body).add(message("user", TEXT));
        }
    },
    EARLIER_TURN {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, message("user", TEXT)).add(1, message("assistant", "ok"));
        }
    },
    ASSISTANT {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, message("user", "hi")).add(1, message("assistant", TEXT));
        }
    },
    REASONING {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(0, message("user", "hi"))
                    .add(1, message("assistant", "ok").put("reasoning_content", TEXT));
        }
    },
    PART {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(message("user", new JsonArray().add(part("Look:")).add(part(TEXT))));
        }
    },
    SPLIT_PARTS {
        @Override
        void mark(JsonObject body) {
            messages(body).add(message("user", new JsonArray().add(part(FIRST)).add(part(REST))));
        }
    },
    TOOL_RESULT {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, call("{}")).add(1, result(TEXT));
        }
    },
    TOOL_RESULT_JSON {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(0, call("{}"))
                    .add(1, result(new JsonObject().put("found", INNER).encode()));
        }
    },
    ARGUMENTS {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(0, call(new JsonObject().put("text", INNER).encode()))
                    .add(1, result("ok"));
        }
    },
    ARGUMENTS_IN_ARGUMENTS {
        @Override
        void mark(JsonObject body) {
            String inner = new JsonObject().put("text", INNERMOST).encode();
            messages(body)
                    .add(0, call(new JsonObject().put("body", inner).encode()))
                    .add(1, result("ok"));
        }
    },
    ARGUMENTS_UNDER_ITS_KEY {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(0, call("{\"" + KEY + "\":\"" + INNER_VALUE + "\"}"))
                    .add(1, result("ok"));
        }
    },
    ARGUMENTS_NUMBER {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, call("{\"" + KEY + "\":" + NUMBER + "}")).add(1, result("ok"));
        }
    },
    ARGUMENTS_KEY {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, call(new JsonObject().put(INNER, 1).encode())).add(1, result("ok"));
        }
    },
    FUNCTION_CALL {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(
                            0,
                            message("assistant", null)
                                    .put(
                                            "function_call",
                                            new JsonObject()
                                                    .put("name", "mail")
                                                    .put(
                                                            "arguments",
                                                            new JsonObject()
                                                                    .put("text", INNER)
                                                                    .encode())));
        }
    },
    TOOL_CALL_ID {
        @Override
        void mark(JsonObject body) {
            messages(body).add(0, call("{}")).add(1, result("ok").put("tool_call_id", TEXT));
        }
    },
    SCHEMA_DESCRIPTION {
        @Override
        void mark(JsonObject body) {
            body.put("tools", tools(new JsonObject().put("description", TEXT)));
        }
    },
    SCHEMA_ENUM {
        @Override
        void mark(JsonObject body) {
            body.put(
                    "tools",
                    tools(new JsonObject().put("enum", new JsonArray().add("a").add(TEXT))));
        }
    },
    SCHEMA_KEY {
        @Override
        void mark(JsonObject body) {
            body.put("tools", tools(new JsonObject().put("properties", new JsonObject().put(TEXT, new JsonObject()))));
        }
    },
    TOOL_NAME {
        @Override
        void mark(JsonObject body) {
            body.put(
                    "tools",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("type", "function")
                                    .put("function", new JsonObject().put("name", TEXT))));
        }
    },
    NAME {
        @Override
        void mark(JsonObject body) {
            messages(body).add(message("user", "hi").put("name", TEXT));
        }
    },
    USER_FIELD {
        @Override
        void mark(JsonObject body) {
            body.put("user", TEXT);
        }
    },
    CACHE_KEY {
        @Override
        void mark(JsonObject body) {
            body.put("prompt_cache_key", TEXT).put("safety_identifier", TEXT);
        }
    },
    METADATA {
        @Override
        void mark(JsonObject body) {
            body.put("metadata", new JsonObject().put("note", TEXT));
        }
    },
    METADATA_UNDER_ITS_KEY {
        @Override
        void mark(JsonObject body) {
            body.put("metadata", new JsonObject().put(KEY, VALUE));
        }
    },
    METADATA_KEY {
        @Override
        void mark(JsonObject body) {
            body.put("metadata", new JsonObject().put(TEXT, "x"));
        }
    },
    METADATA_NUMBER {
        @Override
        void mark(JsonObject body) {
            body.put("metadata", new JsonObject().put(KEY, NUMBER));
        }
    },
    UNKNOWN_FIELD {
        @Override
        void mark(JsonObject body) {
            body.put("x_notes", new JsonObject().put("deep", new JsonArray().add(new JsonObject().put("er", TEXT))));
        }
    },
    UNKNOWN_NUMBER {
        @Override
        void mark(JsonObject body) {
            body.put("x_" + KEY, NUMBER);
        }
    },
    STOP {
        @Override
        void mark(JsonObject body) {
            body.put("stop", new JsonArray().add("\n\n").add(TEXT));
        }
    },
    PREDICTION {
        @Override
        void mark(JsonObject body) {
            body.put("prediction", new JsonObject().put("type", "content").put("content", TEXT));
        }
    },
    RESPONSE_FORMAT {
        @Override
        void mark(JsonObject body) {
            body.put(
                    "response_format",
                    new JsonObject()
                            .put("type", "json_schema")
                            .put(
                                    "json_schema",
                                    new JsonObject()
                                            .put("name", "a")
                                            .put("schema", new JsonObject().put("const", TEXT))));
        }
    },
    FILE_NAME {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(message(
                            "user",
                            new JsonArray()
                                    .add(part("Read this."))
                                    .add(new JsonObject()
                                            .put("type", "file")
                                            .put(
                                                    "file",
                                                    new JsonObject()
                                                            .put("filename", TEXT + " scan.pdf")
                                                            .put(
                                                                    "file_data",
                                                                    "data:application/pdf;base64,JVBERi0xLjQK")))));
        }
    },
    IMAGE_ADDRESS {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(message(
                            "user",
                            new JsonArray()
                                    .add(part("Look."))
                                    .add(new JsonObject()
                                            .put("type", "image_url")
                                            .put(
                                                    "image_url",
                                                    new JsonObject().put("url", "https://example.com/" + TEXT)))));
        }
    },
    UNKNOWN_PART {
        @Override
        void mark(JsonObject body) {
            messages(body)
                    .add(message(
                            "user",
                            new JsonArray()
                                    .add(part("Look."))
                                    .add(new JsonObject()
                                            .put("type", "card")
                                            .put("card", new JsonObject().put("t", TEXT)))));
        }
    },
    MODEL {
        @Override
        void mark(JsonObject body) {
            body.put("model", TEXT);
        }
    };

    static final String TEXT = "@@0@@";
    static final String INNER = "@@1@@";
    static final String INNERMOST = "@@2@@";
    static final String FIRST = "@@first@@";
    static final String REST = "@@rest@@";
    static final String KEY = "@@key@@";
    static final String VALUE = "@@value@@";
    static final String INNER_VALUE = "@@inner value@@";
    static final String NUMBER = "@@number@@";

    abstract void mark(JsonObject body);

    /** Whether the value stands without the words around it, so that its key or its form must tell what it is. */
    boolean bare() {
        return switch (this) {
            case ARGUMENTS_UNDER_ITS_KEY, ARGUMENTS_NUMBER, METADATA_UNDER_ITS_KEY, METADATA_NUMBER, UNKNOWN_NUMBER ->
                true;
            default -> false;
        };
    }

    boolean number() {
        return this == ARGUMENTS_NUMBER || this == METADATA_NUMBER || this == UNKNOWN_NUMBER;
    }

    private static JsonArray messages(JsonObject body) {
        return body.getJsonArray("messages");
    }

    private static JsonObject message(String role, @org.jspecify.annotations.Nullable Object content) {
        return new JsonObject().put("role", role).put("content", content);
    }

    private static JsonObject part(String text) {
        return new JsonObject().put("type", "text").put("text", text);
    }

    private static JsonObject call(String arguments) {
        return message("assistant", null)
                .put(
                        "tool_calls",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "call_1")
                                        .put("type", "function")
                                        .put(
                                                "function",
                                                new JsonObject()
                                                        .put("name", "mail")
                                                        .put("arguments", arguments))));
    }

    private static JsonObject result(String content) {
        return message("tool", content).put("tool_call_id", "call_1");
    }

    private static JsonArray tools(JsonObject parameter) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("type", "function")
                        .put(
                                "function",
                                new JsonObject()
                                        .put("name", "look_up")
                                        .put(
                                                "parameters",
                                                new JsonObject()
                                                        .put("type", "object")
                                                        .put("properties", new JsonObject().put("a", parameter)))));
    }
}
