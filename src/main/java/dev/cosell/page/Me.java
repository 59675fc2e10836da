package dev.cosell.page;

import java.util.Locale;

/**
 * Whom the page greets.
 *
 * @param session  whether they can sign out
 * @param requests whether assistants may ask for something
 */
record Me(String name, String role, boolean session, boolean requests) {
    static Me of(Person who, boolean requests) {
        return new Me(who.name(), who.role().name().toLowerCase(Locale.ROOT), who.session(), requests);
    }
}
