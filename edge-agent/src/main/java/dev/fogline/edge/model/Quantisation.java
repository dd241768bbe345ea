package dev.fogline.edge.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The quantisation as llama.cpp's tools write it into the name of a file: {@code Q4_K_M}, {@code IQ3_XS}, {@code F16}. */
final class Quantisation {
    private static final Pattern IN_NAME = Pattern.compile(
            "(?<=[-._])(?:I?Q[1-9](?:_[0-9A-Z]{1,3}){0,3}|TQ[12]_0|BF16|F16|FP16|F32|MXFP4)(?=[-.])",
            Pattern.CASE_INSENSITIVE);

    private Quantisation() {}

    static Optional<String> ofFile(String file) {
        return IN_NAME.matcher(file)
                .results()
                .map(MatchResult::group)
                .reduce((first, last) -> last)
                .map(found -> found.toUpperCase(Locale.ROOT));
    }
}
