package dev.fogline.edge.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hugging Face's file service: {@code GET /api/models/{repo}/tree/{revision}} lists files, and
 * {@code GET /{repo}/resolve/{revision}/{path}} is one. For a file kept in LFS, as model files are, {@code lfs.oid} is
 * its SHA-256.
 */
final class Hub {
    private static final int PAGES = 20;
    private static final int PAGE_BYTES = 8 << 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");

    /** {@code size} in bytes; the sum is absent for a file outside LFS. */
    record HubFile(String path, long size, Optional<String> sha256) {}

    private final Http http;
    private final URI base;
    private final Limits limits;

    Hub(Http http, URI base, Limits limits) {
        this.http = http;
        this.base = base;
        this.limits = limits;
    }

    /** For people: {@code Hugging Face}, or the mirror's host. */
    String title() {
        return "huggingface.co".equals(base.getHost()) ? "Hugging Face" : "Hugging Face mirror " + base.getHost();
    }

    URI file(String repository, String revision, String path) {
        return URI.create(base + "/" + repository + "/resolve/" + encoded(revision) + "/"
                + Arrays.stream(path.split("/")).map(Hub::encoded).collect(Collectors.joining("/")));
    }

    boolean serves(URI address) {
        return Addresses.sameServer(address, base);
    }

    /** All GGUF files of a repository. */
    Attempt<List<HubFile>> models(String repository, String revision) {
        List<HubFile> found = new ArrayList<>();
        Optional<URI> page = Optional.of(
                URI.create(base + "/api/models/" + repository + "/tree/" + encoded(revision) + "?recursive=true"));
        try {
            for (int count = 0; page.isPresent() && count < PAGES; count++) {
                URI at = page.get();
                HttpResponse<InputStream> response = http.get(at, Map.of("Accept", "application/json"));
                try (InputStream body = response.body()) {
                    if (response.statusCode() != 200) {
                        return Attempt.failed(Statuses.cause(response.statusCode()));
                    }
                    json(body).forEach(entry -> model(entry).ifPresent(found::add));
                }
                page = response.headers().firstValue("Link").flatMap(link -> next(at, link));
            }
            return Attempt.done(found);
        } catch (IOException e) {
            return Attempt.failed(Causes.of(e));
        }
    }

    /** As the repository's page says it; absent when it says nothing or cannot be asked. */
    Optional<String> licence(String repository) {
        try {
            HttpResponse<InputStream> response =
                    http.get(URI.create(base + "/api/models/" + repository), Map.of("Accept", "application/json"));
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    return Optional.empty();
                }
                for (JsonNode tag : json(body).path("tags")) {
                    if (tag.asText().matches("license:[A-Za-z0-9._-]{1,60}")) {
                        return Optional.of(tag.asText().substring("license:".length()));
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private JsonNode json(InputStream body) throws IOException {
        try (StallWatch watch = new StallWatch(body, limits.stall())) {
            byte[] bytes = body.readNBytes(PAGE_BYTES);
            if (watch.stalled()) {
                throw new HttpTimeoutException("no data for a while");
            }
            JsonNode node = new JsonMapper().readTree(bytes);
            return node == null ? new JsonMapper().createArrayNode() : node;
        } catch (JacksonException e) {
            // Jackson's message quotes what came, which may be a network's login page.
            throw new IOException("what came is not a list of files", e);
        }
    }

    private static Optional<HubFile> model(JsonNode entry) {
        String path = entry.path("path").asText("");
        if (!entry.path("type").asText("file").equals("file")
                || !path.toLowerCase(Locale.ROOT).endsWith(".gguf")
                || !isPlainPath(path)) {
            return Optional.empty();
        }
        return Optional.of(new HubFile(
                path,
                entry.path("size").asLong(),
                Optional.of(entry.path("lfs").path("oid").asText("")).filter(Sums::isSha256)));
    }

    /** Segments that stay below the repository; whatever else a listing may hold is none of ours. */
    static boolean isPlainPath(String path) {
        return path.length() <= 400
                && Arrays.stream(path.split("/", -1))
                        .allMatch(segment ->
                                segment.matches("[^\\p{Cntrl}\\\\]+") && !segment.equals(".") && !segment.equals(".."));
    }

    private Optional<URI> next(URI at, String link) {
        Matcher matcher = NEXT.matcher(link);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(at.resolve(matcher.group(1))).filter(this::serves);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
