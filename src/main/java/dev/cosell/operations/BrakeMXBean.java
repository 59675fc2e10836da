package dev.cosell.operations;

import java.util.List;

/** Directions that were stopped because more deals would have been overwritten in them than the settings allow. */
public interface BrakeMXBean {
    /** What is stopped, why, since when and how many deals wait, a sentence each; empty when nothing is. */
    List<String> getStopped();

    /**
     * A person's word that what waits is meant: it is written, as both sides show it now, and counting begins anew.
     * What was mended meanwhile is not written, and a move that waits for an approval of its own goes on waiting.
     *
     * @param crm       name of the CRM, as in the settings
     * @param direction {@code to-crm} or {@code to-partner-center}
     */
    String release(String crm, String direction);
}
