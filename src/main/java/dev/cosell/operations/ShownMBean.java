package dev.cosell.operations;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** An MBean of ours on the platform's server, until it is closed. */
final class ShownMBean implements AutoCloseable {
    private final ObjectName name;

    private ShownMBean(ObjectName name) {
        this.name = name;
    }

    /** Shows a bean; a predecessor of the same name gives way. */
    static ShownMBean show(Object bean, String name) {
        try {
            ShownMBean shown = new ShownMBean(new ObjectName(name));
            shown.close();
            server().registerMBean(bean, shown.name);
            return shown;
        } catch (JMException fault) {
            throw new IllegalStateException("The MBean " + name + " could not be registered", fault);
        }
    }

    @Override
    public void close() {
        try {
            if (server().isRegistered(name)) {
                server().unregisterMBean(name);
            }
        } catch (JMException fault) {
            throw new IllegalStateException("The MBean " + name + " could not be removed", fault);
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
