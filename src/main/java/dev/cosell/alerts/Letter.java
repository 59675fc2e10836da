package dev.cosell.alerts;

import java.time.Instant;

/**
 * One piece of news about a matter for one channel.
 *
 * @param id       in the books; 0 for one that is in none
 * @param since    when the matter began
 * @param attempts how often it was tried to send, this one included
 */
public record Letter(long id, Kind kind, Matter matter, Instant since, int attempts) {

    /** What there is to say. */
    public enum Kind {
        /** A person is needed. */
        BEGAN("Needs a person: "),
        /** No longer. */
        OVER("Over: "),
        /** How things stand, once a day. */
        DIGEST("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    Letter triedOnceMore() {
        return new Letter(id, kind, matter, since, attempts + 1);
    }

    String headline() {
        return kind.prefix + matter.title() + (matter.code().isEmpty() ? "" : " (" + matter.code() + ")");
    }
}
