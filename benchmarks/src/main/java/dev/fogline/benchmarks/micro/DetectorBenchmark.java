package dev.fogline.benchmarks.micro;

import dev.fogline.policies.privacy.DetectorGroup;
import dev.fogline.policies.privacy.Detectors;
import dev.fogline.policies.privacy.PromptScan;
import java.util.EnumSet;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All detectors over 1,024 characters, beside a loop over the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class DetectorBenchmark {
    private static final Detectors SUBJECTS = Detectors.of(Set.of(DetectorGroup.SUBJECTS));
    private static final Detectors ANCHORS =
            Detectors.of(EnumSet.complementOf(EnumSet.of(DetectorGroup.SUBJECTS, DetectorGroup.NAMES)));

    @Param
    public Texts text = Texts.ORDINARY;

    /** Whether names are looked for as well. */
    @Param({"false", "true"})
    public boolean names;

    private final byte[] table = new byte[1 << 16];
    private String characters = "";
    private Detectors detectors = Detectors.standard();

    @Setup
    public void prepare() {
        characters = text.characters(1024);
        detectors = names ? Detectors.of(EnumSet.allOf(DetectorGroup.class)) : Detectors.standard();
    }

    /** What one table look-up for each character takes: nothing that reads a text is faster. */
    @Benchmark
    public int baseline() {
        int sum = 0;
        for (int i = 0; i < characters.length(); i++) {
            sum += table[characters.charAt(i)];
        }
        return sum;
    }

    /** What has a form: no names, and not what a text is about. */
    @Benchmark
    public PromptScan anchors() {
        PromptScan scan = PromptScan.with(ANCHORS);
        scan.text(characters);
        return scan;
    }

    /** What tells what a text is about. */
    @Benchmark
    public PromptScan subjects() {
        PromptScan scan = PromptScan.with(SUBJECTS);
        scan.text(characters);
        return scan;
    }

    @Benchmark
    public PromptScan kilobyte() {
        PromptScan scan = PromptScan.with(detectors);
        scan.text(characters);
        return scan;
    }
}
