package dev.cosell.operations;

import dev.cosell.partnercenter.door.RejectedOrigins;
import dev.cosell.partnercenter.registration.RegistrationStatus;
import java.util.List;
import org.apache.camel.CamelContext;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class WebhookOperations implements WebhookMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Webhook,name=cosell-sync";

    private final RegistrationStatus status;
    private final RejectedOrigins rejected;

    public WebhookOperations(RegistrationStatus status, RejectedOrigins rejected) {
        this.status = status;
        this.rejected = rejected;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public WebhookOperations register(CamelContext camel) {
        new AlarmCheck("webhook", this::getAlarm,
                health -> health.detail("registration", getRegistration()).detail("lastTest", getLastTest()))
                .register(camel);
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
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
}
