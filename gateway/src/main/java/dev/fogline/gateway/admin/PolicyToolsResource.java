package dev.fogline.gateway.admin;

import dev.fogline.policies.PolicyFinding;
import dev.fogline.policies.cli.Cases;
import dev.fogline.policies.file.InvalidFileException;
import dev.fogline.policies.replay.ReplayReport;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * What {@code ./fogline policy} does with a policy that is not in force, here with what the gateway has: its targets and its
 * decision log. The body is the policy, or cases for the policy in force. Nothing changes by it.
 */
@Path("/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyToolsResource {
    private final Tools tools;

    /** A replay reads the whole log: one at a time leaves the requests their processors. */
    private final Semaphore simulations = new Semaphore(1);

    public PolicyToolsResource(Tools tools) {
        this.tools = tools;
    }

    /** Who can tell; implemented by the wiring. */
    public interface Tools {
        /** @throws InvalidFileException when the text is no policy */
        CheckView check(String text);

        /**
         * @return empty when no decisions are logged
         * @throws InvalidFileException when the text is no policy that could be put in force, or the log is damaged
         */
        Optional<ReplayReport> simulate(String text);

        /**
         * Runs cases against the policy in force.
         *
         * @throws InvalidFileException when the text is no file of cases
         */
        TestView test(String text);
    }

    /**
     * @param good nothing in it is an error
     * @param effective the policy as one document that extends nothing
     */
    public record CheckView(
            String revision, String name, boolean good, List<PolicyFinding> findings, String effective) {}

    /** @param revision of the policy in force, which the cases were run against */
    public record TestView(String revision, String name, boolean passed, List<Cases.Outcome> cases) {}

    @POST
    @Path("/check")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    public Response check(byte[] body) {
        return with(body, text -> Response.ok(tools.check(text)).build());
    }

    @POST
    @Path("/simulate")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    public Response simulate(byte[] body) {
        if (!simulations.tryAcquire()) {
            return Problem.conflict("another simulation is running");
        }
        try {
            return with(
                    body,
                    text -> tools.simulate(text)
                            .map(report -> Response.ok(report).build())
                            .orElseGet(() -> Problem.conflict("no decisions are logged: decision-log is off")));
        } finally {
            simulations.release();
        }
    }

    @POST
    @Path("/test")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    public Response test(byte[] body) {
        return with(body, text -> Response.ok(tools.test(text)).build());
    }

    private static Response with(byte[] body, Function<String, Response> answer) {
        if (body.length > PolicyResource.LONGEST) {
            return Problem.tooLarge("what is sent has at most " + PolicyResource.LONGEST + " bytes");
        }
        try {
            return answer.apply(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Problem.badRequest("the body is not UTF-8");
        } catch (InvalidFileException e) {
            return Problem.invalid(e);
        }
    }
}
