package dev.cosell.stories;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class share one {@link World}. It is open before the first {@code @BeforeAll} of the class and
 * closed after the last {@code @AfterAll}; every field of type {@code World} holds it, static or not, and so does a
 * parameter of this type.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OpenedWorld.class)
public @interface InWorld {
    /** The CRMs to sync with; stories act in the first. */
    String[] value() default {};

    /** Settings, each as {@code key=value}, over those that {@link WithSettings} names on the stories above. */
    String[] settings() default {};

    /** The static method without parameters that opens a world of its own kind instead; empty for none. */
    String openedBy() default "";
}
