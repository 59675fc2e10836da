#!/usr/bin/env bash
# Camel 4.18.0: a parameter of a bean with @ExchangeException gets the innermost exception that fits its type. With Exception or Throwable that is the last cause, as a client's EOFException,
# and not what the route has thrown and ${exception} of Simple tells; a parameter of the same type without the annotation gets what was thrown.
# What follows: a bean that tells faults apart by their type or words must name the type, or ask for the property CamelExceptionCaught.
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
cat > src/main/java/Caught.java <<'JAVA'
import java.io.EOFException;
import java.io.UncheckedIOException;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Caught {
    public static class Hears {
        public void general(@ExchangeException Exception caught) {
            say("@ExchangeException Exception", caught);
        }

        public void throwable(@ExchangeException Throwable caught) {
            say("@ExchangeException Throwable", caught);
        }

        public void named(@ExchangeException IllegalStateException caught) {
            say("@ExchangeException IllegalStateException", caught);
        }

        public void plain(Exception caught) {
            say("Exception", caught);
        }

        public void property(@ExchangeProperty("CamelExceptionCaught") Exception caught) {
            say("@ExchangeProperty Exception", caught);
        }

        private static void say(String parameter, Throwable caught) {
            System.out.println(parameter + ": " + caught.getClass().getSimpleName());
        }
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("hears", new Hears());
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:read").doTry().process(exchange -> {
                        throw new IllegalStateException("the system gave no answer",
                                new UncheckedIOException(new EOFException("closed")));
                    }).doCatch(Exception.class).bean("hears", "general").bean("hears", "throwable")
                            .bean("hears", "named").bean("hears", "plain").bean("hears", "property");
                }
            });
            camel.start();
            camel.createProducerTemplate().sendBody("direct:read", null);
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Caught | tee said
diff said - <<'SAID'
@ExchangeException Exception: EOFException
@ExchangeException Throwable: EOFException
@ExchangeException IllegalStateException: IllegalStateException
Exception: IllegalStateException
@ExchangeProperty Exception: IllegalStateException
SAID
echo "Camel 4.18.0: @ExchangeException of a general type is the innermost cause."
