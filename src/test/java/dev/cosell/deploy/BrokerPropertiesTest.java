package dev.cosell.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Finding;
import dev.cosell.check.machine.BrokerCheck;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that a broker is given treats our queues as they need it. */
class BrokerPropertiesTest {
    @TempDir
    Path folder;

    private String url;

    private List<Finding> lookedAt(boolean withOurFile) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            url = "tcp://127.0.0.1:" + free.getLocalPort();
        }
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).setPersistenceEnabled(false).addAcceptorConfiguration("tcp", url)
                .setJournalDirectory(folder.resolve("journal").toString());
        if (withOurFile) {
            Properties given = new Properties();
            given.load(Files.newBufferedReader(Path.of("deploy/artemis/broker.properties")));
            configuration.parsePrefixedProperties(given, null);
            assertThat(configuration.getStatus()).as("what Artemis did not understand").doesNotContain("errors\":[{");
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        try {
            broker.start();
            return new BrokerCheck(url, null, null, List.of("sync.salesforce", "sync.dynamics")).look();
        } finally {
            broker.stop();
        }
    }

    @Test
    void with_it_the_check_finds_nothing_and_without_it_a_great_deal() throws Exception {
        assertThat(lookedAt(true)).extracting(Finding::state).containsOnly(Finding.State.OK);
        assertThat(lookedAt(false)).extracting(Finding::state).contains(Finding.State.FAULT);
    }
}
