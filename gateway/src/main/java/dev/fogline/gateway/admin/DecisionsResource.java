package dev.fogline.gateway.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code GET /admin/v1/decisions/ID}: how one request was decided and how it ended, without its content. */
@Path("/admin/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
public class DecisionsResource {
    private final Decisions decisions;

    public DecisionsResource(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Where the view comes from; implemented by the wiring. */
    public interface Decisions {
        Optional<?> find(String id);
    }

    @GET
    @Path("/{id}")
    public Response decision(@PathParam("id") String id) {
        return decisions
                .find(id)
                .map(decision -> Response.ok(decision).build())
                .orElseGet(() -> Problem.notFound(
                        "no decision with this id is remembered; the last 1024 are, since the gateway's start"));
    }
}
