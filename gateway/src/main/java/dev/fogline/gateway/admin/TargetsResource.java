package dev.fogline.gateway.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/v1/targets}: every target and what we last saw of it. */
@Path("/admin/v1/targets")
@Produces(MediaType.APPLICATION_JSON)
public class TargetsResource {
    private final Fleet fleet;

    public TargetsResource(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Where the view comes from; implemented by the wiring. */
    public interface Fleet extends Supplier<List<TargetView>> {}

    /**
     * @param availability ready, or why not
     * @param contextTokens 0 when unknown
     * @param key whether a credential is configured; never the credential
     */
    public record TargetView(
            String id,
            String tier,
            String model,
            String baseUrl,
            String availability,
            int contextTokens,
            Set<String> refuses,
            double queueFill,
            int inFlight,
            @Nullable PriceView price,
            boolean key) {}

    /** US dollars per million tokens, with who says so and when. */
    public record PriceView(
            double input, double output, @Nullable Double cachedInput, String source, String date) {}

    @GET
    public List<TargetView> targets() {
        return fleet.get();
    }
}
