package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client of Artemis would take in silence and then not understand. */
class BrokerAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "tcp://broker:61616",
            "tcp://[::1]:61616?sslEnabled=true&trustStorePath=/run/trust.p12&trustStorePassword=hush",
            "(tcp://a:61616,tcp://b:61616)?ha=true&reconnectAttempts=-1",
            "(tcp://a:61616?sslEnabled=true, tcp://b:61616)?ha=true&retryIntervalMultiplier=1.5"})
    void taken(String value) {
        assertThat(BrokerAddress.fault(value)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            broker:61616                               | such as tcp://host:61616
            failover:(tcp://a:61616)                   | such as tcp://host:61616
            http://a:80                                | such as tcp://host:61616
            tcp://a                                    | such as tcp://host:61616
            tcp://a:99999                              | such as tcp://host:61616
            tcp://a:61616,tcp://b:61616                | parentheses around a list
            (tcp://a:61616,tcp://b:6x6)?ha=true        | such as tcp://host:61616
            (tcp://a:61616,)?ha=true                   | such as tcp://host:61616
            (tcp://a:61616                             | such as tcp://host:61616
            (tcp://a:61616)?recconnectAttempts=-1      | did you mean "reconnectAttempts"?
            (tcp://a:61616)?HA=true                    | did you mean "ha"?
            tcp://a:61616?reconnectAttempts=always     | reconnectAttempts that must be a whole number
            tcp://a:61616?ha=yes                       | ha that must be true or false
            """)
    void refused(String value, String why) {
        assertThat(BrokerAddress.fault(value)).contains(why);
    }
}
