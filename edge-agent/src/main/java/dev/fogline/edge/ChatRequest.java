package dev.fogline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A chat request as the engine will get it.
 *
 * @param fields rebuilt from the fields that are known to be safe; the model's name is still missing
 * @param usageWanted the caller asked for the usage event of a stream
 * @param dropped names of fields that were left out, {@code other} for unknown ones
 */
record ChatRequest(ObjectNode fields, boolean stream, boolean usageWanted, List<String> dropped) {

    Buffer body(String model) {
        fields.put("model", model);
        return Buffer.buffer(fields.toString());
    }
}
