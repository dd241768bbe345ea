package dev.fogline.policies;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One model at one place.
 *
 * @param id unique name such as {@code edge/smollm2-135m} or {@code cloud/deepseek-chat}; its prefix is the tier
 * @param model the name the upstream knows the model by
 * @param price list price, empty when unknown; unknown is never taken for free
 * @param region where its data is kept, such as {@code eu}; empty when unknown
 * @param licence of its model, such as {@code apache-2.0}; empty when unknown
 */
public record Target(String id, String model, Optional<Price> price, Optional<String> region, Optional<String> licence)
        implements Comparable<Target> {
    private static final Pattern ID = Pattern.compile("(edge|cloud)/[A-Za-z0-9._:/-]{1,96}");

    public Target {
        requireId(id);
    }

    /** One of which neither region nor licence is known. */
    public Target(String id, String model, Optional<Price> price) {
        this(id, model, price, Optional.empty(), Optional.empty());
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static void requireId(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "a target id is edge/NAME or cloud/NAME with letters, digits and . _ : / - in NAME, not '" + id
                            + "'");
        }
    }

    public Tier tier() {
        return id.startsWith("edge/") ? Tier.EDGE : Tier.CLOUD;
    }

    @Override
    public int compareTo(Target other) {
        return id.compareTo(other.id);
    }
}
