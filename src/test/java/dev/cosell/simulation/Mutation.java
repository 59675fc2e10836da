package dev.cosell.simulation;

import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import java.util.Set;

/**
 * A fault that is put into the core from outside, by leaving out a step of the routes or by a collaborator that does
 * not do its work; {@link #NONE} is the product as it is.
 */
enum Mutation {
    NONE,
    /** What is about to be written is not noted first. */
    NO_NOTE_BEFORE_AN_UPDATE("note-the-update"),
    /** The other system is written although the record has moved since it was read. */
    VERSIONS_ARE_IGNORED,
    /** A create in the CRM does not look for what is there. */
    CREATES_WITHOUT_LOOKING,
    /** A create in Partner Center is not noted, so nobody looks for it after a lost answer. */
    INTENTS_ARE_FORGOTTEN,
    /** The end of a sync is not written down. */
    NOTHING_IS_REMEMBERED("remember-update"),
    /** Every version counts as handled. */
    ALL_VERSIONS_ARE_KNOWN,
    /** Whatever both sides show when a sync ends counts as handled, whoever wrote it. */
    LATER_VERSIONS_ARE_KNOWN,
    /** The values that both sides agree on are not kept. */
    NO_AGREED_VALUES,
    /** A new referral does not tell its opportunity. */
    OPPORTUNITY_IS_NOT_TOLD("tell-the-opportunity"),
    /** Partner Center is not written. */
    PARTNER_CENTER_IS_NOT_WRITTEN("update-referral"),
    /** An opportunity is not written for its Audit field alone. */
    SENTENCES_ALONE_ARE_NOT_WRITTEN,
    /** What is parked is not written down. */
    PARKED_IS_FORGOTTEN("remember-parked");

    private final Set<String> without;

    Mutation(String... without) {
        this.without = Set.of(without);
    }

    /** Ids of route steps that are left out. */
    Set<String> without() {
        return without;
    }

    SeenVersions versions(SeenVersions real) {
        return this == ALL_VERSIONS_ARE_KNOWN ? MutatedBooks.allKnown() : real;
    }

    LinkStore links(LinkStore real, World world) {
        return switch (this) {
            case LATER_VERSIONS_ARE_KNOWN -> new MutatedBooks(real, finished -> MutatedBooks.later(finished, world));
            case NO_AGREED_VALUES -> new MutatedBooks(real, MutatedBooks::withoutAgreed);
            default -> real;
        };
    }

    Intents intents(Intents real) {
        return this == INTENTS_ARE_FORGOTTEN ? MutatedBooks.forgetful() : real;
    }

    boolean ignoresVersions() {
        return this == VERSIONS_ARE_IGNORED;
    }

    boolean writes(Set<String> fields, String auditField) {
        return this != SENTENCES_ALONE_ARE_NOT_WRITTEN || !fields.equals(Set.of(auditField));
    }

    boolean createsTwice() {
        return this == CREATES_WITHOUT_LOOKING;
    }
}
