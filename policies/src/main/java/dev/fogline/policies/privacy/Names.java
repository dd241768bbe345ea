package dev.fogline.policies.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What finds names of people, organisations and places. It is made when the first policy that looks for names is read, and costs no
 * other anything.
 */
final class Names {
    /** For whoever looks for none. */
    static final Names NONE = new Names(List.of(), "");

    /** Raised whenever the built-in ways may find a name that they did not find before. */
    private static final String VERSION = "3";

    /** Made up, so that every way has something to do. */
    private static final String WARM_UP =
            "患者姓名：王小明，联系人李华女士，就职于杭州云帆科技有限公司。Dear Anna Miller, my name is Robert B. Clark and I work at Acme Rockets Ltd. "
                    + "Kind regards,\nRobert\n";

    private static final int WARM_UP_ROUNDS = 200;

    private static @Nullable Names standard;

    private final List<TextDetector> readers;
    private final String id;

    private Names(List<TextDetector> readers, String id) {
        this.readers = readers;
        this.id = id;
    }

    /** The built-in ways and the models that the user supplies; made once. */
    static synchronized Names standard() {
        Names made = standard;
        if (made == null) {
            made = with(NameModels.load(System.getenv(NameModels.VARIABLE)));
            standard = made;
        }
        return made;
    }

    static Names with(List<NameModel> models) {
        var readers = new ArrayList<TextDetector>(List.of(
                new ChineseNames(),
                new EnglishNames(),
                new EnglishOrganisations(),
                new NameTagger(TagModel.standard())));
        warmUp(readers);
        models.forEach(model -> readers.add(new ModelNames(model)));
        String id = Stream.concat(
                        Stream.of(":" + VERSION),
                        models.stream().map(NameModel::id).sorted())
                .collect(Collectors.joining("+"));
        return new Names(List.copyOf(readers), id);
    }

    List<TextDetector> readers() {
        return readers;
    }

    /** What runs: the version of the built-in ways, and the models. */
    String id() {
        return id;
    }

    /** So that no request's time goes into loading and compiling. */
    private static void warmUp(List<TextDetector> readers) {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            var text = new Reading(WARM_UP);
            for (TextDetector reader : readers) {
                reader.read(text, new Candidates(text), TimeLimit.NONE);
            }
        }
    }
}
