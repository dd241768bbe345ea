package dev.fogline.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions in which the house is built. */
@AnalyzeClasses(packages = "dev.fogline", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule sub_packages_do_not_know_each_other =
            slices().matching("dev.fogline.gateway.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule sub_packages_do_not_know_the_root = noClasses()
            .that()
            .resideInAPackage("dev.fogline.gateway.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fogline.gateway");

    @ArchTest
    static final ArchRule the_decision_knows_no_framework = noClasses()
            .that()
            .resideInAPackage("dev.fogline.policies..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io..", "jakarta..", "dev.fogline.gateway..", "dev.fogline.edge..");

    @ArchTest
    static final ArchRule gateway_and_edge_agent_know_each_other_only_by_http = noClasses()
            .that()
            .resideInAPackage("dev.fogline.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fogline.edge..");
}
