package dev.cosell.simulation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Camel's Simple language that the routes of the sync use. Anything else is refused when it is read. */
final class Simple {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern COMPARISON = Pattern.compile("(\\$\\{[^}]+}) (==|!=|>) (null|\\d+|'[^']*')");

    private Simple() {}

    static Function<Scope, Object> value(String text) {
        Matcher alone = PLACE.matcher(text);
        if (alone.matches()) {
            return place(alone.group(1));
        }
        List<Function<Scope, Object>> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int end = 0;
        while (places.find()) {
            String before = text.substring(end, places.start());
            parts.add(scope -> before);
            parts.add(place(places.group(1)));
            end = places.end();
        }
        String rest = text.substring(end);
        return scope -> {
            StringBuilder whole = new StringBuilder();
            parts.forEach(part -> whole.append(part.apply(scope)));
            return whole.append(rest).toString();
        };
    }

    static Function<Scope, Boolean> predicate(String text) {
        List<Function<Scope, Boolean>> all = new ArrayList<>();
        for (String part : text.split(" && ")) {
            Matcher comparison = COMPARISON.matcher(part);
            if (comparison.matches()) {
                Function<Scope, Object> left = value(comparison.group(1));
                String right = comparison.group(3);
                String wanted = right.equals("null") ? null : right.replace("'", "");
                boolean same = comparison.group(2).equals("==");
                all.add(comparison.group(2).equals(">")
                        ? scope -> Integer.parseInt(text(left.apply(scope))) > Integer.parseInt(wanted)
                        : wanted == null ? scope -> left.apply(scope) == null == same
                                : scope -> wanted.equals(text(left.apply(scope))) == same);
            } else if (PLACE.matcher(part).matches()) {
                Function<Scope, Object> left = value(part);
                all.add(scope -> Boolean.parseBoolean(String.valueOf(left.apply(scope))));
            } else {
                throw new IllegalArgumentException("The simulation cannot read the condition " + text);
            }
        }
        return all.stream().reduce((one, other) -> scope -> one.apply(scope) && other.apply(scope)).orElseThrow();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Function<Scope, Object> place(String path) {
        String[] names = path.replace("?", "").split("\\.");
        Function<Scope, Object> from = switch (names[0]) {
            case "null" -> scope -> null;
            case "body" -> scope -> scope.body;
            case "exception" -> scope -> scope.exception;
            case "variable" -> scope -> scope.variables.get(names[1]);
            default -> throw new IllegalArgumentException("The simulation cannot read ${" + path + "}");
        };
        for (String name : List.of(names).subList(names[0].equals("variable") ? 2 : 1, names.length)) {
            from = from.andThen(new Property(name, new ConcurrentHashMap<>()));
        }
        return from;
    }

    /** @param getters by class of what the property is asked of */
    private record Property(String name, Map<Class<?>, Method> getters) implements Function<Object, Object> {
        @Override
        public Object apply(Object of) {
            if (of == null) {
                return null;
            }
            if (of instanceof Collection<?> several && name.equals("size")) {
                return several.size();
            }
            Method getter = getters.get(of.getClass());
            if (getter == null) {
                getter = getter(of, name).orElseThrow(
                        () -> new IllegalArgumentException(of.getClass() + " has no " + name));
                getters.put(of.getClass(), getter);
            }
            try {
                return getter.invoke(of);
            } catch (ReflectiveOperationException fault) {
                throw new IllegalStateException(fault);
            }
        }
    }

    private static Optional<Method> getter(Object of, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (String candidate : List.of(name, "get" + capital, "is" + capital)) {
            for (Method method : of.getClass().getMethods()) {
                if (method.getName().equals(candidate) && method.getParameterCount() == 0) {
                    method.setAccessible(true);
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }
}
