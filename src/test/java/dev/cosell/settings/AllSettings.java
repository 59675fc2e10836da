package dev.cosell.settings;

import dev.cosell.crm.Crms;
import java.util.stream.Stream;

/** Every setting of this product, those of the CRMs included. */
final class AllSettings {
    private AllSettings() {}

    static Stream<Setting> get() {
        return Stream.concat(Stream.of(Key.values()), Crms.SHIPPED.all().stream().flatMap(crm -> crm.keys().stream()));
    }
}
