package dev.cosell.sync.books;

import dev.cosell.sync.decide.Link;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one sync leaves behind, stored in one transaction.
 *
 * @param link     inserted when its id is 0, else updated; null when the decision concerns no link
 * @param entry    null when there is nothing to tell
 * @param seenKeys {@link SeenVersions#key keys} of the versions handled and of those our own writes brought about.
 *     The link holds the latest of its own records, and older ones are never read again, so those are not stored. A
 *     key in here makes the {@code add} of the idempotent consumer afterwards free of charge
 * @param absorbed the link of one of the two records, as it was read, that goes because both are one from now on; null
 *     for none
 * @param label    what the link's deal is called
 * @param read     how the link was when it was read, which still has to be so; null: no matter
 * @param replaced keys of earlier versions of the link's records that no order tells from the latest. They count as
 *     handled no longer, and as replaced
 */
public record Finished(Link link, AuditEntry entry, List<String> seenKeys, Link absorbed, Label label,
        Link read, List<String> replaced) {
    public Finished {
        List<String> gone = List.copyOf(replaced);
        replaced = gone;
        seenKeys = seenKeys.stream().filter(key -> !gone.contains(key)).toList();
    }

    public Finished(Link link, AuditEntry entry, List<String> seenKeys, Link absorbed) {
        this(link, entry, seenKeys, absorbed, Label.NONE, null, List.of());
    }

    public Finished(Link link, AuditEntry entry, List<String> seenKeys) {
        this(link, entry, seenKeys, null);
    }

    public Finished called(Label now) {
        return new Finished(link, entry, seenKeys, absorbed, now, read, replaced);
    }

    public Finished replacing(List<String> earlier) {
        return new Finished(link, entry, seenKeys, absorbed, label, read, earlier);
    }

    /** The keys that have to be stored beside the link. */
    List<String> storedKeys() {
        return link == null ? seenKeys : Stream.concat(LinkedVersions.ofOthers(seenKeys, link).stream(),
                replaced.stream().map(SeenVersions::replaced)).toList();
    }

    /** Of a pair whose link was read so; null when there was none. */
    public Finished after(Link known) {
        return new Finished(link, entry, seenKeys, absorbed, label, known, replaced);
    }
}
