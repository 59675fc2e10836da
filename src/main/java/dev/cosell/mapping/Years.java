package dev.cosell.mapping;

/** The years whose dates a CRM holds, both included. */
public record Years(int first, int last) {
    /** Those that four digits write. */
    public static final Years ALL = new Years(1, 9999);

    /** @param date {@code yyyy-MM-dd} */
    boolean hold(String date) {
        int year = Integer.parseInt(date.substring(0, date.indexOf('-', 1)));
        return year >= first && year <= last;
    }
}
