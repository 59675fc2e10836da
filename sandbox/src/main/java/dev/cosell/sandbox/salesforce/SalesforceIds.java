package dev.cosell.sandbox.salesforce;

/** Record ids: 15 characters that tell upper from lower case, and three more that make them safe where case is lost. */
final class SalesforceIds {
    private static final String CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private SalesforceIds() {}

    /** The 18-character id of the n-th row of an object; later rows sort behind earlier ones. */
    static String of(String prefix, long number) {
        StringBuilder tail = new StringBuilder();
        for (long rest = number; rest > 0; rest /= DIGITS.length()) {
            tail.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return complete(prefix + "8d0000" + "0".repeat(6 - tail.length()) + tail);
    }

    static boolean looksLikeOne(String text) {
        return text != null && text.matches("[0-9A-Za-z]{15}([0-9A-Za-z]{3})?");
    }

    /** The 18-character form of an id of 15 or 18 characters; other texts come back as they are. */
    static String complete(String id) {
        if (id.length() != 15) {
            return id;
        }
        StringBuilder whole = new StringBuilder(id);
        for (int group = 0; group < 3; group++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                if (Character.isUpperCase(id.charAt(group * 5 + i))) {
                    bits |= 1 << i;
                }
            }
            whole.append(CHECKSUM.charAt(bits));
        }
        return whole.toString();
    }
}
