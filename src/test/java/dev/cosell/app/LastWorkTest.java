package dev.cosell.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;

class LastWorkTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger news = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @BeforeEach
    void aPollIsUnderWay() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:poll?trigger.repeatInterval=20&trigger.repeatCount=-1&stateful=true").routeId("poll")
                        .process(exchange -> polls.incrementAndGet()).process(exchange -> {
                            busy.countDown();
                            go.await();
                        }).to("direct:read");
                from("direct:read").routeId("read").process(exchange -> reads.incrementAndGet());
                from("timer:news?period=20").routeId("news").process(exchange -> news.incrementAndGet());
            }
        });
        camel.start();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() {
        go.countDown();
        camel.stop();
    }

    @Test
    void what_is_under_way_ends_and_nothing_begins() throws Exception {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(this::close);
        Scheduler scheduler = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
        Awaitility.await().until(scheduler::isInStandbyMode);
        go.countDown();
        closing.get(20, TimeUnit.SECONDS);

        assertThat(camel.getInflightRepository().size()).isZero();
        assertThat(reads).as("a route that others call").hasValue(1);
        int before = news.get();
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> polls.get() == 1 && news.get() == before);
    }

    @Test
    void what_hangs_is_left_to_camels_own_patience() {
        close();
        assertThat(camel.getInflightRepository().size()).isEqualTo(1);
        camel.createFluentProducerTemplate().to("direct:read").send();
        assertThat(reads).as("a route that others call").hasValue(1);
    }

    private void close() {
        try {
            new LastWork(camel).close();
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }
}
