package dev.fogline.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What went wrong on the operator plane, as RFC 9457 wants it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static Response notFound(String detail) {
        return response(404, "Not Found", detail);
    }

    static Response response(int status, String title, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail))
                .build();
    }

    /** Whatever Quarkus REST itself refuses: unknown paths, wrong methods. */
    public static final class Mapper {
        @ServerExceptionMapper
        public Response map(WebApplicationException e) {
            Response.StatusType status = e.getResponse().getStatusInfo();
            return response(
                    status.getStatusCode(),
                    status.getReasonPhrase(),
                    "the operator plane has /admin/v1/targets, /admin/v1/decisions/ID, /admin/v1/explain (POST), /metrics"
                            + " and /health");
        }
    }
}
