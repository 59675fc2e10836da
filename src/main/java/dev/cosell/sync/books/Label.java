package dev.cosell.sync.books;

import dev.cosell.text.Storable;

/**
 * What people know a deal by.
 *
 * @param name     of the deal; null when it has none or was not read
 * @param customer its name; null when it has none or was not read
 */
public record Label(String name, String customer) {
    public static final Label NONE = new Label(null, null);

    private static final int LENGTH = 400;

    public Label {
        name = Storable.shortened(name, LENGTH);
        customer = Storable.shortened(customer, LENGTH);
    }
}
