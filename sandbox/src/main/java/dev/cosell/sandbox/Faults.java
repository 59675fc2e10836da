package dev.cosell.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Faults on demand: rules that say which calls, how often, and what happens instead. The first rule that fits is used.
 */
final class Faults {

    /** What one rule does to one call. */
    enum Kind { ANSWER, DROP_BEFORE, DROP_AFTER, STALE, DELAY }

    static final class Rule {
        final Pattern method;
        final Pattern path;
        final Pattern query;
        final Kind kind;
        final Answer answer;
        final long delayMillis;
        int skip;
        int times;

        Rule(Map<String, Object> json) {
            method = Pattern.compile((String) json.getOrDefault("method", ".*"), Pattern.CASE_INSENSITIVE);
            path = Pattern.compile((String) json.getOrDefault("path", ".*"));
            query = Pattern.compile((String) json.getOrDefault("query", ""));
            skip = number(json, "skip", 0);
            times = number(json, "times", 1);
            delayMillis = number(json, "delayMillis", 0);
            kind = kind(json);
            answer = kind == Kind.ANSWER ? answer(json) : null;
        }

        private static Kind kind(Map<String, Object> json) {
            if (json.containsKey("status")) {
                return Kind.ANSWER;
            }
            if (Boolean.TRUE.equals(json.get("stale"))) {
                return Kind.STALE;
            }
            String drop = (String) json.get("drop");
            if (drop != null) {
                return "after".equals(drop) ? Kind.DROP_AFTER : Kind.DROP_BEFORE;
            }
            return Kind.DELAY;
        }

        private static Answer answer(Map<String, Object> json) {
            int status = number(json, "status", 500);
            Object body = json.get("body");
            Answer answer = body == null ? Answer.empty(status)
                    : body instanceof String text ? Answer.text(status, "text/html", text) : Answer.json(status, body);
            if (json.get("headers") instanceof Map<?, ?> headers) {
                for (Map.Entry<?, ?> header : headers.entrySet()) {
                    answer = answer.with(header.getKey().toString(), header.getValue().toString());
                }
            }
            return answer;
        }

        private static int number(Map<String, Object> json, String name, int otherwise) {
            return json.get(name) instanceof Number number ? number.intValue() : otherwise;
        }

        private boolean fits(Call call) {
            return method.matcher(call.method()).matches() && path.matcher(call.path()).find()
                    && query.matcher(call.query().toString()).find();
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    void add(Map<String, Object> json) {
        rules.add(new Rule(json));
    }

    void clear() {
        rules.clear();
    }

    /** How many rules are still to be used. */
    int left() {
        return rules.size();
    }

    /** The rule for this call, counted as used; null when the call goes through. */
    Rule take(Call call) {
        for (Iterator<Rule> i = rules.iterator(); i.hasNext();) {
            Rule rule = i.next();
            // What came inside another call is answered with it, so it cannot wait by itself.
            if (!rule.fits(call) || call.outer() != null && rule.kind == Kind.DELAY) {
                continue;
            }
            if (rule.skip > 0) {
                rule.skip--;
                continue;
            }
            if (--rule.times <= 0) {
                i.remove();
            }
            return rule;
        }
        return null;
    }
}
