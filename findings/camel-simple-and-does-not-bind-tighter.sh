#!/usr/bin/env bash
# Camel 4.18.0: Simple reads && and || from left to right, and neither before the other: "a || b && c" is (a || b) && c. In Java, Groovy, JavaScript, SQL and
# OData && comes first. There are no brackets either, and Camel's documentation names no order.
# What follows: a condition that was copied from elsewhere takes other records, and says nothing: write the part with && first ("b && c || a"), or one
# filter within another.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/AndOr.java <<'JAVA'
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class AndOr {
    private static boolean bit(int row, int which) {
        return (row >> which & 1) == 1;
    }

    private static boolean simple(DefaultCamelContext camel, String condition, int row) {
        Exchange exchange = new DefaultExchange(camel);
        for (int which = 0; which < 3; which++) {
            exchange.getMessage().setHeader("abc".substring(which, which + 1), bit(row, which));
        }
        return camel.resolveLanguage("simple").createPredicate(condition).matches(exchange);
    }

    public static void main(String[] args) throws Exception {
        String condition = "${header.a} == true || ${header.b} == true && ${header.c} == true";
        String turned = "${header.b} == true && ${header.c} == true || ${header.a} == true";
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            int asJava = 0;
            int leftToRight = 0;
            int turnedAsJava = 0;
            for (int row = 0; row < 8; row++) {
                boolean java = bit(row, 0) || bit(row, 1) && bit(row, 2);
                asJava += simple(camel, condition, row) == java ? 1 : 0;
                leftToRight += simple(camel, condition, row) == ((bit(row, 0) || bit(row, 1)) && bit(row, 2)) ? 1 : 0;
                turnedAsJava += simple(camel, turned, row) == java ? 1 : 0;
            }
            System.out.println("a || b && c: of 8 cases " + asJava + " as in Java, " + leftToRight + " as (a || b) && c");
            System.out.println("b && c || a: of 8 cases " + turnedAsJava + " as in Java");
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" AndOr | tee said
diff - said <<'OUT'
a || b && c: of 8 cases 6 as in Java, 8 as (a || b) && c
b && c || a: of 8 cases 8 as in Java
OUT
echo "Camel 4.18.0: && and || of Simple are read from left to right."
