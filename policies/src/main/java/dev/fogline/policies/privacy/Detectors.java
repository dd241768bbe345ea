package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fixed set of detectors, tried at their anchors in one walk over a text. Immutable; any number of threads may share it. */
public final class Detectors {
    /**
     * Raised whenever the standard detectors may find something that they did not find before: a logged decision that rests
     * on another version is not taken for proof of what a prompt did not hold.
     */
    public static final String VERSION = "8";

    /** Made up, so that every detector has something to do. */
    private static final String WARM_UP = "身份证号110105194912310028，银行卡4111 1111 1111 1111，手机13800138000，密码：Warm9up-x1，"
            + "{\"password\": \"Warm9up-x1\"} curl -u a:Warm9up-x1 https://a:Warm9up-x1@b.cn a@b.cn +86 138 0013 8000 "
            + "-----BEGIN PRIVATE KEY-----\\nMIIBVAIBADANBgkqhkiG9w0BAQEFAASC\\n-----END PRIVATE KEY----- "
            + "token=q7Lm2Vx9Kd4Ts8Wz1Yb6 sk-q7Lm2Vx9Kd4Ts8Wz1Yb6Nc3R 12345:x Bearer q7Lm2Vx9Kd4Ts8Wz1Yb6 my pwd is Warm9up-x1";

    private static final Map<Set<DetectorGroup>, Detectors> COMPILED = new ConcurrentHashMap<>();

    private final Set<DetectorGroup> groups;
    private final AnchorTable anchors;
    private final Names names;
    private final Custom custom;
    private final List<TextDetector> readers;
    private final Detectors ofSpans;

    private Detectors(
            Set<DetectorGroup> groups, AnchorTable anchors, Names names, Custom custom, List<TextDetector> readers) {
        this.groups = groups;
        this.anchors = anchors;
        this.names = names;
        this.custom = custom;
        this.readers = readers;
        this.ofSpans = groups.contains(DetectorGroup.SUBJECTS)
                ? new Detectors(
                        groups.stream()
                                .filter(group -> group != DetectorGroup.SUBJECTS)
                                .collect(Collectors.toUnmodifiableSet()),
                        anchors,
                        names,
                        custom)
                : this;
    }

    private Detectors(Set<DetectorGroup> groups, AnchorTable anchors, Names names, Custom custom) {
        this(groups, anchors, names, custom, readers(groups, names, custom));
    }

    private static List<TextDetector> readers(Set<DetectorGroup> groups, Names names, Custom custom) {
        var readers = new ArrayList<>(names.readers());
        if (groups.contains(DetectorGroup.SUBJECTS)) {
            readers.add(Subjects.standard());
        }
        readers.addAll(custom.readers());
        return List.copyOf(readers);
    }

    /** Tried once, so that no request's time goes into loading classes and tables. */
    private static Detectors compile(Set<DetectorGroup> groups) {
        Names names = groups.contains(DetectorGroup.NAMES) ? Names.standard() : Names.NONE;
        var detectors = new Detectors(groups, new AnchorTable(StandardAnchors.of(groups)), names, Custom.NONE);
        boolean spans = groups.stream()
                .anyMatch(group ->
                        DetectorGroup.STANDARD.contains(group) && !group.kinds().isEmpty());
        if (detectors.find(WARM_UP).isEmpty() && spans) {
            throw new IllegalStateException("the detectors find nothing in the text that warms them up");
        }
        return detectors;
    }

    /** Of no group; for tests. */
    Detectors(List<Anchor.Use> uses, TextDetector... readers) {
        this(Set.of(), new AnchorTable(uses), Names.NONE, Custom.NONE, List.of(readers));
    }

    /** Of names only; for tests. */
    Detectors(Names names) {
        this(Set.of(DetectorGroup.NAMES), new AnchorTable(List.of()), names, Custom.NONE);
    }

    /** Those that run where no policy says more. */
    public static Detectors standard() {
        return of(DetectorGroup.STANDARD);
    }

    /** Those of some groups; the same ones for the same groups. */
    public static Detectors of(Set<DetectorGroup> groups) {
        return COMPILED.computeIfAbsent(Set.copyOf(groups), Detectors::compile);
    }

    /** The same with what a policy has looked for itself. */
    public Detectors with(Custom more) {
        if (more.isEmpty()) {
            return this;
        }
        var extended = new Detectors(groups, anchors, names, more);
        extended.find(WARM_UP);
        return extended;
    }

    /** What runs, as the log of decisions says it: the version and the groups. */
    public String version() {
        return VERSION + " " + groups.stream().sorted().map(this::word).collect(Collectors.joining(" ")) + customWord();
    }

    private String customWord() {
        return custom.isEmpty() ? "" : " custom:" + custom.fingerprint();
    }

    private String word(DetectorGroup group) {
        return group + (group == DetectorGroup.NAMES ? names.id() : "");
    }

    /**
     * Whether these would have found nothing of a kind where others found nothing.
     *
     * @param version of the others
     * @param kinds that the others looked for
     */
    public boolean knew(String version, Collection<String> kinds, FindingKind kind) {
        if (kind == FindingKind.CUSTOM && !custom.isEmpty()) {
            return version.endsWith(customWord());
        }
        List<String> ran = List.of(version.split(" ", -1));
        return kinds.contains(kind.id())
                && ran.getFirst().equals(VERSION)
                && groups.stream()
                        .filter(group -> group.kinds().contains(kind))
                        .allMatch(group -> ran.contains(word(group)));
    }

    /**
     * Whether these would have found the texts to be about nothing else where others found them to be.
     *
     * @param version of the others
     */
    public boolean knewSubjects(String version) {
        List<String> ran = List.of(version.split(" ", -1));
        return !groups.contains(DetectorGroup.SUBJECTS)
                || (ran.getFirst().equals(VERSION) && ran.contains(word(DetectorGroup.SUBJECTS)));
    }

    /** The same without those that tell what a text is about: for whoever looks for spans only, in a fraction of the time. */
    public Detectors ofSpans() {
        return ofSpans;
    }

    /** Whether they tell what a text is about. */
    public boolean tellSubjects() {
        return groups.contains(DetectorGroup.SUBJECTS);
    }

    /** What they look for, and what others in the gateway do; of any other kind nothing is known. */
    public Set<FindingKind> kinds() {
        var kinds = EnumSet.of(FindingKind.CUSTOM, FindingKind.UNREADABLE);
        groups.forEach(group -> kinds.addAll(group.kinds()));
        return kinds;
    }

    /** What other groups of detectors look for, and these do not. */
    public Set<FindingKind> off() {
        var off = EnumSet.noneOf(FindingKind.class);
        for (DetectorGroup group : DetectorGroup.values()) {
            off.addAll(group.kinds());
        }
        off.removeAll(kinds());
        return off;
    }

    /**
     * Whether reading takes so long, up to a millisecond for 1,000 characters, that an event loop must not wait for it:
     * names do, and a policy's patterns may.
     */
    public boolean slow() {
        return groups.contains(DetectorGroup.NAMES) || custom.hasPatterns();
    }

    /**
     * What the text holds, sorted by place and without overlaps. The time is linear in the text's length whatever it
     * holds.
     */
    public List<Finding> find(CharSequence text) {
        return find(text, TimeLimit.NONE);
    }

    /** What the text is about, where it is about somebody. */
    public Set<Subject> about(CharSequence text) {
        var noted = new Noted();
        find(text, TimeLimit.NONE, noted);
        return Set.copyOf(noted.subjects());
    }

    /** @throws TimeLimit.Exceeded when it takes longer than that */
    List<Finding> find(CharSequence text, TimeLimit limit) {
        return find(text, limit, new Noted());
    }

    /** @param noted takes what is noted beside spans */
    List<Finding> find(CharSequence text, TimeLimit limit, Noted noted) {
        return find(Reading.unfolded(text.toString().toCharArray()), limit, noted);
    }

    /**
     * The same of a part of an array, which is left as it is.
     *
     * @param ascii the same text, if all of its characters are, or nearly
     */
    List<Finding> find(char[] chars, int from, int length, @Nullable AsciiText ascii, TimeLimit limit, Noted noted) {
        return find(Reading.borrowing(chars, from, length, ascii), limit, noted);
    }

    List<Finding> find(Reading text, TimeLimit limit) {
        return find(text, limit, new Noted());
    }

    private List<Finding> find(Reading text, TimeLimit limit, Noted noted) {
        var found = new Candidates(text, noted);
        anchors.walk(text, found, limit);
        for (TextDetector reader : readers) {
            reader.read(text, found, limit);
        }
        return found.settled();
    }
}
