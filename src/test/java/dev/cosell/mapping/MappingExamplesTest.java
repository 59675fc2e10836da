package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cosell.mapping.MappingCase.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the examples under src/test/resources/mapping against the tables under routes/. Each folder holds one deal:
 * {@code referral.json}, {@code opportunity.json}, and {@code account.json} and {@code contact.json} where they matter.
 * {@code referral-from-crm.json} stands beside them when the referral made of the opportunity differs from {@code referral.json}.
 * A folder with {@code fault.txt} is a deal that cannot be translated; the file holds the expected sentences.
 */
class MappingExamplesTest {
    private static final Path CASES = Path.of("src/test/resources/mapping");

    @TestFactory
    Stream<DynamicNode> salesforce() throws Exception {
        return cases("salesforce");
    }

    @TestFactory
    Stream<DynamicNode> dynamics() throws Exception {
        return cases("dynamics");
    }

    private static Stream<DynamicNode> cases(String crm) throws Exception {
        ShippedTables tables = ShippedTables.of(crm);
        try (Stream<Path> folders = Files.list(CASES.resolve(crm))) {
            List<DynamicNode> nodes = folders.filter(Files::isDirectory).sorted().map(folder -> new MappingCase(folder, tables))
                    .<DynamicNode>map(example -> dynamicContainer(example.folder().getFileName().toString(), tests(example)))
                    .toList();
            assertThat(nodes).isNotEmpty();
            return nodes.stream();
        }
    }

    private static Stream<DynamicTest> tests(MappingCase example) {
        if (example.has("fault.txt")) {
            return Stream.of(dynamicTest("names every fault", () -> namesEveryFault(example)));
        }
        return Stream.of(
                dynamicTest("the referral becomes this opportunity", () -> becomesCrmRecords(example)),
                dynamicTest("the opportunity becomes this referral", () -> becomesReferral(example)),
                dynamicTest("both show the same", () -> bothShowTheSame(example)),
                dynamicTest("an update makes them the same", () -> updatesMakeThemTheSame(example)));
    }

    private static void becomesCrmRecords(MappingCase example) throws IOException {
        for (Side side : example.sides()) {
            if (side.crm() != null && side.referral() != null) {
                Map<String, Object> expected = new LinkedHashMap<>(side.crm());
                for (Row row : side.table().rows()) {
                    if (!row.toCrmOnCreate()) {
                        expected.keySet().removeAll(row.crmPaths());
                    }
                }
                assertThat(side.table().newCrmRecord(side.referral())).isEqualTo(expected);
            }
        }
    }

    private static void becomesReferral(MappingCase example) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        List<String> groups = List.of("deal", "customer", "contact");
        List<Side> sides = example.sides();
        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            if (side.crm() != null) {
                document.put(groups.get(i), side.table().newReferral(side.crm()));
                expected.put(groups.get(i), writtenAtCreation(side));
            }
        }
        Map<String, Object> own = example.json("referral-from-crm.json");
        assertThat(document).isEqualTo(own == null ? expected : own);
    }

    /** The part of a referral that a table writes into a new one. */
    private static Map<String, Object> writtenAtCreation(Side side) {
        Map<String, Object> part = new LinkedHashMap<>();
        for (Row row : side.table().rows()) {
            if (row.toReferralOnCreate()) {
                for (String path : row.referralPaths()) {
                    Value value = new FieldPath(path).read(side.referral());
                    if (value.hasContent()) {
                        new FieldPath(path).put(part, value.content());
                    }
                }
            }
        }
        return part;
    }

    private static void bothShowTheSame(MappingCase example) throws IOException {
        for (Side side : example.sides()) {
            if (side.crm() != null && side.referral() != null) {
                for (Row row : side.table().rows()) {
                    Value referral = row.referralValue(side.referral());
                    Value crm = row.crmValue(side.crm());
                    assertThat(row.same(referral, crm)).as(row.name()).isTrue();
                    assertThat(MappingCase.roundTrip(row.normalReferral(referral))).isEqualTo(row.normalReferral(referral));
                    assertThat(MappingCase.roundTrip(row.normalCrm(crm))).isEqualTo(row.normalCrm(crm));
                }
            }
        }
    }

    private static void updatesMakeThemTheSame(MappingCase example) throws IOException {
        Side side = example.sides().get(0);
        for (Row row : side.table().rows()) {
            if (row.toReferralOnUpdate()) {
                Map<String, Object> patch = new LinkedHashMap<>();
                row.putReferral(patch, row.crmValue(side.crm()));
                Map<String, Object> document = new LinkedHashMap<>();
                patch.forEach((path, content) -> new FieldPath(path).put(document, content));
                assertThat(row.same(row.referralValue(document), row.crmValue(side.crm()))).as(row.name()).isTrue();
            }
            if (row.toCrmOnUpdate()) {
                Map<String, Object> patch = new LinkedHashMap<>();
                row.putCrm(patch, row.referralValue(side.referral()));
                assertThat(row.same(row.referralValue(side.referral()), row.crmValue(patch))).as(row.name()).isTrue();
            }
        }
    }

    private static void namesEveryFault(MappingCase example) throws IOException {
        List<String> faults = new ArrayList<>();
        for (Side side : example.sides()) {
            if (side.referral() != null) {
                faults.addAll(faults(() -> side.table().newCrmRecord(side.referral())));
            }
            if (side.crm() != null) {
                faults.addAll(faults(() -> side.table().newReferral(side.crm())));
            }
        }
        assertThat(faults).isEqualTo(example.faults());
    }

    private static List<String> faults(Supplier<Map<String, Object>> translation) {
        try {
            translation.get();
            return List.of();
        } catch (ConversionFaults faults) {
            return faults.faults();
        }
    }
}
