package dev.fogline.gateway;

import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * What HTTP/1's parser lets through although another server on the way may read it otherwise: where a request ends, and
 * whom it is for. Requests are smuggled that way, so nothing of it is guessed at.
 */
final class Framing {
    private Framing() {}

    static boolean ambiguous(HttpServerRequest http) {
        if (http.version() == HttpVersion.HTTP_2) {
            return false;
        }
        MultiMap headers = http.headers();
        return (headers.contains(HttpHeaders.TRANSFER_ENCODING) && !isPlainlyChunked(http))
                || headers.getAll(HttpHeaders.HOST).size() > 1
                || headers.contains("")
                || !isPathHere(http);
    }

    /**
     * Whether a header holds a control character, which HTTP/1's parser refuses and HTTP/2's lets through: no request to a target
     * could carry it.
     */
    static boolean unsound(HttpServerRequest http) {
        return http.version() == HttpVersion.HTTP_2
                && http.headers().entries().stream()
                        .anyMatch(
                                header -> header.getValue().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F));
    }

    private static boolean isPlainlyChunked(HttpServerRequest http) {
        List<String> codings = http.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return http.version() == HttpVersion.HTTP_1_1
                && codings.size() == 1
                && codings.getFirst().strip().equalsIgnoreCase("chunked")
                && !http.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !lostALength(http);
    }

    /**
     * Beside chunks Netty removes a Content-Length without a word. It shows in the size of the head: there is more than
     * the headers that are left, each with its colon and one space, explain.
     */
    private static boolean lostALength(HttpServerRequest http) {
        if (!(http.decoderResult() instanceof HttpMessageDecoderResult head)) {
            return false;
        }
        int explained = 0;
        for (var header : http.headers()) {
            explained +=
                    header.getKey().length() + ": ".length() + header.getValue().length();
        }
        return head.headerSize() > explained;
    }

    /** A path, or the same with the scheme and the host to which the request was sent. */
    private static boolean isPathHere(HttpServerRequest http) {
        String target = http.uri();
        if (target.startsWith("/")) {
            return true;
        }
        String here = "http://" + http.getHeader(HttpHeaders.HOST) + "/";
        return target.regionMatches(true, 0, here, 0, here.length());
    }
}
