package dev.fogline.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fogline.policies.file.InvalidFileException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong on the operator plane, as RFC 9457 wants it.
 *
 * @param file what is wrong, where a document is: what it is called, where in it, and the key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String file,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String key) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String PATHS = "the operator plane has /admin/v1/targets, /admin/v1/policy (and"
            + " /revisions and /rollback under it), /admin/v1/decisions/ID, /admin/v1/check, /admin/v1/test,"
            + " /admin/v1/explain and /admin/v1/simulate (POST), /metrics and /health";

    static Response notFound(String detail) {
        return response(404, "Not Found", detail);
    }

    static Response badRequest(String detail) {
        return response(400, "Bad Request", detail);
    }

    static Response conflict(String detail) {
        return response(409, "Conflict", detail);
    }

    static Response tooLarge(String detail) {
        return response(413, "Content Too Large", detail);
    }

    /** A document that was sent is wrong. */
    static Response invalid(InvalidFileException why) {
        Optional<InvalidFileException.Place> place = why.place();
        return response(new Problem(
                "about:blank",
                "Unprocessable Content",
                422,
                String.valueOf(why.getMessage()),
                place.map(InvalidFileException.Place::source).orElse(null),
                place.map(InvalidFileException.Place::line).orElse(null),
                place.map(InvalidFileException.Place::column).orElse(null),
                why.key().orElse(null)));
    }

    static Response response(int status, String title, String detail) {
        return response(new Problem("about:blank", title, status, detail, null, null, null, null));
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status).type(MEDIA_TYPE).entity(problem).build();
    }

    /** Whatever Quarkus REST itself refuses: unknown paths, wrong methods. */
    public static final class Mapper {
        @ServerExceptionMapper
        public Response map(WebApplicationException e) {
            Response.StatusType status = e.getResponse().getStatusInfo();
            return response(
                    status.getStatusCode(),
                    status.getReasonPhrase(),
                    status.getStatusCode() == 400 ? "the body or a parameter cannot be read" : PATHS);
        }
    }
}
