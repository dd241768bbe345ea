package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NamesTest {
    static final List<String> HOSTILE = List.of(
            "王",
            "王建国",
            "王建国，",
            "欧阳",
            "诸葛、",
            "患者王",
            "我叫",
            "姓名：",
            "高高兴兴",
            "有限公司",
            "成都云帆有限公司",
            "公司",
            "市医院",
            "北京",
            "的",
            "一",
            "A",
            "A.",
            "A ",
            "Anna ",
            "Anna Miller ",
            "Miller ",
            "Anna. ",
            "John B. ",
            "van der ",
            "X van der ",
            "Mr. ",
            "Mr.",
            "Dear ",
            "Dear\n",
            "my name is ",
            "my name is anna ",
            "Regards,\n",
            "Name: ",
            "Inc. ",
            "Foo Inc, ",
            "Foo of the ",
            "University of ",
            "Bank & ",
            "I work at ",
            "I work at A ",
            "O'",
            "A-A-",
            "Éa ",
            "name",
            "\n",
            " ",
            "'");

    private static final Detectors DETECTORS = new Detectors(Names.with(List.of()));

    private static final class CountingReading extends Reading {
        private long looks;

        CountingReading(String text) {
            super(text);
        }

        @Override
        char at(int i) {
            looks++;
            return super.at(i);
        }
    }

    private static long looksPerCharacter(String unit, int length) {
        var text = new CountingReading(unit.repeat(length / unit.length()));
        DETECTORS.find(text, TimeLimit.NONE);
        return text.looks / length;
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void work_per_character_is_bounded_and_does_not_grow_with_the_text(String unit) {
        long inShort = looksPerCharacter(unit, 4_096);
        long inLong = looksPerCharacter(unit, 102_400);
        assertThat(inLong).isLessThanOrEqualTo(1_000).isLessThanOrEqualTo(inShort + inShort / 4 + 2);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void a_long_text_is_left_in_the_middle_when_the_time_is_over(String unit) {
        var clock = new TimeLimit.Clock() {
            private long now;

            @Override
            public long wall() {
                now += 1_000_000;
                return now;
            }

            @Override
            public long processor() {
                return wall();
            }
        };
        String text = (unit + "Anna 王建国 ").repeat(20_000);
        assertThatThrownBy(() -> DETECTORS.find(text, TimeLimit.of(0, clock))).isInstanceOf(TimeLimit.Exceeded.class);
    }

    @Property(tries = 300)
    void no_text_makes_them_fail(
            @ForAll
                    @StringLength(max = 300)
                    @CharRange(from = '一', to = '万')
                    @CharRange(from = 'A', to = 'z')
                    @CharRange(from = ' ', to = '.')
                    @CharRange(from = '\u00C0', to = '\u024F')
                    @CharRange(from = '\uD800', to = '\uDFFF')
                    @CharRange(from = '王', to = '王')
                    String text) {
        assertThat(DETECTORS.find(text))
                .allSatisfy(finding ->
                        assertThat(finding.end()).isGreaterThan(finding.start()).isLessThanOrEqualTo(text.length()));
    }

    @Test
    void threads_that_ask_at_the_same_time_all_get_the_same() throws InterruptedException, ExecutionException {
        String text = "王建国和李梅是同事。Anna Miller met Robert B. Clark at Acme Rockets Ltd. 患者诸葛明，法定代表人欧阳雪。 ";
        List<Finding> expected = DETECTORS.find(text.repeat(20));
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Future<List<Finding>>>();
            for (int i = 0; i < 64; i++) {
                Callable<List<Finding>> ask = () -> DETECTORS.find(text.repeat(20));
                answers.add(pool.submit(ask));
            }
            for (Future<List<Finding>> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_dictionaries_are_loaded_without_a_word() {
        var said = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                said.add(message.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            Names.with(List.of());
        } finally {
            root.removeHandler(handler);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void only_the_group_of_names_looks_for_names() {
        String text = "患者王建国, Anna Miller";
        assertThat(Detectors.standard().find(text)).isEmpty();
        assertThat(Detectors.of(EnumSet.allOf(DetectorGroup.class)).find(text))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.PERSON, FindingKind.PERSON);
    }

    @Test
    void what_ran_stands_in_the_version() {
        assertThat(DETECTORS.version()).endsWith("names:3");
    }
}
