#!/usr/bin/env bash
# Camel 4.18.0: Simple compares a number with a fraction and a whole number without the fraction, whichever side has it: for 0.5 "> 0" is false and "== 0"
# true; 100.9 equals 100, and "range 1..100" takes it. Two numbers of other kinds with fractions, such as a Double and a BigDecimal, lose both of theirs.
# Camel's documentation says that the type of the left side comes first. The same 0.5 as a text is compared with its fraction; a text of digits only is
# read as whatever stands on the other side, so the milliseconds of a date in a header fail "> 0" with a NumberFormatException.
# What follows: filters on amounts and probabilities of JSON give wrong answers and no error: write the other side with a fraction (> 0.0) as long as
# JSON is read into Double, and let a bean compare what is BigDecimal; write milliseconds as a text ("> '0'").
#
# Needs a JDK 17 or newer and Maven. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/main/java
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
  <dependencies>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-jackson</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Compare.java <<'JAVA'
import java.math.BigDecimal;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class Compare {
    private static final String JSON = """
            {"half": 0.5, "price": 100.9, "estimate": 100, "halfAsText": "0.5", "changed": "1764500000000"}
            """;

    private static void say(DefaultCamelContext camel, Map<String, Object> row, String condition) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(row);
        String answer;
        try {
            answer = String.valueOf(camel.resolveLanguage("simple").createPredicate(condition).matches(exchange));
        } catch (NumberFormatException failed) {
            answer = "NumberFormatException";
        }
        System.out.println(condition + " is " + answer);
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:read").unmarshal().json();
                }
            });
            camel.start();
            @SuppressWarnings("unchecked")
            Map<String, Object> row = camel.createProducerTemplate().requestBody("direct:read", JSON, Map.class);
            row.put("exact", new BigDecimal("100.1"));
            for (String condition : new String[] {"${body[half]} > 0", "${body[half]} == 0", "${body[half]} > 0.0", "${body[halfAsText]} > 0",
                "${body[price]} == ${body[estimate]}", "${body[price]} > ${body[estimate]}", "${body[price]} range '1..100'",
                "${body[price]} > ${body[exact]}", "${body[exact]} > 100.0", "${body[changed]} > 0", "${body[changed]} > '0'"}) {
                say(camel, row, condition);
            }
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Compare | tee said
diff - said <<'OUT'
${body[half]} > 0 is false
${body[half]} == 0 is true
${body[half]} > 0.0 is true
${body[halfAsText]} > 0 is true
${body[price]} == ${body[estimate]} is true
${body[price]} > ${body[estimate]} is false
${body[price]} range '1..100' is true
${body[price]} > ${body[exact]} is false
${body[exact]} > 100.0 is false
${body[changed]} > 0 is NumberFormatException
${body[changed]} > '0' is true
OUT
echo "Camel 4.18.0: Simple compares numbers of two kinds without their fractions."
