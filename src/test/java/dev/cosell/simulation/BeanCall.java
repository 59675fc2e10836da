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
import org.apache.camel.Variable;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A method of a bean that a route names, with the parameters that its annotations or the route ask for. */
record BeanCall(String bean, String method, List<Function<Scope, Object>> given) {
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final Map<String, Method> METHODS = new ConcurrentHashMap<>();

    static BeanCall of(String bean, String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return new BeanCall(bean, text, null);
        }
        List<Function<Scope, Object>> arguments = new ArrayList<>();
        for (String argument : text.substring(open + 1, text.lastIndexOf(')')).split(", ")) {
            arguments.add(argument.startsWith("'") ? scope -> argument.substring(1, argument.length() - 1)
                    : Simple.value(argument));
        }
        return new BeanCall(bean, text.substring(0, open), arguments);
    }

    Object run(Scope scope, Object target) {
        Method called = METHODS.computeIfAbsent(target.getClass().getName() + "#" + method, key -> found(target));
        Parameter[] parameters = called.getParameters();
        Object[] arguments = new Object[parameters.length];
        Exchange exchange = Arrays.stream(parameters).anyMatch(each -> each.getType() == Exchange.class)
                ? exchange(scope) : null;
        for (int at = 0; at < parameters.length; at++) {
            arguments[at] = given != null ? given.get(at).apply(scope)
                    : parameters[at].getType() == Exchange.class ? exchange : argument(parameters[at], scope);
        }
        try {
            Object result = called.invoke(target, arguments);
            if (exchange != null) {
                scope.variables.putAll(exchange.getVariables());
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
        return exchange;
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
    }

    private Method found(Object target) {
        Method only = Arrays.stream(target.getClass().getMethods())
                .filter(each -> each.getName().equals(method) && !each.isBridge()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The bean " + bean + " has no method " + method));
        only.setAccessible(true);
        return only;
    }

    private static Object argument(Parameter parameter, Scope scope) {
        Variable variable = parameter.getAnnotation(Variable.class);
        if (variable != null) {
            return scope.variables.get(variable.value());
        }
        if (parameter.getAnnotation(ExchangeException.class) != null) {
            return scope.exception;
        }
        if (parameter.getAnnotation(Body.class) != null || parameter.getAnnotations().length == 0) {
            return scope.body;
        }
        throw new IllegalArgumentException("The simulation cannot fill " + parameter);
    }
}
