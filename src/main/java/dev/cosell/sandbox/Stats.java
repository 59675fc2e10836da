package dev.cosell.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Calls by method and path template, and writes, since the last reset. Control calls are not counted. */
final class Stats {
    private final Map<String, Integer> calls = new TreeMap<>();
    private int writes;

    void count(String method, String template, boolean write) {
        calls.merge(method + " " + template, 1, Integer::sum);
        if (write) {
            writes++;
        }
    }

    void reset() {
        calls.clear();
        writes = 0;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", calls.values().stream().mapToInt(Integer::intValue).sum());
        json.put("writes", writes);
        json.put("calls", calls);
        return json;
    }
}
