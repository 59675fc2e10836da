package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refusals on demand: the next messages on a channel are answered with an error. */
final class BayeuxFaults {
    private static final class Rule {
        final String channel;
        final Map<String, Object> json;
        int times;

        Rule(Map<String, Object> json) {
            this.json = json;
            channel = String.valueOf(json.get("channel"));
            times = json.get("times") instanceof Number number ? number.intValue() : 1;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * @param json {@code channel}, {@code error}, and as wanted {@code advice}, {@code failureReason} and {@code times}
     */
    void add(Map<String, Object> json) {
        rules.add(new Rule(json));
    }

    void clear() {
        rules.clear();
    }

    /** Completes the answer and says so when a rule fits; the first one is used. */
    boolean take(String channel, Map<String, Object> answer) {
        for (Rule rule : rules) {
            if (rule.channel.equals(channel)) {
                if (--rule.times <= 0) {
                    rules.remove(rule);
                }
                answer.put("successful", false);
                answer.put("error", rule.json.get("error"));
                if (rule.json.containsKey("advice")) {
                    answer.put("advice", rule.json.get("advice"));
                }
                if (rule.json.containsKey("failureReason")) {
                    answer.put("ext", Map.of("sfdc", Map.of("failureReason", rule.json.get("failureReason"))));
                }
                return true;
            }
        }
        return false;
    }
}
