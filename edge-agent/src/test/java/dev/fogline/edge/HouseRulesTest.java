package dev.fogline.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.fogline.edge", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule sub_packages_do_not_know_the_root = noClasses()
            .that()
            .resideInAPackage("dev.fogline.edge.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fogline.edge");

    @ArchTest
    static final ArchRule the_engine_package_knows_no_sibling = noClasses()
            .that()
            .resideInAPackage("dev.fogline.edge.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fogline.edge.standin..", "dev.fogline.edge.model..");

    @ArchTest
    static final ArchRule the_model_package_knows_no_sibling = noClasses()
            .that()
            .resideInAPackage("dev.fogline.edge.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.fogline.edge.standin..", "dev.fogline.edge.engine..");

    @ArchTest
    static final ArchRule sub_packages_work_without_quarkus = noClasses()
            .that()
            .resideInAnyPackage("dev.fogline.edge.engine..", "dev.fogline.edge.standin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..");
}
