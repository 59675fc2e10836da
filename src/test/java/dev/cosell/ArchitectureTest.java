package dev.cosell;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.cosell.crm.Crms;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.camel.ExchangeException;

/** Who may know whom: the rules that no compiler keeps. */
@AnalyzeClasses(packages = "dev.cosell", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Names of packages: a CRM that is added to the list is under the rules. */
    private static final List<String> SYSTEMS = Stream.concat(Stream.of("partnercenter"), Crms.SHIPPED.names().stream())
            .toList();

    /** Where the parts of one system are: what its routes call, its checks, and all else that is known of it. */
    private static final List<String> PARTS_OF_A_SYSTEM = List.of("dev.cosell.%s..", "dev.cosell.check.%s..",
            "dev.cosell.crm.%s..");

    private static DescribedPredicate<JavaClass> inAny(List<String> systems, String... patterns) {
        return resideInAnyPackage(
                systems.stream().flatMap(system -> Stream.of(patterns).map(pattern -> String.format(pattern, system)))
                        .toArray(String[]::new));
    }

    @ArchTest
    static final ArchRule the_sync_and_the_mapping_know_no_system = noClasses().that()
            .resideInAnyPackage("dev.cosell.sync..", "dev.cosell.mapping..")
            .should().dependOnClassesThat(inAny(SYSTEMS, "dev.cosell.%s.."))
            .orShould().dependOnClassesThat().resideInAnyPackage("dev.cosell.crm..", "dev.cosell.http..",
                    "dev.cosell.entra..", "dev.cosell.sandbox..",
                    "dev.cosell.app..", "dev.cosell.cli..", "dev.cosell.operations..", "dev.cosell.live..",
                    "dev.cosell.settings..", "dev.cosell.queue..",
                    "dev.cosell");

    @ArchTest
    static final ArchRule the_mapping_stands_alone = noClasses().that().resideInAPackage("dev.cosell.mapping..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.cosell..").and(resideOutsideOfPackage("dev.cosell.mapping..")))
            .orShould().dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "java.net..", "java.sql..", "org.springframework..");

    /** What everybody has to say to each other needs nothing but itself. */
    @ArchTest
    static final ArchRule the_words_know_nobody = noClasses().that().resideInAPackage("dev.cosell.verbs..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.cosell..")
                    .and(resideOutsideOfPackages("dev.cosell.verbs..", "dev.cosell.text..")))
            .orShould().dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "java.net..", "java.sql..", "org.springframework..");

    /** They work for the sync, and for whatever else might call them. */
    @ArchTest
    static final ArchRule the_parts_do_not_know_the_sync = noClasses().that()
            .resideInAnyPackage("dev.cosell.http..", "dev.cosell.entra..",
                    "dev.cosell.connection..", "dev.cosell.queue..", "dev.cosell.live..", "dev.cosell.settings..",
                    "dev.cosell.state..",
                    "dev.cosell.text..", "dev.cosell.setup..", "dev.cosell.cluster..")
            .or(inAny(Crms.SHIPPED.names(), "dev.cosell.%s.."))
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.sync..");

    @ArchTest
    static final ArchRule the_sync_has_three_rooms = classes().that().resideInAPackage("dev.cosell.sync..")
            .should().resideInAnyPackage("dev.cosell.sync.decide", "dev.cosell.sync.books", "dev.cosell.sync.steps");

    @ArchTest
    static final ArchRule decisions_know_neither_books_nor_steps = noClasses().that()
            .resideInAPackage("dev.cosell.sync.decide")
            .should().dependOnClassesThat().resideInAnyPackage("dev.cosell.sync.books", "dev.cosell.sync.steps");

    @ArchTest
    static final ArchRule books_know_no_steps = noClasses().that().resideInAPackage("dev.cosell.sync.books")
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.sync.steps");

    @ArchTest
    static final ArchRule decisions_are_pure = noClasses().that().resideInAPackage("dev.cosell.sync.decide")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..", "java.net..", "java.sql..",
                    "javax.sql..", "java.io..",
                    "java.nio..", "org.springframework..", "org.slf4j..", "dev.cosell.state..");

    @ArchTest
    static final ArchRule decisions_have_no_clock = noClasses().that().resideInAPackage("dev.cosell.sync.decide")
            .should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
            .orShould().callConstructor(java.util.Date.class)
            .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime")
            .orShould().callMethodWhere(describe("the time of now", call -> call.getTarget().getName().equals("now")
                    && call.getTarget().getOwner().getPackageName().startsWith("java.time")));

    @ArchTest
    static final ArchRule books_know_no_camel = noClasses().that().resideInAPackage("dev.cosell.sync.books")
            .should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule steps_know_no_sql = noClasses().that().resideInAPackage("dev.cosell.sync.steps")
            .should().dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework..", "dev.cosell.state..");

    /** A slice is a system with all of its parts. */
    @ArchTest
    static final ArchRule systems_know_no_sibling = slices().assignedFrom(new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
            return SYSTEMS.stream()
                    .filter(system -> inAny(List.of(system), PARTS_OF_A_SYSTEM.toArray(String[]::new)).test(each))
                    .findFirst()
                    .map(SliceIdentifier::of).orElse(SliceIdentifier.ignore());
        }

        @Override
        public String getDescription() {
            return "systems";
        }
    }).should().notDependOnEachOther();

    /** What a CRM differs in is asked of its plugin. */
    @ArchTest
    static final ArchRule only_the_list_of_crms_knows_one = noClasses().that(resideInAPackage("dev.cosell..")
                    .and(DescribedPredicate.not(inAny(Crms.SHIPPED.names(), PARTS_OF_A_SYSTEM.toArray(String[]::new))))
                    .and(resideOutsideOfPackage("dev.cosell.sandbox..")).and(DescribedPredicate.not(type(Crms.class))))
            .should().dependOnClassesThat(inAny(Crms.SHIPPED.names(), PARTS_OF_A_SYSTEM.toArray(String[]::new)));

    @ArchTest
    static final ArchRule only_the_application_and_its_commands_know_the_plugins = noClasses()
            .that(resideInAPackage("dev.cosell..")
                    .and(resideOutsideOfPackages("dev.cosell.crm..", "dev.cosell.app..", "dev.cosell.cli..")))
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.crm..");

    @ArchTest
    static final ArchRule systems_know_neither_the_application_nor_its_settings = noClasses()
            .that(inAny(SYSTEMS, "dev.cosell.%s..")).or().resideInAnyPackage("dev.cosell.http..", "dev.cosell.entra..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.cosell.app..", "dev.cosell.cli..",
                    "dev.cosell.settings..", "dev.cosell.operations..",
                    "dev.cosell.live..", "dev.cosell.queue..", "dev.cosell.state..", "dev.cosell.sandbox..",
                    "dev.cosell");

    /**
     * The set-up is a command of its own: the running sync does not know it, and of a plugin it uses the sign-in alone.
     */
    @ArchTest
    static final ArchRule only_the_command_line_and_the_plugins_know_the_set_up = noClasses()
            .that().resideOutsideOfPackages("dev.cosell.setup..", "dev.cosell.cli..", "dev.cosell.crm..")
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.setup..");

    @ArchTest
    static final ArchRule the_set_up_knows_nothing_of_the_running_sync = noClasses().that()
            .resideInAPackage("dev.cosell.setup..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.cosell.partnercenter..", "dev.cosell.app..",
                    "dev.cosell.cli..", "dev.cosell.operations..",
                    "dev.cosell.queue..", "dev.cosell.state..", "dev.cosell.sandbox..", "dev.cosell");

    /** What is wanted, what is there and what is missing. */
    @ArchTest
    static final ArchRule the_plan_of_the_set_up_is_pure = noClasses().that()
            .haveNameMatching(
                    "dev\\.cosell\\.setup\\.(Blueprint|Field|ChildTable|Gaps|Kind|KnownFields|Present)(\\$.*)?")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..", "java.net..", "java.io..",
                    "java.nio..", "dev.cosell.http..",
                    "dev.cosell.entra..", "dev.cosell.settings..");

    /** A check looks at the parts from outside; none of them works differently because somebody looks. */
    @ArchTest
    static final ArchRule only_the_application_its_commands_and_the_plugins_know_the_checks = noClasses()
            .that(resideInAPackage("dev.cosell..")
                    .and(resideOutsideOfPackages("dev.cosell.check..", "dev.cosell.app..", "dev.cosell.cli..",
                            "dev.cosell.operations..", "dev.cosell.crm..")))
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.check..");

    @ArchTest
    static final ArchRule checks_know_neither_the_application_nor_its_settings = noClasses().that()
            .resideInAPackage("dev.cosell.check..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.cosell.app..", "dev.cosell.cli..",
                    "dev.cosell.settings..", "dev.cosell.operations..",
                    "dev.cosell.live..", "dev.cosell.sandbox..", "dev.cosell.crm..", "dev.cosell");

    @ArchTest
    static final ArchRule checks_of_one_system_know_no_other = slices().matching("dev.cosell.check.(*)..").should()
            .notDependOnEachOther();

    /** What decides about a finding from needs and presence makes no call. */
    @ArchTest
    static final ArchRule comparisons_make_no_call = noClasses().that().haveNameMatching(
            "dev\\.cosell\\.check\\.(FieldComparison|FieldForms|ValueComparison|NamedDeals|Need|Present|Finding|Report)(\\$.*)?")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "java.net..", "java.sql..", "java.io..", "dev.cosell.http..");

    /** The stand-in servers are written from the vendors' documents, not from our client. */
    @ArchTest
    static final ArchRule the_sandbox_knows_nobody = noClasses().that().resideInAPackage("dev.cosell.sandbox..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.cosell..").and(resideOutsideOfPackage("dev.cosell.sandbox..")));

    @ArchTest
    static final ArchRule stand_in_servers_know_no_sibling = slices().matching("dev.cosell.sandbox.(*)..").should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule the_application_does_not_know_its_commands = noClasses().that()
            .resideOutsideOfPackages("dev.cosell", "dev.cosell.cli..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.cosell", "dev.cosell.cli..");

    @ArchTest
    static final ArchRule what_watches_does_not_know_what_starts_it = noClasses().that()
            .resideInAPackage("dev.cosell.operations..")
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.app..");

    /** Whoever looks learns what the books and the rules say; nothing works differently because somebody looks. */
    @ArchTest
    static final ArchRule only_the_page_and_the_application_know_what_is_explained = noClasses()
            .that(resideInAPackage("dev.cosell..")
                    .and(resideOutsideOfPackages("dev.cosell.explain..", "dev.cosell.page..", "dev.cosell.app..")))
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.explain..");

    @ArchTest
    static final ArchRule explanations_know_neither_http_nor_sql_nor_a_system = noClasses().that()
            .resideInAPackage("dev.cosell.explain..")
            .should().dependOnClassesThat(inAny(SYSTEMS, "dev.cosell.%s.."))
            .orShould().dependOnClassesThat().resideInAnyPackage("io.vertx..", "java.net..", "java.sql..",
            "org.springframework..", "dev.cosell.http..",
                    "dev.cosell.state..", "dev.cosell.settings..", "dev.cosell.page..", "dev.cosell.app..",
                    "dev.cosell.cli..", "dev.cosell.crm..");

    @ArchTest
    static final ArchRule only_the_application_and_its_commands_know_the_page = noClasses()
            .that(resideInAPackage("dev.cosell..")
                    .and(resideOutsideOfPackages("dev.cosell.page..", "dev.cosell.app..", "dev.cosell.cli..")))
            .should().dependOnClassesThat().resideInAPackage("dev.cosell.page..");

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("dev.cosell.(*)..").should().beFreeOfCycles();

    /** A text from outside that named a class would have it made: docs/advisories.md. */
    @ArchTest
    static final ArchRule json_names_no_class = noClasses().should()
            .dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind.jsontype..")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("com.fasterxml.jackson.annotation.JsonTypeInfo")
            .orShould().callMethodWhere(describe("Java serialization or default typing of Jackson", call ->
                    call.getTarget().getName().startsWith("activateDefaultTyping")
                            || call.getTarget().getOwner().isEquivalentTo(java.io.ObjectInputStream.class)));

    /** A wait for a moment is easily one for ever or one too short. These look again and again for something. */
    private static final Set<String> LOOK_AGAIN = Set.of("dev.cosell.cli.Watch", "dev.cosell.cluster.Admission",
            "dev.cosell.cluster.Schedules", "dev.cosell.cluster.SharedSignIn", "dev.cosell.http.CallRate",
            "dev.cosell.state.ClosedFile", "dev.cosell.sync.books.SharedCommit");

    @ArchTest
    static final ArchRule few_wait_for_a_moment = noClasses()
            .that(describe("do not look again and again", each -> !LOOK_AGAIN.contains(each.getName())))
            .should().callMethodWhere(describe("a wait for a moment", call ->
                    call.getTarget().getName().equals("sleep") || call.getTarget().getName().startsWith("park")
                            && call.getTarget().getOwner().isEquivalentTo(LockSupport.class)));

    /** For a general type Camel gives the innermost cause: the client's own exception in place of our fault. */
    @ArchTest
    static final ArchRule what_was_caught_is_a_fault_by_its_type = methods().should(ArchCondition.from(
            describe("ask for the fault by its type, or for the property with what was thrown", method ->
                    method.getParameters().stream().noneMatch(each -> each.isAnnotatedWith(ExchangeException.class)
                            && !each.getRawType().isAssignableTo(Fault.class)))));
}
