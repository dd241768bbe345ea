package dev.fogline.gateway.admin;

import dev.fogline.policies.Explanation;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * {@code POST /admin/v1/explain}: what would be decided of this request now, and why. The body is that of a request of a
 * user, with the same headers; it is sent nowhere, and its text is neither kept nor shown.
 */
@Path("/admin/v1/explain")
@Produces(MediaType.APPLICATION_JSON)
public class ExplainResource {
    private final Explaining explaining;

    public ExplainResource(Explaining explaining) {
        this.explaining = explaining;
    }

    /** Who can tell; implemented by the wiring. */
    public interface Explaining {
        /** @throws Unexplained if the request would be refused as it is */
        Explanation explain(MultiMap headers, byte[] body);
    }

    /** The request would be refused as it is, with this status; the message quotes nothing of it. */
    public static final class Unexplained extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        public Unexplained(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    public Explanation explain(@Context HttpServerRequest request, byte[] body) {
        return explaining.explain(request.headers(), body);
    }

    /** As a problem, like every error of this plane. */
    @ServerExceptionMapper
    public Response refused(Unexplained e) {
        return Problem.response(e.status, "Refused", String.valueOf(e.getMessage()));
    }
}
