package dev.cosell.operations;

import dev.cosell.partnercenter.RegistrationStatus;
import dev.cosell.partnercenter.RejectedOrigins;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class WebhookOperations implements WebhookMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Webhook,name=cosell-sync";

    private final RegistrationStatus status;
    private final RejectedOrigins rejected;
    private ShownMBean shown;

    public WebhookOperations(RegistrationStatus status, RejectedOrigins rejected) {
        this.status = status;
        this.rejected = rejected;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public WebhookOperations register(CamelContext camel) {
        HealthCheckRegistry health = HealthCheckRegistry.get(camel);
        if (health != null) {
            health.register(new Health(this));
        }
        shown = ShownMBean.show(this, NAME);
        return this;
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }

    @Override
    public String getRegistration() {
        return status.state();
    }

    @Override
    public String getAlarm() {
        return status.alarm();
    }

    @Override
    public String getLastChecked() {
        return status.checked() == null ? "" : status.checked().toString();
    }

    @Override
    public String getLastTest() {
        return status.validation();
    }

    @Override
    public List<String> getRejectedCertificateOrigins() {
        return rejected.latest();
    }

    /** Down with an alarm, but neither ready nor live depends on it: polling finds every change, so nothing is to be restarted. */
    private static final class Health extends AbstractHealthCheck {
        private final WebhookMXBean webhook;

        Health(WebhookMXBean webhook) {
            super("cosell", "webhook");
            this.webhook = webhook;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            builder.detail("registration", webhook.getRegistration()).detail("lastTest", webhook.getLastTest()).up();
            if (!webhook.getAlarm().isEmpty()) {
                builder.message(webhook.getAlarm()).down();
            }
        }

        @Override
        public boolean isReadiness() {
            return false;
        }

        @Override
        public boolean isLiveness() {
            return false;
        }
    }
}
