package dev.cosell.sandbox.salesforce;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One field of an object.
 *
 * @param picklist     allowed values; empty when the field is no picklist or takes any value
 * @param referenceTo  name of the object an id points to; null for other types
 * @param relationship name of the way to the parent in a query; null for other types
 */
record Field(String name, FieldType type, int length, Set<Trait> traits, Object defaultValue, List<String> picklist,
             String referenceTo, String relationship) {

    enum Trait {
        CREATEABLE, UPDATEABLE, REQUIRED, EXTERNAL_ID, UNIQUE, INDEXED, HTML,
        /** A reference to a user that may point to a queue as well. */
        OR_QUEUE
    }

    static Field of(String name, FieldType type, int length) {
        return new Field(name, type, length, EnumSet.of(Trait.CREATEABLE, Trait.UPDATEABLE),
                type == FieldType.BOOLEAN ? false : null,
                List.of(), null, null);
    }

    static Field text(String name, int length) {
        return of(name, FieldType.STRING, length);
    }

    static Field picklist(String name, String... values) {
        return new Field(name, FieldType.PICKLIST, 255, EnumSet.of(Trait.CREATEABLE, Trait.UPDATEABLE), null,
                List.of(values), null, null);
    }

    static Field reference(String name, String to, String relationship) {
        return new Field(name, FieldType.REFERENCE, 18, EnumSet.of(Trait.CREATEABLE, Trait.UPDATEABLE), null, List.of(),
                to, relationship);
    }

    static Field readOnly(String name, FieldType type, int length) {
        return of(name, type, length).without(Trait.CREATEABLE).without(Trait.UPDATEABLE);
    }

    Field with(Trait trait) {
        Set<Trait> more = EnumSet.copyOf(traits);
        more.add(trait);
        return new Field(name, type, length, more, defaultValue, picklist, referenceTo, relationship);
    }

    Field without(Trait trait) {
        Set<Trait> fewer = EnumSet.noneOf(Trait.class);
        fewer.addAll(traits);
        fewer.remove(trait);
        return new Field(name, type, length, fewer, defaultValue, picklist, referenceTo, relationship);
    }

    Field required() {
        return with(Trait.REQUIRED);
    }

    Field indexed() {
        return with(Trait.INDEXED);
    }

    Field createOnly() {
        return without(Trait.UPDATEABLE);
    }

    Field defaultingTo(Object value) {
        return new Field(name, type, length, traits, value, picklist, referenceTo, relationship);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The object that an id in this reference would point to. */
    String target(Object id) {
        return is(Trait.OR_QUEUE) && String.valueOf(id).startsWith(Schema.QUEUE_PREFIX) ? Schema.GROUP : referenceTo;
    }

    boolean custom() {
        return name.endsWith("__c");
    }

    /** Long text cannot be used in WHERE or ORDER BY. */
    boolean filterable() {
        return type != FieldType.TEXTAREA || length <= 255;
    }

    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    String label() {
        String plain = custom() ? name.substring(0, name.length() - 3).replace('_', ' ') : name;
        return custom() ? plain : plain.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }
}
