package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Converter;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the examples under src/test/resources/mapping/leads against the lead tables under routes/: each {@code referral.json} becomes this {@code lead.json}. */
class LeadMappingExamplesTest {
    private static final Path CASES = Path.of("src/test/resources/mapping/leads");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TestFactory
    Stream<DynamicTest> salesforce() throws Exception {
        return cases("salesforce");
    }

    @TestFactory
    Stream<DynamicTest> dynamics() throws Exception {
        return cases("dynamics");
    }

    private static Stream<DynamicTest> cases(String crm) throws Exception {
        CompiledTable table = table(crm);
        try (Stream<Path> folders = Files.list(CASES.resolve(crm))) {
            List<DynamicTest> tests = folders.filter(Files::isDirectory).sorted()
                    .map(folder -> dynamicTest(folder.getFileName().toString(), () -> becomesThisLead(table, folder))).toList();
            assertThat(tests).isNotEmpty();
            return tests.stream();
        }
    }

    private static CompiledTable table(String crm) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/mapping-" + crm + ".camel.yaml"));
            context.start();
            return context.getRegistry().lookupByNameAndType(crm + "LeadFields", FieldTable.class)
                    .compile(crm + "LeadFields", context.getRegistry().findByTypeWithName(Converter.class));
        }
    }

    private static void becomesThisLead(CompiledTable table, Path folder) throws IOException {
        Map<String, Object> referral = LeadDocument.of(PlainDeals.known(json(folder.resolve("referral.json"))))
                .fields();
        Map<String, Object> lead = json(folder.resolve("lead.json"));
        assertThat(table.newCrmRecord(referral)).isEqualTo(lead);
        for (Row row : table.rows()) {
            assertThat(row.same(row.referralValue(referral), row.crmValue(lead))).as(row.name()).isTrue();
            assertThat(row.toReferralOnCreate() || row.toReferralOnUpdate()).as(row.name() + " travels one way").isFalse();
        }
    }

    private static Map<String, Object> json(Path file) throws IOException {
        return JSON.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
