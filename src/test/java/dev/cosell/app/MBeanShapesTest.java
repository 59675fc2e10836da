package dev.cosell.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Operators see the same MBeans whoever works out what they offer. */
class MBeanShapesTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    /** A step that offers an attribute beside those of every step. */
    @ManagedResource
    public static class Counting implements Processor {
        @Override
        public void process(Exchange exchange) {
            exchange.getIn().setBody(getCount());
        }

        @ManagedAttribute(description = "How many")
        public int getCount() {
            return 7;
        }
    }

    @Test
    void each_mbean_offers_what_camel_itself_would_offer() throws Exception {
        Map<String, MBeanInfo> camels = beans(false);
        Map<String, MBeanInfo> ours = beans(true);

        assertThat(camels).hasSizeGreaterThan(10);
        assertThat(ours.keySet()).isEqualTo(camels.keySet());
        camels.forEach((name, info) -> assertThat(ours.get(name)).as(name).isEqualTo(info));
    }

    private static Map<String, MBeanInfo> beans(boolean shaped) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getCamelContextExtension().setName("shapes");
            if (shaped) {
                camel.getCamelContextExtension().setManagementMBeanAssembler(new MBeanShapes(camel));
            }
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:a").routeId("a").setBody(constant(1)).id("one").setBody(constant(2)).id("two")
                            .process(new Counting()).id("counting");
                    from("direct:b").routeId("b").log("b").id("log").to("direct:a").id("to-a");
                }
            });
            camel.start();
            Map<String, MBeanInfo> beans = new TreeMap<>();
            for (ObjectName name : SERVER.queryNames(new ObjectName("org.apache.camel:context=shapes,*"), null)) {
                beans.put(name.getCanonicalName().replaceAll("0x[0-9a-f]+", "number"), SERVER.getMBeanInfo(name));
                assertCount(name);
            }
            assertThat(beans.keySet().removeIf(name -> name.contains("name=MBeanShapes,"))).isEqualTo(shaped);
            return beans;
        }
    }

    private static void assertCount(ObjectName name) throws Exception {
        if (name.getCanonicalName().contains("counting")) {
            assertThat(SERVER.getAttribute(name, "Count")).isEqualTo(7);
            assertThat(SERVER.getAttribute(name, "ProcessorId")).isEqualTo("counting");
        }
    }
}
