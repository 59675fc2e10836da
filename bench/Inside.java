import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a process tells by JMX, and what it may be told; an older build knows the same. */
final class Inside implements AutoCloseable {
    private static final String SYNC = "dev.cosell:type=Sync,name=cosell-sync";

    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final MemoryMXBean memory;

    Inside(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
        connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        machine.detach();
        beans = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    /** No hint is worked on from here on. */
    void pause() throws Exception {
        beans.invoke(new ObjectName(SYNC), "pause", new Object[] {"all"}, new String[] {String.class.getName()});
    }

    int backlog(String crm) throws Exception {
        CompositeData row = ((TabularData) beans.getAttribute(new ObjectName(SYNC), "Backlog")).get(new Object[] {crm});
        return (Integer) row.get("value");
    }

    long liveHeap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** @param operation {@code suspend} or {@code resume} */
    void route(String id, String operation) throws Exception {
        beans.invoke(bean(id), operation, new Object[0], new String[0]);
    }

    /** @param attribute such as {@code ExchangesCompleted} or {@code TotalProcessingTime}, in milliseconds */
    long ofRoute(String id, String attribute) throws Exception {
        return ((Number) beans.getAttribute(bean(id), attribute)).longValue();
    }

    private ObjectName bean(String route) throws Exception {
        return beans.queryNames(new ObjectName("org.apache.camel:context=*,type=routes,name=\"" + route + "\""), null)
                .iterator().next();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
