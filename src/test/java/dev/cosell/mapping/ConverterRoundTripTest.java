package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every converter undoes itself, for many values a person would not think of. */
class ConverterRoundTripTest {
    private static final long SEED = 20260930;
    private static final int ROUNDS = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** A converter as a row uses it, and Partner Center values it must bring back. */
    record Pair(String name, Converter converter, Function<Random, Object> referralValue) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Pair> pairs() {
        ConverterNames names = new ConverterNames(name -> null, Set.of(), new Years(1700, 4000));
        ValueMap stages = new ValueMap();
        stages.setValues("New/Pending = On Hold\nActive/Accepted = Qualification, *\nClosed/Won = Closed Won");
        ValueMap numbers = new ValueMap();
        numbers.setCrmType("integer");
        numbers.setReferralType("flag");
        numbers.setValues("true = 1\nfalse = 0, empty");
        return List.of(
                new Pair("text", names.find("text"), ConverterRoundTripTest::text),
                new Pair("dealName", names.find("dealName"), ConverterRoundTripTest::text),
                new Pair("richText", names.find("richText"), ConverterRoundTripTest::text),
                new Pair("money", names.find("money"), ConverterRoundTripTest::amount),
                new Pair("date", names.find("date"), ConverterRoundTripTest::time),
                new Pair("code", names.find("code"), random -> " " + pick(random, "gbp", "EUR", "Usd", "jpy ")),
                new Pair("flag", names.find("flag"), random -> pick(random, true, false, "true", "FALSE", 0, 1)),
                new Pair("country", names.find("country"), random -> pick(random, (Object[]) Locale.getISOCountries())),
                new Pair("solutions", names.find("solutions"), ConverterRoundTripTest::solutions),
                new Pair("employees", names.find("employees"),
                        random -> pick(random, "1to9employees", "10to50employees",
                                "51to250employees", "251to1000employees", "1001to5000employees", "5001to10000employees",
                                "10001to20000employees", "Morethan20000employees")),
                new Pair("lines", names.find("lines").forRow(1, 2), random -> List.of(word(random), word(random))),
                new Pair("two fields", stages.forRow(1, 2),
                        random -> pick(random, List.of("New", "Pending"), List.of("active", "ACCEPTED"),
                                List.of("Closed", "Won"))),
                new Pair("typed values", numbers.forRow(1, 1), random -> pick(random, true, false, "true")));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_value_comes_back_from_the_crm_as_it_was(Pair pair) throws Exception {
        Random random = new Random(SEED);
        Converter converter = pair.converter();
        for (int i = 0; i < ROUNDS; i++) {
            Object value = pair.referralValue().apply(random);
            Object crm = roundTrip(converter.toCrm(value));
            assertThat(crm != null ? converter.normalReferral(converter.toReferral(crm)) : null)
                    .as("%s through %s", value, crm).isEqualTo(converter.normalReferral(value));
            if (crm != null) {
                assertThat(converter.same(value, crm)).as("%s and %s", value, crm).isTrue();
            }
            assertThat(roundTrip(converter.normalReferral(value))).isEqualTo(converter.normalReferral(value));
        }
    }

    /** What comes back when a value is written to JSON and read again. */
    private static Object roundTrip(Object value) throws IOException {
        return JSON.readValue(JSON.writeValueAsString(value), Object.class);
    }

    private static Object text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(pick(random, "a", "Z", " ", "\n", "\r\n", "\r", "\t", "é", "港", "🚢", "✔", "|", "#", "\"", "%",
                    "\u00a0"));
        }
        return text.toString();
    }

    private static Object word(Random random) {
        return pick(random, " 4 Quay Road", "Łódź ", "Suite 7, Building 2", "港口 1");
    }

    private static Object amount(Random random) {
        BigDecimal amount = BigDecimal.valueOf(random.nextLong() % 100_000_000_000L, random.nextInt(5));
        return pick(random, amount, amount.toPlainString(), amount.longValue(), amount.doubleValue(),
                amount.intValue());
    }

    private static Object time(Random random) {
        LocalDate date = LocalDate.of(1990, 1, 1).plusDays(random.nextInt(30_000));
        Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        return pick(random, date.toString(), date + "T00:00:00Z", instant.toString(), date + "T23:59:59.1234567Z",
                date + "T23:30:00-02:00", date + "T00:30+0530", date + "T12:00:00.000+0000", date + "T12:00:00");
    }

    private static Object solutions(Random random) {
        List<Map<String, Object>> solutions = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            solutions.add(Map.of("type", "Name", "id", "SOL-" + random.nextInt(4) + pick(random, "-abc", "-ABC"),
                    "name", "Solution " + i, "price", i));
        }
        return solutions;
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
