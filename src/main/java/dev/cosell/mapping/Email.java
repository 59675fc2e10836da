package dev.cosell.mapping;

/** An e-mail address, taken out of the text around it. A text without one counts as empty, and is left out. */
final class Email extends Identifier {
    Email(int limit) {
        super(limit);
    }

    @Override
    Object normal(Object value) {
        String text = Canonical.text(value);
        return text == null ? null : EmailAddress.in(text);
    }

    @Override
    String read(Object value) {
        String text = Canonical.scalarText(value);
        String address = text == null ? null : EmailAddress.in(text);
        if (text != null && address == null) {
            throw ConversionFault.leftOut(value, "is no e-mail address, or more than one, and is left out");
        }
        return address;
    }
}
