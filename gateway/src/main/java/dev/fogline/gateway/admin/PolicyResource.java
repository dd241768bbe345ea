package dev.fogline.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fogline.policies.file.InvalidFileException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /admin/v1/policy}: what decides, and another one instead. What comes by PUT or rollback holds until the policy file
 * changes or the gateway starts anew; with {@code ?save=true} it is written to the file first, and stays.
 */
@Path("/admin/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {
    /** Bytes that a policy may have when it is sent. */
    public static final int LONGEST = 256 * 1024;

    private final Policies policies;

    public PolicyResource(Policies policies) {
        this.policies = policies;
    }

    /** What does it; implemented by the wiring. */
    public interface Policies {
        PolicyView inForce();

        /** The one in force first. */
        List<RevisionView> revisions();

        /** @throws InvalidFileException when the text is no policy; nothing has changed then */
        PolicyView put(String text, boolean save) throws NotSavedException;

        /** @return empty when no such revision is kept */
        Optional<PolicyView> rollback(String revision, boolean save) throws NotSavedException;
    }

    /** What was to be saved could not be, and nothing has changed. */
    public static final class NotSavedException extends Exception {
        private static final long serialVersionUID = 1L;

        public NotSavedException(String sentence) {
            super(sentence);
        }
    }

    /**
     * @param source the file's path, {@code pack:NAME}, {@code put} or {@code rollback}
     * @param since when it was put in force
     * @param saved whether a start of the gateway would find the same
     * @param failure why the file as it is now cannot be used
     * @param document its text
     * @param effective the same as one document that extends nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PolicyView(
            String revision,
            String name,
            String source,
            Instant since,
            boolean saved,
            @Nullable String failure,
            List<String> warnings,
            String document,
            String effective) {}

    /** One that can be rolled back to. */
    public record RevisionView(String revision, String name, String source, Instant since, boolean inForce) {}

    /** @param revision one of those that are listed */
    public record Rollback(@Nullable String revision) {}

    @GET
    public PolicyView inForce() {
        return policies.inForce();
    }

    @GET
    @Path("/revisions")
    public List<RevisionView> revisions() {
        return policies.revisions();
    }

    @PUT
    @Consumes(MediaType.WILDCARD)
    public Response put(byte[] body, @QueryParam("save") @DefaultValue("false") boolean save) {
        if (body.length > LONGEST) {
            return Problem.tooLarge("a policy that is sent has at most " + LONGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return Response.ok(policies.put(text, save)).build();
        } catch (CharacterCodingException e) {
            return Problem.badRequest("the body is not UTF-8");
        } catch (InvalidFileException e) {
            return Problem.invalid(e);
        } catch (NotSavedException e) {
            return Problem.conflict(String.valueOf(e.getMessage()));
        }
    }

    @POST
    @Path("/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rollback(@Nullable Rollback wanted, @QueryParam("save") @DefaultValue("false") boolean save) {
        String revision = wanted == null ? null : wanted.revision;
        if (revision == null) {
            return Problem.badRequest("the body names the revision: {\"revision\": \"...\"}");
        }
        try {
            return policies.rollback(revision, save)
                    .map(now -> Response.ok(now).build())
                    .orElseGet(() -> Problem.notFound(
                            "no such revision is kept; /admin/v1/policy/revisions lists those that are"));
        } catch (NotSavedException e) {
            return Problem.conflict(String.valueOf(e.getMessage()));
        }
    }
}
