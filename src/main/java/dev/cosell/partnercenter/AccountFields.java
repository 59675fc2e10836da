package dev.cosell.partnercenter;

/** How the CRM that a deal comes from calls what Partner Center asks of the customer. */
@FunctionalInterface
public interface AccountFields {
    /** Where no CRM is asked. */
    AccountFields UNNAMED = (crm, path) -> null;

    /**
     * @param path of the referral's field, within its customer, such as {@code address.city}
     * @return the account's field as the mapping names it; null when the mapping fills it from none
     */
    String of(String crm, String path);
}
