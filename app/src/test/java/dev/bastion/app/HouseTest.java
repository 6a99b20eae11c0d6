package dev.bastion.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The walls of the house (README, "The map"): who may see whom. Maven keeps the modules apart, this test the rest. */
class HouseTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bastion");

    @Test
    void the_rules_know_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage("dev.bastion.access..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.bastion.access..")
                .check(HOUSE);
    }

    @Test
    void the_editor_knows_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage("dev.bastion.hcl..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.bastion.hcl..")
                .check(HOUSE);
    }

    @Test
    void the_storeys_do_not_see_one_another() {
        separate("ledger", "scheduler", "apply", "app");
        separate("scheduler", "ledger", "apply", "app", "hcl");
        separate("apply", "ledger", "scheduler", "app", "access");
    }

    private static void separate(String storey, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.bastion." + storey + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.bastion." + other + "..")
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }
    }

    @Test
    void nothing_that_runs_knows_the_sandbox_and_the_sandbox_knows_nothing_of_ours() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.bastion.sandbox..", "dev.bastion.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.bastion.sandbox..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.bastion.sandbox..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are the service's",
                        type -> type.getPackageName().startsWith("dev.bastion.")
                                && !type.getPackageName().startsWith("dev.bastion.sandbox")))
                .check(HOUSE);
    }

    @Test
    void a_library_stays_in_the_room_named_for_it() {
        keep("com.slack.api..", "dev.bastion.app.slack..");
        keep("software.amazon.awssdk..", "dev.bastion.app.aws..");
        keep("org.quartz..", "dev.bastion.scheduler..");
        keep("org.eclipse.jgit..", "dev.bastion.ledger.git..");
        keep("org.kohsuke..", "dev.bastion.ledger.github..");
        keep("com.hashicorp..", "dev.bastion.apply..");
    }

    private static void keep(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackages(room, "dev.bastion.sandbox..", "dev.bastion.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(HOUSE);
    }

    @Test
    void there_are_no_circles() {
        slices().matching("dev.bastion.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void time_is_an_argument() {
        for (Class<?> clock :
                new Class<?>[] {Instant.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class}) {
            noClasses()
                    .that(areNotTheCompositionRoot())
                    .should()
                    .callMethod(clock, "now")
                    .check(HOUSE);
        }
        noClasses()
                .that(areNotTheCompositionRoot())
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> areNotTheCompositionRoot() {
        return DescribedPredicate.describe(
                "are not the composition root",
                type -> !type.getFullName().equals("dev.bastion.app.Main")
                        && !type.getPackageName().startsWith("dev.bastion.sandbox")
                        && !type.getPackageName().startsWith("dev.bastion.benchmarks"));
    }
}
