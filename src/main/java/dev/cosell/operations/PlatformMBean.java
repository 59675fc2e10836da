package dev.cosell.operations;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** One name on the MBean server of this process. */
public final class PlatformMBean {
    private PlatformMBean() {}

    /**
     * Shows an MXBean, its texts {@link VisibleMBean visible}, until it is {@link #hide hidden}; a predecessor of the
     * same name gives way.
     */
    public static void show(String name, Object bean) {
        try {
            hide(name);
            ManagementFactory.getPlatformMBeanServer().registerMBean(VisibleMBean.of(bean), new ObjectName(name));
        } catch (JMException fault) {
            throw new IllegalStateException("The MBean " + name + " could not be registered", fault);
        }
    }

    public static void hide(String name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName shown = new ObjectName(name);
            if (server.isRegistered(shown)) {
                server.unregisterMBean(shown);
            }
        } catch (JMException fault) {
            throw new IllegalStateException("The MBean " + name + " could not be removed", fault);
        }
    }
}
