package dev.fogline.gateway;

import static dev.fogline.gateway.GatewayFixture.HI;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests that are wrong before anybody looks into their body, each with the statuses that may answer it. */
final class BadHttp {
    private static final String POST = "POST /v1/chat/completions HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String LENGTH = "Content-Length: " + HI.length() + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    /** @param status of the answer */
    record Case(String bytes, int status) {}

    private final Map<String, Case> cases = new LinkedHashMap<>();

    private BadHttp() {}

    /** By what is wrong with them. */
    static Map<String, Case> all() {
        var all = new BadHttp();
        all.lengths();
        all.chunks();
        all.headers();
        all.hosts();
        all.targets();
        all.lines();
        all.types();
        all.wishes();
        return all.cases;
    }

    private void add(String what, int status, String bytes) {
        cases.put(what, new Case(bytes, status));
    }

    private static String post(String headers) {
        return POST + HOST + JSON + headers + "\r\n" + HI;
    }

    private void lengths() {
        String smuggled = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n";
        add("two lengths", 400, post("Content-Length: 4\r\n" + LENGTH));
        add("the same length twice", 400, post(LENGTH + LENGTH));
        add("two lengths in one line", 400, post("Content-Length: 4, " + HI.length() + "\r\n"));
        for (String length :
                List.of("-1", "+5", "0x10", "1e2", "5 5", "five", "99999999999999999999", "\u0665", ";5")) {
            add("a length of " + length, 400, post("Content-Length: " + length + "\r\n"));
        }
        add(
                "a length and chunks",
                400,
                POST + HOST + JSON + "Content-Length: 5\r\n" + CHUNKED + "\r\n0\r\n\r\n" + smuggled);
        add("chunks and a length", 400, POST + HOST + JSON + CHUNKED + "Content-Length: 5\r\n\r\n0\r\n\r\n" + smuggled);
        add(
                "a length of null and chunks",
                400,
                POST + HOST + JSON + "Content-Length: 0\r\n" + CHUNKED + "\r\n0\r\n\r\n");
        for (String coding : List.of(
                "chunked, identity",
                "xchunked",
                "identity",
                "gzip",
                "gzip, chunked",
                "chunked, chunked",
                "",
                "chunked;q=1",
                "\"chunked\"")) {
            add(
                    "the transfer coding " + coding,
                    400,
                    POST + HOST + JSON + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
            add(
                    "the transfer coding " + coding + " and a length",
                    400,
                    post("Transfer-Encoding: " + coding + "\r\n" + LENGTH));
        }
        add(
                "two lines of transfer codings",
                400,
                POST + HOST + JSON + CHUNKED + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n");
        add(
                "chunks in HTTP/1.0",
                400,
                "POST /v1/chat/completions HTTP/1.0\r\n" + HOST + JSON + CHUNKED + "\r\n0\r\n\r\n");
    }

    private void chunks() {
        for (String size : List.of("x", "-1", "+5", "0x5", "fffffffff", "ffffffffffffffffffff", "5 5", "")) {
            add(
                    "a chunk of size " + size,
                    400,
                    POST + HOST + JSON + CHUNKED + "\r\n" + size + "\r\nabcde\r\n0\r\n\r\n");
        }
        add("a chunk without its line end", 400, POST + HOST + JSON + CHUNKED + "\r\n3\r\nabcde\r\n0\r\n\r\n");
        add(
                "a chunk's extension without end",
                400,
                POST + HOST + JSON + CHUNKED + "\r\n3;" + "x".repeat(70_000) + "\r\nabc\r\n0\r\n\r\n");
        add(
                "trailers without end",
                400,
                POST + HOST + JSON + CHUNKED + "\r\n0\r\n" + "X-A: b\r\n".repeat(10_000) + "\r\n");
    }

    private void headers() {
        add("a header of 40,000 bytes", 431, post(LENGTH + "X-A: " + "a".repeat(40_000) + "\r\n"));
        add("10,000 headers", 431, post(LENGTH + "X-A: b\r\n".repeat(10_000)));
        add("headers without end", 431, POST + HOST + "X-A: b\r\n".repeat(100_000));
        add("space before a colon", 400, post("Content-Length : " + HI.length() + "\r\n"));
        add("a first line that is folded", 400, POST + " Host: localhost\r\n" + JSON + LENGTH + "\r\n" + HI);
        add("a header without a colon", 400, post(LENGTH + "X-A\r\n"));
        add("a header without a name", 400, post(LENGTH + ": a\r\n"));
        add("NUL in a header's name", 400, post(LENGTH + "X-\0A: b\r\n"));
        add("NUL in a header's value", 400, post(LENGTH + "X-A: \0b\r\n"));
        add("a carriage return in a header's value", 400, post(LENGTH + "X-A: b\rc\r\n"));
        add("a letter beyond ASCII in a header's name", 400, post(LENGTH + "X-\u00e9: b\r\n"));
    }

    private void hosts() {
        add("no host", 421, POST + JSON + LENGTH + "\r\n" + HI);
        add("two hosts", 400, post("Host: evil.example\r\n" + LENGTH));
        for (String host : List.of(
                "",
                "evil.example",
                "localhost@evil.example",
                "local host",
                "localhost:x",
                "[::1",
                "127.0.0.1.evil.example",
                "0177.0.0.1.",
                "localhost,evil.example")) {
            add("the host " + host, 421, POST + "Host: " + host + "\r\n" + JSON + LENGTH + "\r\n" + HI);
        }
    }

    private void targets() {
        String rest = " HTTP/1.1\r\n" + HOST + JSON + LENGTH + "\r\n" + HI;
        for (String path : List.of(
                "/",
                "//v1/chat/completions",
                "/v1/chat/completions/",
                "/V1/chat/completions",
                "/v1/chat%2Fcompletions",
                "/v1/chat/completions%00",
                "/v1/./chat/completions",
                "/x/../v1/chat/completions",
                "/v1/chat/completions;a=b",
                "/v1/chat/completions#a",
                "/%",
                "/%zz",
                "/\u00e9")) {
            add("the path " + path, 404, "POST " + path + rest);
        }
        for (String model :
                List.of("%", "%zz", "%ff", "%00", "%c0%af", "%u0041", "x".repeat(5_000), "..%2f..%2fadmin", "")) {
            add(
                    "the model's path " + (model.length() > 20 ? "of 5,000" : model),
                    404,
                    "GET /v1/models/" + model + " HTTP/1.1\r\n" + HOST + "\r\n");
        }
        add("NUL in the path", 404, "POST /v1/chat/completions\0" + rest);
        add("another host's absolute form", 400, "POST http://evil.example/v1/chat/completions" + rest);
        add("an absolute form without a host", 400, "POST http:///v1/chat/completions" + rest);
        add("another scheme", 400, "POST ftp://localhost/v1/chat/completions" + rest);
        add("no slash", 400, "POST v1/chat/completions" + rest);
        add("the asterisk", 400, "POST *" + rest);
        add("OPTIONS of the asterisk", 400, "OPTIONS *" + " HTTP/1.1\r\n" + HOST + "\r\n");
        add("CONNECT", 400, "CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + "\r\n");
    }

    private void lines() {
        String rest = "\r\n" + HOST + JSON + LENGTH + "\r\n" + HI;
        add("a path of 9,000 bytes", 414, "POST /" + "x".repeat(9_000) + " HTTP/1.1" + rest);
        add("another method", 405, "FOO /v1/chat/completions HTTP/1.1" + rest);
        add("a method in small letters", 405, "post /v1/chat/completions HTTP/1.1" + rest);
        add("TRACE", 405, "TRACE /v1/chat/completions HTTP/1.1\r\n" + HOST + "\r\n");
        add(
                "a WebSocket",
                405,
                "GET /v1/chat/completions HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        add("a method with NUL", 400, "PO\0ST /v1/chat/completions HTTP/1.1" + rest);
        add("no version", 400, "POST /v1/chat/completions" + rest);
        add("a word as version", 400, "POST /v1/chat/completions HTTP/x.y" + rest);
        add("two spaces", 400, "POST  /v1/chat/completions  x HTTP/1.1" + rest);
        add("the beginning of TLS", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
        add("a line that is no HTTP", 400, "hello\r\n\r\n");
    }

    private void types() {
        for (String type : List.of(
                "",
                "text/plain",
                "application/jsonx",
                "application/json; charset=latin1",
                "application/json;charset=utf-16",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                "application/json, text/plain",
                "\0")) {
            add(
                    "the content type " + type,
                    type.equals("\0") ? 400 : 415,
                    POST + HOST + "Content-Type: " + type + "\r\n" + LENGTH + "\r\n" + HI);
        }
        add("no content type", 415, POST + HOST + LENGTH + "\r\n" + HI);
        add("two content types", 415, post(LENGTH + "Content-Type: text/plain\r\n"));
        for (String encoding : List.of("gzip", "br", "deflate", "identity, gzip", "x")) {
            add("the content encoding " + encoding, 415, post(LENGTH + "Content-Encoding: " + encoding + "\r\n"));
        }
        add(
                "identity and another encoding",
                415,
                post(LENGTH + "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n"));
    }

    private void wishes() {
        var wrong = Map.of(
                "X-Fogline-Tier", List.of("", "fog", "edge,cloud", "1", "edge\u00a0"),
                "X-Fogline-Sensitivity", List.of("", "secret", "0", "public restricted", "null"),
                "X-Fogline-Deadline-Ms",
                        List.of("", "0", "-1", "+5", "1.5", "1e3", "86400001", "99999999999999999999", "x", "0x10"),
                "X-Fogline-Max-Cost-Usd",
                        List.of("", "-0.01", "NaN", "Infinity", "1e999", "1d", "0x1p3", "1,5", "$1", "x", "-0"));
        wrong.forEach((header, values) -> values.forEach(
                value -> add(header + " of '" + value + "'", 400, post(LENGTH + header + ": " + value + "\r\n"))));
        Map.of(
                        "X-Fogline-Tier",
                        "edge",
                        "X-Fogline-Sensitivity",
                        "public",
                        "X-Fogline-Deadline-Ms",
                        "5000",
                        "X-Fogline-Max-Cost-Usd",
                        "1")
                .forEach((header, value) ->
                        add(header + " twice", 400, post(LENGTH + (header + ": " + value + "\r\n").repeat(2))));
    }
}
