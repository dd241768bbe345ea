package dev.fogline.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing blocks in the gateway's request path. */
class NothingBlocksTest {
    /** What may, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            entry(
                    "dev.fogline.gateway.Assembly",
                    "waits for the start and the end of the whole gateway, on Quarkus' main thread"),
            entry("dev.fogline.gateway.Gateway", "hands the closing of its files to a worker, at its end"),
            entry(
                    "dev.fogline.gateway.audit.DecisionLog",
                    "writes on a thread of its own; exchanges only offer to its queue"),
            entry("dev.fogline.gateway.audit.RotatedFile", "is what that thread writes to"),
            entry(
                    "dev.fogline.gateway.audit.egress.EgressAudit",
                    "writes and syncs on threads of its own; exchanges only offer to its queue"),
            entry("dev.fogline.gateway.audit.egress.AuditWriter", "is what those threads run"),
            entry("dev.fogline.gateway.audit.egress.AuditFile", "is what they write to"),
            entry("dev.fogline.gateway.audit.egress.AuditFolder", "is where they write, and what the command reads"),
            entry("dev.fogline.gateway.audit.egress.AuditLines", "reads for them at a start, and for the command"),
            entry("dev.fogline.policies.privacy.NameModels", "looks for the jars of a model once, before any request"),
            entry("dev.fogline.gateway.UserPlane", "looks at the machine's interfaces once, at the start"),
            entry("dev.fogline.gateway.api.Callers", "makes an address of digits; a name is never looked up"));

    /** Everything that an exchange passes through; configuration, commands and the operators' plane are apart. */
    private static final DescribedPredicate<JavaClass> REQUEST_PATH = resideInAnyPackage(
                    "dev.fogline.gateway",
                    "dev.fogline.gateway.api..",
                    "dev.fogline.gateway.upstream..",
                    "dev.fogline.gateway.fleet..",
                    "dev.fogline.gateway.audit..",
                    "dev.fogline.policies",
                    "dev.fogline.policies.cost..",
                    "dev.fogline.policies.latency..",
                    "dev.fogline.policies.privacy..")
            .as("classes of the request path");

    private static final DescribedPredicate<JavaClass> EXCEPTED = DescribedPredicate.describe(
            "named exceptions", type -> EXCEPTIONS.containsKey(outermost(type).getName()));

    private static final ArchRule NOTHING_BLOCKS = rule(DescribedPredicate.not(EXCEPTED));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.fogline.gateway", "dev.fogline.policies");

    private static ArchRule rule(DescribedPredicate<JavaClass> which) {
        return noClasses().that(REQUEST_PATH.and(which)).should().accessTargetWhere(new MayBlock());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(NothingBlocksTest::outermost).orElse(type);
    }

    @Test
    void nothing_blocks_in_the_request_path() {
        NOTHING_BLOCKS.check(HOUSE);
    }

    @Test
    void what_blocks_is_seen() {
        EvaluationResult result =
                NOTHING_BLOCKS.evaluate(new ClassFileImporter().importClasses(Blocking.class, RawClient.class));
        assertThat(result.getFailureReport().getDetails())
                .anyMatch(line -> line.contains("Thread.sleep"))
                .anyMatch(line -> line.contains("CompletableFuture.get"))
                .anyMatch(line -> line.contains("java.net.Socket.<init>"));
    }

    @Test
    void each_exception_is_still_one() {
        EXCEPTIONS
                .keySet()
                .forEach(name -> assertThat(rule(DescribedPredicate.describe(
                                        name, type -> outermost(type).getName().equals(name)))
                                .evaluate(HOUSE)
                                .hasViolation())
                        .as(name)
                        .isTrue());
    }
}
