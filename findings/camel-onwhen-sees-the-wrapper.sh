#!/usr/bin/env bash
# Camel 4.18.0: onException(X) matches an X that a split with stopOnException has wrapped, but ${exception} in its onWhen is not that X: it is
# the CamelExchangeException around it. So "${exception.message} == '…'" is silently false, and a property of X that the wrapper lacks
# ("${exception.code}") fails the policy itself: the handler is not used, and the error that comes out is about the missing method.
# It takes a split in a route of its own without error handler, which the route with the policy calls. A bean with @ExchangeException X sees X.
# What follows: a condition on the exception of a policy is a bean's work, not Simple's, wherever a split or multicast lies in between.
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
cat > src/main/java/Wrapped.java <<'JAVA'
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Wrapped {
    public static class Full extends RuntimeException {
        public Full() {
            super("full");
        }

        public String getCode() {
            return "507";
        }
    }

    public static class Judge {
        public boolean full(@ExchangeException Full fault) {
            return fault.getCode().equals("507");
        }
    }

    /** What becomes of a Full thrown in a route that the one with the policy calls, with or without a split in between. */
    static String outcome(boolean split, String condition) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("judge", new Judge());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    var policy = onException(Full.class);
                    if (condition.equals("bean")) {
                        policy.onWhen(method("judge", "full"));
                    } else if (!condition.isEmpty()) {
                        policy.onWhen(simple(condition));
                    }
                    policy.handled(true).setBody(constant("handled"));
                    from("direct:in").to("direct:pages");
                    var pages = from("direct:pages").errorHandler(noErrorHandler());
                    (split ? pages.split(body()).stopOnException() : pages).to("direct:work");
                    from("direct:work").errorHandler(noErrorHandler()).process(exchange -> {
                        throw new Full();
                    });
                }
            });
            context.start();
            Exchange exchange = context.createProducerTemplate().send("direct:in", e -> e.getMessage().setBody(List.of(1)));
            if (exchange.getException() == null) {
                return exchange.getMessage().getBody(String.class);
            }
            return exchange.getException().toString().contains("MethodNotFound") || exchange.getException().toString().contains("Method with name")
                    ? "policy failed" : "not handled";
        }
    }

    public static void main(String[] args) throws Exception {
        for (String condition : List.of("", "${exception.message} == 'full'", "${exception.code} == '507'", "bean")) {
            System.out.println((condition.isEmpty() ? "no onWhen" : condition) + ": alone " + outcome(false, condition) + ", in a split "
                    + outcome(true, condition));
        }
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" Wrapped | tee out.txt
diff - out.txt <<'OUT'
no onWhen: alone handled, in a split handled
${exception.message} == 'full': alone handled, in a split not handled
${exception.code} == '507': alone handled, in a split policy failed
bean: alone handled, in a split handled
OUT
