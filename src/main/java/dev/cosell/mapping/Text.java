package dev.cosell.mapping;

/**
 * Free text: trimmed, line ends as LF, blank means empty. With a limit, text is cut on its way to the CRM, and a cut
 * text still counts as the same as the whole.
 */
class Text extends SameForm {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private final int limit;

    /** @param limit the most characters (UTF-16 units, as CRMs count them) the CRM field holds */
    Text(int limit) {
        this.limit = limit;
    }

    @Override
    public final Object toCrm(Object referralValue) {
        return cut(clean(Canonical.scalarText(referralValue)), limit);
    }

    @Override
    public final Object toReferral(Object crmValue) {
        return clean(Canonical.scalarText(crmValue));
    }

    @Override
    public final Demand demand() {
        return Demand.text(limit);
    }

    @Override
    final String normal(Object value) {
        return clean(Canonical.text(value));
    }

    @Override
    public final boolean same(Object referralValue, Object crmValue) {
        String referral = normal(referralValue);
        String crm = normal(crmValue);
        if (referral == null || crm == null) {
            return referral == crm;
        }
        return referral.equals(crm) || referral.length() > limit && cut(referral, limit).equals(crm);
    }

    /** @param text trimmed, or null */
    String clean(String text) {
        return lineFeeds(text);
    }

    /** The same text with LF for CRLF and CR. */
    static String lineFeeds(String text) {
        return text == null || text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The beginning of a text, without half a character and without blanks at its end. */
    static String cut(String text, int limit) {
        if (text == null || text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end).stripTrailing();
    }
}
