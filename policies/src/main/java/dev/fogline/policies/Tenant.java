package dev.fogline.policies;

/**
 * On whose behalf a request comes, as its key says.
 *
 * @param name of the key; empty where no key with a name was sent
 * @param least how sensitive each of its requests is at least
 */
public record Tenant(String name, Sensitivity least) {
    /** Whoever sends no key, or one without a name. */
    public static final Tenant NOBODY = new Tenant("", Sensitivity.PUBLIC);
}
