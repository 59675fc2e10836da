package dev.cosell.settings;

import java.util.List;

/** One or more settings cannot be used; the message says which, where they stand, and what would be right. */
public final class SettingsFault extends RuntimeException {
    public SettingsFault(List<String> faults) {
        super(String.join("\n", faults));
    }
}
