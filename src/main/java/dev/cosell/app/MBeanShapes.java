package dev.cosell.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.apache.camel.support.management.NotificationSenderAdapter;

/**
 * Camel's own MBeans, with what each class offers worked out once. It depends on the class alone, and Camel works it
 * out anew for each of some seven hundred routes and steps, which is more than a third of the work of a start.
 */
final class MBeanShapes extends DefaultManagementMBeanAssembler {
    private static final Map<Class<?>, ModelMBeanInfo> SHAPES = new ConcurrentHashMap<>();

    MBeanShapes(CamelContext camel) {
        super(camel);
    }

    @Override
    public ModelMBean assemble(MBeanServer server, Object object, ObjectName name) throws JMException {
        if (object instanceof ManagedInstance managed && addsToItsShape(managed.getInstance())) {
            return super.assemble(server, object, name);
        }
        ModelMBeanInfo shape = shape(object, name);
        return shape == null ? null : bean(shape, object);
    }

    private static boolean addsToItsShape(Object instance) {
        return instance != null && instance.getClass().isAnnotationPresent(ManagedResource.class);
    }

    private ModelMBeanInfo shape(Object object, ObjectName name) throws JMException {
        ModelMBeanInfo known = SHAPES.get(object.getClass());
        if (known == null) {
            known = assembler.getMBeanInfo(camelContext, object, null, name.toString());
            if (known != null) {
                SHAPES.put(object.getClass(), known);
            }
        }
        return known;
    }

    private ModelMBean bean(ModelMBeanInfo shape, Object object) throws JMException {
        boolean mask = Boolean.TRUE.equals(camelContext.getManagementStrategy().getManagementAgent().getMask());
        MixinRequiredModelMBean bean = new MixinRequiredModelMBean(shape, mask, null, null);
        try {
            bean.setManagedResource(object, "ObjectReference");
        } catch (InvalidTargetObjectTypeException e) {
            throw new JMException(e.getMessage());
        }
        if (object instanceof NotificationSenderAware sender) {
            sender.setNotificationSender(new NotificationSenderAdapter(bean));
        }
        return bean;
    }
}
