package dev.cosell.operations;

import dev.cosell.text.Visible;
import java.util.Arrays;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanException;
import javax.management.ReflectionException;
import javax.management.StandardMBean;

/**
 * An MBean whose texts show their control characters: an entry of a list is one line, a text may have lines of its own.
 */
final class VisibleMBean extends StandardMBean {
    private <T> VisibleMBean(T bean, Class<T> face) {
        super(bean, face, true);
    }

    @SuppressWarnings("unchecked") // the interface is the bean's own
    static VisibleMBean of(Object bean) {
        Class<Object> face = (Class<Object>) Arrays.stream(bean.getClass().getInterfaces())
                .filter(each -> each.getSimpleName().endsWith("MBean")
                        || each.getSimpleName().endsWith("MXBean"))
                .findFirst().orElseThrow();
        return new VisibleMBean(bean, face);
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException, MBeanException, ReflectionException {
        return visible(super.getAttribute(name));
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList visible = new AttributeList();
        super.getAttributes(names).asList()
                .forEach(each -> visible.add(new Attribute(each.getName(), visible(each.getValue()))));
        return visible;
    }

    @Override
    public Object invoke(String name, Object[] parameters, String[] signature)
            throws MBeanException, ReflectionException {
        return visible(super.invoke(name, parameters, signature));
    }

    private static Object visible(Object value) {
        if (value instanceof String[] entries) {
            return Arrays.stream(entries).map(Visible::line).toArray(String[]::new);
        }
        return value instanceof String text ? Visible.lines(text) : value;
    }
}
