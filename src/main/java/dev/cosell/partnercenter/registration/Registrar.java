package dev.cosell.partnercenter.registration;

/** Who signs in to register for notifications. The roles that may do so are others than those for referrals. */
public enum Registrar {
    /** The user of the referrals. */
    USER("Give the user of ./cosell login one of the roles %s in Partner Center, which the role Referrals admin does "
            + "not include; or let somebody else"
            + " register: webhook.sign-in = app (the app by itself) or own-user (then ./cosell login --webhooks). %s"),
    /** The app by itself, without a user. */
    APP("Add the app registration in Partner Center (Account settings, App management), or let a user register who has "
            + "one of the roles %s: webhook.sign-in = own-user, then ./cosell login --webhooks. %s"),
    /** A user for the registration alone. */
    OWN_USER("Give the user of ./cosell login --webhooks one of the roles %s in Partner Center. %s");

    private static final String ROLES = "Global admin, Admin agent, Sales agent, Helpdesk agent or Billing admin";
    private static final String PERMISSION = "The app registration needs the permission user_impersonation of "
            + "Microsoft Partner Center, with consent";

    private final String remedy;

    Registrar(String remedy) {
        this.remedy = remedy;
    }

    /** @param setting {@code user}, {@code app} or {@code own-user} */
    public static Registrar of(String setting) {
        return valueOf(setting.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /** What helps when Partner Center denies the registration. */
    public String whenDenied() {
        return remedy.formatted(ROLES, PERMISSION);
    }
}
