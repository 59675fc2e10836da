package dev.cosell.stories;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Opens the world of {@link InWorld} once a class and hands it out. JUnit closes what its store holds when the class is
 * done. After each story the servers behave as before it.
 */
final class OpenedWorld implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, TestInstancePostProcessor,
        ParameterResolver {
    private static final Namespace HERE = Namespace.create(OpenedWorld.class);

    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        fill(null, context.getRequiredTestClass(), world(context), ModifierSupport::isStatic);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        World world = world(context);
        world.aStoryBegins();
        context.getStore(HERE).put(Switches.class, Switches.of(world.servers()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getStore(HERE).get(Switches.class, Switches.class).putBack();
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        fill(instance, instance.getClass(), world(context), ModifierSupport::isNotStatic);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return world(context);
    }

    private static World world(ExtensionContext context) {
        return context.getStore(HERE).getOrComputeIfAbsent(World.class, ignored -> open(context.getRequiredTestClass()),
                World.class);
    }

    private static World open(Class<?> tests) {
        InWorld in = AnnotationSupport.findAnnotation(tests, InWorld.class).orElseThrow();
        if (!in.openedBy().isEmpty()) {
            Method opener = ReflectionSupport.findMethod(tests, in.openedBy()).orElseThrow();
            return (World) ReflectionSupport.invokeMethod(opener, null);
        }
        Map<String, String> settings = shared(tests);
        put(settings, in.settings());
        return new World(settings, Path.of("routes"), in.value());
    }

    /** What {@link WithSettings} names on the class and those above it. */
    static Map<String, String> shared(Class<?> tests) {
        if (tests == Object.class) {
            return new LinkedHashMap<>();
        }
        Map<String, String> settings = shared(tests.getSuperclass());
        WithSettings more = tests.getDeclaredAnnotation(WithSettings.class);
        put(settings, more == null ? new String[0] : more.value());
        return settings;
    }

    private static void put(Map<String, String> settings, String... lines) {
        for (String line : lines) {
            int equals = line.indexOf('=');
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    private static void fill(Object instance, Class<?> tests, World world, Predicate<Field> wanted)
            throws IllegalAccessException {
        for (Field field : ReflectionSupport.findFields(tests,
                field -> field.getType() == World.class && wanted.test(field),
                HierarchyTraversalMode.TOP_DOWN)) {
            if (!Modifier.isFinal(field.getModifiers())) {
                field.setAccessible(true);
                field.set(instance, world);
            }
        }
    }
}
