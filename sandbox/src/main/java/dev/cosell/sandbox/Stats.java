package dev.cosell.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls by method and path template, and writes, since the last reset. Control calls are not counted. A call that came
 * inside another one is counted apart.
 */
final class Stats {
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Map<String, Integer> inside = new TreeMap<>();
    private int writes;
    private int inWork;
    private int mostInWork;

    void count(String method, String template, int written) {
        calls.merge(method + " " + template, 1, Integer::sum);
        writes += written;
    }

    void countInside(String method, String template) {
        inside.merge(method + " " + template, 1, Integer::sum);
    }

    /** A call has come; the number of calls that are in work now. */
    int begun() {
        inWork++;
        mostInWork = Math.max(mostInWork, inWork);
        return inWork;
    }

    void ended() {
        inWork--;
    }

    void reset() {
        calls.clear();
        inside.clear();
        writes = 0;
        mostInWork = inWork;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", calls.values().stream().mapToInt(Integer::intValue).sum());
        json.put("writes", writes);
        json.put("calls", calls);
        json.put("inside", inside);
        json.put("mostInWork", mostInWork);
        return json;
    }
}
