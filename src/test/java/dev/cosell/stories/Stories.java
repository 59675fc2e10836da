package dev.cosell.stories;

/** What happens in a world that the class of the CRM opens. */
abstract class Stories {
    private World world;

    protected World world() {
        return world;
    }

    protected CrmDriver crm() {
        return world().crm();
    }
}
