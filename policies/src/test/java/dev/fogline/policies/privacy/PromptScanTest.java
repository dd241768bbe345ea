package dev.fogline.policies.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fogline.policies.Sensitivity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptScanTest {
    @Test
    void the_most_sensitive_finding_of_all_texts_counts() {
        var scan = PromptScan.with(Detectors.standard());
        scan.text("你好");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.PUBLIC);
        assertThat(scan.findings()).isEmpty();

        scan.text("手机13812345678，备用13912345678");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.CONFIDENTIAL);

        scan.text("身份证11010519491231002X，邮箱a@b.cn");
        scan.text("手机13712345678");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(scan.findings())
                .isEqualTo(Map.of(FindingKind.CN_ID, 1, FindingKind.CN_MOBILE, 3, FindingKind.EMAIL, 1));
    }

    private static Detectors failing(Runnable failure) {
        Detector detector = (text, at, found) -> failure.run();
        return new Detectors(List.of(new Anchor.Use(new Anchor.Sign('!'), detector)));
    }

    @Test
    void a_detector_that_throws_makes_the_request_restricted_and_it_stays_so() {
        var scan = PromptScan.with(failing(() -> {
            throw new IllegalStateException("quotes the prompt");
        }));
        scan.text("!");
        scan.text("nothing here");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(scan.findings()).isEqualTo(Map.of(FindingKind.DETECTOR_FAILURE, 1));
    }

    @Test
    void a_detector_that_runs_out_of_stack_makes_the_request_restricted() {
        var scan = PromptScan.with(failing(PromptScanTest::endless));
        scan.text("!");
        assertThat(scan.sensitivity()).isEqualTo(Sensitivity.RESTRICTED);
        assertThat(scan.findings()).containsOnlyKeys(FindingKind.DETECTOR_FAILURE);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void endless() {
        endless();
    }

    @ParameterizedTest
    @EnumSource
    void names_of_kinds_fit_metrics_and_policies(FindingKind kind) {
        assertThat(kind.id()).matches("[a-z]+(_[a-z]+)*");
    }

    @Test
    void numbers_of_people_and_secrets_are_restricted() {
        assertThat(List.of(FindingKind.CN_ID, FindingKind.BANK_CARD, FindingKind.API_KEY, FindingKind.DETECTOR_FAILURE))
                .allMatch(kind -> kind.sensitivity() == Sensitivity.RESTRICTED);
        assertThat(List.of(FindingKind.CN_MOBILE, FindingKind.EMAIL))
                .allMatch(kind -> kind.sensitivity() == Sensitivity.CONFIDENTIAL);
    }
}
