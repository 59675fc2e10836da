package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.fuzz.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever an editor leaves behind in a mapping file is a mapping or a fault that names the row. */
class FuzzedMappingTest {
    private static final List<String> GROUPS = List.of("", "customerProfile", "customerProfile.team", "team");
    private static final List<String> TYPES = List.of("text", "integer", "flag");
    private static final List<String> UNKNOWN = List.of("ignore", "error", "copy");
    /** Properties of the beans of both shipped files by name. */
    private static final Map<String, Map<String, Object>> TABLES = new LinkedHashMap<>();
    private static final Map<String, Map<String, Object>> VALUE_MAPS = new LinkedHashMap<>();

    @BeforeAll
    static void readWhatIsShipped() throws IOException {
        for (String crm : List.of("salesforce", "dynamics")) {
            String file = Files.readString(Path.of("routes/mapping-" + crm + ".camel.yaml"));
            List<?> parts = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(file);
            for (Object bean : (List<?>) ((Map<?, ?>) parts.get(0)).get("beans")) {
                read((Map<?, ?>) bean);
            }
        }
        assertThat(TABLES).containsKeys("salesforceFields", "dynamicsFields", "dynamicsAccountFields",
                "dynamicsContactFields", "dynamicsLeadFields");
        assertThat(VALUE_MAPS).containsKeys("salesforceStage", "dynamicsStatus", "dynamicsVisibility");
    }

    @SuppressWarnings("unchecked")
    private static void read(Map<?, ?> bean) {
        (bean.get("type").equals(FieldTable.class.getName()) ? TABLES : VALUE_MAPS)
                .put(bean.get("name").toString(), (Map<String, Object>) bean.get("properties"));
    }

    private static List<String> seeds(Map<String, Map<String, Object>> beans, String property) {
        return beans.values().stream().map(each -> each.get(property).toString()).toList();
    }

    private static ValueMap map(String values, Map<String, Object> properties) {
        ValueMap map = new ValueMap();
        map.setValues(values);
        map.setCrmType(properties.getOrDefault("crmType", "text").toString());
        map.setReferralType(properties.getOrDefault("referralType", "text").toString());
        map.setUnknownReferralValue(properties.getOrDefault("unknownReferralValue", "error").toString());
        return map;
    }

    /** How many texts were taken, and how many were refused in our own words. */
    private static final class Count {
        private int right;
        private int faulty;

        void of(String text, Runnable reading) {
            try {
                reading.run();
                right++;
            } catch (MappingFault told) {
                assertThat(told.faults()).isNotEmpty().allSatisfy(each -> assertThat(each).isNotBlank());
                faulty++;
            } catch (RuntimeException fault) {
                throw new AssertionError("neither a mapping nor a fault of ours: " + text, fault);
            }
        }

        void hasBoth() {
            assertThat(right).isPositive();
            assertThat(faulty).isPositive();
        }
    }

    @Test
    void whatever_stands_in_a_table_is_one_or_a_fault_of_ours() {
        Map<String, Converter> converters = new HashMap<>();
        VALUE_MAPS.forEach((name, properties) -> converters.put(name,
                map(properties.get("values").toString(), properties)));
        Mutator tables = new Mutator(2, seeds(TABLES, "rows"));
        Count count = new Count();
        while (tables.goesOn()) {
            String rows = tables.next();
            FieldTable table = new FieldTable();
            table.setRows(rows);
            for (String group : GROUPS) {
                table.setWithin(group);
                count.of(rows, () -> table.compile("fields", converters));
            }
        }
        count.hasBoth();
    }

    @Test
    void whatever_stands_in_a_value_map_is_one_or_a_fault_of_ours() {
        Mutator maps = new Mutator(1, seeds(VALUE_MAPS, "values"));
        Count count = new Count();
        for (int number = 0; maps.goesOn(); number++) {
            String values = maps.next();
            ValueMap map = map(values, Map.of("crmType", TYPES.get(number % 3),
                    "referralType", TYPES.get(number / 3 % 3), "unknownReferralValue", UNKNOWN.get(number / 9 % 3)));
            for (int fields = 1; fields <= 2; fields++) {
                int crmFields = fields;
                count.of(values, () -> map.forRow(crmFields, 1));
                count.of(values, () -> map.forRow(crmFields, 2));
            }
        }
        count.hasBoth();
    }

    /** What is a rule is the same when it is written down again, and finds somebody by what is known. */
    @Test
    void whatever_stands_in_a_rule_for_accounts_or_contacts_is_one_or_is_refused() {
        Mutator rules = new Mutator(1, List.of("Name + BillingPostalCode, Name", "Email, FirstName + LastName",
                "name + address1_postalcode, name", "emailaddress1, firstname + lastname"));
        Map<String, Object> known = Map.of("Name", "Odd Works", "Email", "a@odd.example", "name", " ");
        int right = 0;
        int refused = 0;
        while (rules.goesOn()) {
            String text = rules.next();
            try {
                MatchRule rule = MatchRule.parse(text);
                assertThat(MatchRule.parse(rule.toString())).as(text).isEqualTo(rule);
                assertThat(rule.criteria(known).keySet()).as(text).isSubsetOf(rule.fields());
                assertThat(new PartyRules(rule, rule).common(known, known)).as(text).isSorted();
                right++;
            } catch (IllegalArgumentException told) {
                assertThat(told).as(text).hasMessageStartingWith("must be CRM fields joined by +");
                refused++;
            }
        }
        assertThat(right).isPositive();
        assertThat(refused).isPositive();
    }
}
