package dev.cosell.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * A method of a bean that a route names, with the parameters that its annotations or the route ask for.
 *
 * @param given what the route itself hands over; null when the annotations of the method say it
 * @param bound the method by class of the bean: a mutation may put another one in its place
 */
record BeanCall(String bean, String method, List<Function<Scope, Object>> given, Map<Class<?>, Bound> bound) {
    private static final CamelContext CONTEXT = new DefaultCamelContext();

    private record Bound(Method method, List<Function<Scope, Object>> arguments) {}

    static BeanCall of(String bean, String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return new BeanCall(bean, text, null, new ConcurrentHashMap<>());
        }
        List<Function<Scope, Object>> arguments = new ArrayList<>();
        for (String argument : text.substring(open + 1, text.lastIndexOf(')')).split(", ")) {
            arguments.add(argument.startsWith("'") ? scope -> argument.substring(1, argument.length() - 1)
                    : Simple.value(argument));
        }
        return new BeanCall(bean, text.substring(0, open), arguments, new ConcurrentHashMap<>());
    }

    Object run(Scope scope, Object target) {
        Bound call = bound.get(target.getClass());
        if (call == null) {
            call = bind(target);
            bound.put(target.getClass(), call);
        }
        Object[] arguments = new Object[call.arguments.size()];
        for (int at = 0; at < arguments.length; at++) {
            arguments[at] = call.arguments.get(at).apply(scope);
        }
        try {
            Object result = call.method.invoke(target, arguments);
            for (Object argument : arguments) {
                if (argument instanceof Exchange exchange) {
                    scope.variables.putAll(exchange.getVariables());
                    scope.properties.putAll(exchange.getProperties());
                }
            }
            return result;
        } catch (InvocationTargetException thrown) {
            throw unchecked(thrown.getCause());
        } catch (IllegalAccessException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static Exchange exchange(Scope scope) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        scope.variables.forEach(exchange::setVariable);
        scope.properties.forEach(exchange::setProperty);
        return exchange;
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
    }

    private Bound bind(Object target) {
        Method only = Arrays.stream(target.getClass().getMethods())
                .filter(each -> each.getName().equals(method) && !each.isBridge()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The bean " + bean + " has no method " + method));
        only.setAccessible(true);
        return new Bound(only, given != null ? given
                : Arrays.stream(only.getParameters()).map(BeanCall::argument).toList());
    }

    private static Function<Scope, Object> argument(Parameter parameter) {
        if (parameter.getType() == Exchange.class) {
            return BeanCall::exchange;
        }
        Variable variable = parameter.getAnnotation(Variable.class);
        if (variable != null) {
            String name = variable.value();
            return scope -> scope.variables.get(name);
        }
        if (parameter.getAnnotation(ExchangeException.class) != null || isWhatWasCaught(parameter)) {
            return scope -> scope.exception;
        }
        if (parameter.getAnnotation(Body.class) != null || parameter.getAnnotations().length == 0) {
            return scope -> scope.body;
        }
        throw new IllegalArgumentException("The simulation cannot fill " + parameter);
    }

    private static boolean isWhatWasCaught(Parameter parameter) {
        ExchangeProperty property = parameter.getAnnotation(ExchangeProperty.class);
        return property != null && property.value().equals(Exchange.EXCEPTION_CAUGHT);
    }
}
