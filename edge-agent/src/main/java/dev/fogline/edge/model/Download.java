package dev.fogline.edge.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file over HTTP into {@code <file>.part}, over as many connections as it takes. A cut transfer goes on with
 * {@code Range} and {@code If-Range} (RFC 9110, 13.1.5 and 14); a server that answers with the whole file instead is
 * taken at its word, and the part starts anew.
 */
final class Download {
    private static final int ATTEMPTS = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final long SPACE_CHECK = 64_000_000;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** {@code size} in bytes. */
    record Wanted(URI address, String file, OptionalLong size, Optional<String> sha256) {}

    /** How one connection ended. */
    private sealed interface Step {
        record Whole() implements Step {}

        /** Worth another connection, after {@code pause} if the server said so. */
        record Cut(String cause, Optional<Duration> pause) implements Step {
            Cut(String cause) {
                this(cause, Optional.empty());
            }
        }

        record Final(String cause) implements Step {}
    }

    private final Http http;
    private final Console console;
    private final Limits limits;

    Download(Http http, Console console, Limits limits) {
        this.http = http;
        this.console = console;
        this.limits = limits;
    }

    Attempt<Verified> fetch(Wanted wanted, Path folder) {
        try {
            Partial partial = Partial.open(
                    folder, wanted.file(), wanted.sha256().orElseGet(() -> Addresses.shown(wanted.address())));
            Attempt<Verified> result = transfer(wanted, partial).then(data -> verify(data, wanted));
            if (result instanceof Attempt.Done<Verified> || partial.size() == 0) {
                // Without bytes, notes about them would only confuse.
                partial.forgetNotes();
            }
            return result;
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }

    private Attempt<Verified> verify(Path data, Wanted wanted) {
        try {
            return Verified.check(data, wanted.sha256());
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }

    private Attempt<Path> transfer(Wanted wanted, Partial partial) throws IOException {
        long best = partial.size();
        if (best > 0) {
            console.note("  going on at " + Sizes.shown(best));
        }
        int fruitless = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Step step = connect(wanted, partial);
            long now = partial.size();
            fruitless = now > best ? 0 : fruitless + 1;
            best = Math.max(best, now);
            switch (step) {
                case Step.Whole whole -> {
                    return Attempt.done(partial.data());
                }
                case Step.Final end -> {
                    return Attempt.failed(end.cause());
                }
                case Step.Cut cut -> {
                    if (fruitless >= limits.fruitless()
                            || cut.pause().orElse(Duration.ZERO).compareTo(LONGEST_WAIT) > 0) {
                        return Attempt.failed(cut.cause() + kept(now));
                    }
                    Duration pause = cut.pause().orElse(limits.retryPause().multipliedBy(1L << Math.min(fruitless, 5)));
                    console.note("  " + cut.cause() + ": trying again");
                    pause(pause);
                }
            }
        }
        return Attempt.failed("given up after " + ATTEMPTS + " connections" + kept(best));
    }

    private static String kept(long bytes) {
        return bytes > 0 ? " (" + Sizes.shown(bytes) + " kept: the next pull goes on there)" : "";
    }

    private static void pause(Duration pause) throws IOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Step connect(Wanted wanted, Partial partial) throws IOException {
        long have = partial.size();
        if (wanted.size().isPresent() && have >= wanted.size().getAsLong()) {
            if (have == wanted.size().getAsLong()) {
                return new Step.Whole();
            }
            partial.discard();
            have = 0;
        }
        // With neither a sum nor a strong tag nobody could tell whether two halves belong together.
        if (have > 0 && wanted.sha256().isEmpty() && partial.etag().isEmpty()) {
            partial.discard();
            have = 0;
        }
        Map<String, String> headers = new HashMap<>();
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            partial.etag().ifPresent(tag -> headers.put("If-Range", tag));
        }
        HttpResponse<InputStream> response;
        try {
            response = http.get(wanted.address(), headers);
        } catch (IOException e) {
            // Nothing has come yet from an unreachable source: the next source is better than another try.
            return have > 0 ? new Step.Cut(Causes.of(e)) : new Step.Final(Causes.of(e));
        }
        try (InputStream body = response.body()) {
            return switch (response.statusCode()) {
                case 200, 206 -> receive(wanted, partial, response, body, have);
                case 416 -> {
                    partial.discard();
                    yield new Step.Cut("the server has no such range (416)");
                }
                case 408, 429, 500, 502, 503, 504 ->
                    new Step.Cut(Statuses.cause(response.statusCode()), Statuses.retryAfter(response.headers()));
                default -> new Step.Final(Statuses.cause(response.statusCode()));
            };
        }
    }

    private Step receive(
            Wanted wanted, Partial partial, HttpResponse<InputStream> response, InputStream body, long have)
            throws IOException {
        if (response.headers()
                .firstValue("Content-Encoding")
                .filter(c -> !c.equals("identity"))
                .isPresent()) {
            return new Step.Final("the server sends it compressed, unasked");
        }
        long start = 0;
        if (response.statusCode() == 206) {
            Matcher range =
                    RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
            if (!range.matches() || Long.parseLong(range.group(1)) != have) {
                partial.discard();
                return new Step.Cut("the server sent another range than asked for");
            }
            start = have;
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        long total = length >= 0 ? start + length : wanted.size().orElse(-1);
        if (wanted.size().isPresent() && length >= 0 && total != wanted.size().getAsLong()) {
            partial.discard();
            return new Step.Final("the file there has " + Sizes.shown(total) + ", expected "
                    + Sizes.shown(wanted.size().getAsLong()));
        }
        Optional<String> shortage = Sizes.shortage(partial.folder(), Math.max(0, total - start));
        if (shortage.isPresent()) {
            return new Step.Final(shortage.get());
        }
        if (start == 0) {
            partial.begin(response.headers().firstValue("ETag"));
        }
        return copy(partial, body, start, total);
    }

    /** {@code total} is negative where nobody said it; then the end of the body is the end of the file. */
    private Step copy(Partial partial, InputStream body, long start, long total) throws IOException {
        byte[] buffer = new byte[1 << 17];
        long at = start;
        long checkAt = at + SPACE_CHECK;
        try (StallWatch watch = new StallWatch(body, limits.stall());
                Progress progress = console.progress(total);
                OutputStream out = partial.append()) {
            progress.reach(at);
            while (true) {
                int read;
                try {
                    read = body.read(buffer);
                } catch (IOException e) {
                    return new Step.Cut(watch.stalled() ? "no data for a while" : "the connection was cut");
                }
                if (watch.stalled()) {
                    return new Step.Cut("no data for a while");
                }
                if (read < 0) {
                    return total < 0 || at == total ? new Step.Whole() : new Step.Cut("the connection was cut");
                }
                watch.sawBytes();
                if (total >= 0 && at + read > total) {
                    partial.discard();
                    return new Step.Final("the server sends more than it said");
                }
                if (at == 0 && !Verified.startsLikeGguf(buffer, read)) {
                    partial.discard();
                    return new Step.Final(Verified.NOT_GGUF + " (a login page of the network, perhaps)");
                }
                out.write(buffer, 0, read);
                at += read;
                if (total < 0 && at >= checkAt) {
                    checkAt = at + SPACE_CHECK;
                    Optional<String> shortage = Sizes.shortage(partial.folder(), SPACE_CHECK);
                    if (shortage.isPresent()) {
                        partial.discard();
                        return new Step.Final(shortage.get());
                    }
                }
                progress.reach(at);
            }
        }
    }
}
