package dev.cosell.support;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What every thread of this process does at the moment. */
final class Threads {
    private Threads() {}

    static String dump() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(true, false))
                .sorted(Comparator.comparing(ThreadInfo::getThreadName))
                .map(Threads::text).collect(Collectors.joining("\n"));
    }

    /** {@link ThreadInfo#toString} ends after eight frames, before the one that matters. */
    private static String text(ThreadInfo thread) {
        StringBuilder text = new StringBuilder("\"" + thread.getThreadName() + "\" " + thread.getThreadState());
        if (thread.getLockOwnerName() != null) {
            text.append(" waits for \"").append(thread.getLockOwnerName()).append('"');
        }
        text.append('\n');
        for (int depth = 0; depth < thread.getStackTrace().length; depth++) {
            text.append("    at ").append(thread.getStackTrace()[depth]).append('\n');
            for (MonitorInfo held : thread.getLockedMonitors()) {
                if (held.getLockedStackDepth() == depth) {
                    text.append("    holds ").append(held.getClassName()).append('\n');
                }
            }
        }
        return text.toString();
    }
}
