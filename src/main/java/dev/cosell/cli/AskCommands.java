package dev.cosell.cli;

import static dev.cosell.cli.AskCommand.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cosell.text.Visible;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be asked of the running application, one command each. */
final class AskCommands {
    private AskCommands() {}

    @Command(name = "status", description = "Says how the running sync is, and what needs a person.")
    static final class Status extends AskCommand {
        @Override
        JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
            return running.get("/api/overview");
        }

        @Override
        void tell(JsonNode answer, PrintWriter out) {
            answer.path("crms").forEach(crm -> {
                out.printf("%-12s %s synced%s, %s not synced (%s parked%s), %s waiting, %s written in the last hour%n",
                        line(crm.path("name")), crm.path("synced"), dated(", the last agreed ", crm.path("lastAgreed")),
                        crm.path("notSynced"), crm.path("parked"), dated(", the last ", crm.path("lastParked")),
                        crm.path("backlog").isNull() ? "unknown" : crm.path("backlog"), crm.path("wrote"));
                crm.path("told").properties().forEach(told -> out.printf("  %s: %s%n",
                        Visible.line(told.getKey()), line(told.getValue())));
            });
            answer.path("connections").forEach(each -> out.printf("%-12s %s%s%n", line(each.path("system")),
                    each.path("state").asText().equals("UP") ? "works" : "broken",
                    each.path("state").asText().equals("UP") ? dated(", answered ", each.path("answered"))
                            : dated(", broke ", each.path("since"))));
            out.println(answer.path("needsPerson").isEmpty() ? "All is well." : "What needs a person:");
            answer.path("needsPerson").forEach(need -> out.println("  " + need(need)));
        }

        /** One of several lines, such as the faults of a mapping, keeps them, set in so that none looks like another. */
        private static String need(JsonNode need) {
            return Visible.lines(need.asText()).replace("\n", "\n      ");
        }

        @Override
        boolean needsPerson(JsonNode answer) {
            return !answer.path("needsPerson").isEmpty();
        }
    }

    @Command(name = "why",
            description = "Says why a deal is as it is: how it stands, and what was decided about it, newest first.")
    static final class Why extends AskCommand {
        @Parameters(paramLabel = "ID",
                description = "Id of the referral or of the record in the CRM, in any usual spelling.")
        String id;

        @Override
        JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
            return running.get("/api/deals/" + Running.part(id));
        }

        @Override
        void tell(JsonNode answer, PrintWriter out) {
            answer.path("links").forEach(link -> deal(link.path("deal"), out));
            answer.path("history").forEach(entry -> out.printf("%s  %s: %s → %s%s%n", line(entry.path("at")),
                    line(entry.path("crm")),
                    (entry.path("code").isNull() ? "" : line(entry.path("code")) + " ")
                            + line(entry.path("situation")), line(entry.path("action")), entry.path("detail").asText("")
                    .isEmpty() ? "" : ": " + line(entry.path("detail"))));
        }

        @Override
        boolean needsPerson(JsonNode answer) {
            return answer.findValues("reason").stream().anyMatch(reason -> !reason.isNull())
                    || answer.findValues("held").stream().flatMap(held -> held.findValues("until").stream())
                            .anyMatch(JsonNode::isNull);
        }
    }

    /** How long ago something was, behind the words; nothing where no time is known. */
    private static String dated(String words, JsonNode moment) {
        return moment.asText("").isEmpty() || moment.isNull() ? "" : words + Ago.of(moment.asText());
    }

    static void deal(JsonNode deal, PrintWriter out) {
        out.printf("%s  %s ↔ %s  \"%s\": %s%s%n", line(deal.path("crm")), line(deal.path("referralId")),
                line(deal.path("crmId")), line(deal.path("name")),
                line(deal.path("words")), dated(deal.path("state").asText().equals("LINKED") ? ", agreed " : ", ",
                        deal.path("since")));
        if (!deal.path("reason").isNull()) {
            out.println("  " + line(deal.path("reason")));
        }
        deal.path("held").forEach(held -> out.println("  " + line(held.path("what"))
                + (held.path("until").isNull() ? " waits for approval"
                : " waits until " + line(held.path("until")))));
        deal.path("deadlines").forEach(sentence -> out.println("  " + line(sentence)));
    }

    @Command(name = "preview", description = "Reads both sides of a deal now and says what a sync would write, per "
            + "field and mapping row; nothing is written.")
    static final class Preview extends AskCommand {
        @Parameters(paramLabel = "ID",
                description = "Id of the referral or of the record in the CRM, in any usual spelling.")
        String id;

        @Override
        JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
            return running.get("/api/deals/" + Running.part(id) + "/preview");
        }

        @Override
        void tell(JsonNode answer, PrintWriter out) {
            answer.path("previews").forEach(preview -> {
                out.println(line(preview.path("crm")) + "  " + line(preview.path("referralId")) + " ↔ "
                        + line(preview.path("crmId")));
                preview.path("words").forEach(words -> out.println("  " + line(words)));
                preview.path("faults").forEach(fault -> out.println("  wrong: " + line(fault)));
                preview.path("writes").forEach(write -> out.println("  writes " + line(write.path("system")) + " "
                        + line(write.path("field")) + " = "
                        + line(write.path("value"))));
                preview.path("rows").forEach(row -> row(row, out));
            });
        }

        private static void row(JsonNode row, PrintWriter out) {
            if (!row.path("outcome").asText().equals("SAME")) {
                out.printf("  %s: Partner Center %s, CRM %s: %s%s%n", line(row.path("field")),
                        line(row.path("partnerCenter")), line(row.path("crm")),
                        line(row.path("words")), row.path("rule").isNull() ? "" : " (" + row.path("rule").path("file")
                        .asText() + " line " + row.path("rule").path("line") + ")");
            }
        }

        @Override
        boolean needsPerson(JsonNode answer) {
            return answer.findValues("faults").stream().anyMatch(faults -> !faults.isEmpty());
        }
    }

    @Command(name = "parked", description = "Lists what is parked, one line a cause with its code and remedy; with "
            + "--retry has all of it looked at again.")
    static final class Parked extends AskCommand {
        @Option(names = "--retry", description = "Has all parked records looked at again.")
        boolean retry;

        @Override
        JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
            JsonNode parked = running.get("/api/issues");
            return !retry || parked.path("count").asInt() == 0 ? parked
                    : running.post("/api/issues/retry", "{\"all\":true}");
        }

        @Override
        void tell(JsonNode answer, PrintWriter out) {
            if (answer.has("sentence")) {
                out.println(line(answer.path("sentence")));
                return;
            }
            out.println(answer.path("count").asInt() == 0 ? "Nothing is parked." : answer.path("count") + " parked");
            answer.path("groups").forEach(group -> issue(group, out));
        }

        private static void issue(JsonNode group, PrintWriter out) {
            String about = group.path("about").asText();
            out.printf("%6s  %s  %s%s (first %s, last %s)%n", group.path("count"), line(group.path("code")),
                    about.isEmpty() ? "" : line(group.path("about")) + ": ", line(group.path("reason")),
                    Ago.of(group.path("first").asText()), Ago.of(group.path("last").asText()));
            if (!group.path("remedy").asText().isEmpty()) {
                out.println("        " + line(group.path("remedy")));
            }
        }

        @Override
        boolean needsPerson(JsonNode answer) {
            return answer.path("count").asInt() > 0;
        }
    }

    /** Does something, and is answered in one sentence. */
    private abstract static class Act extends AskCommand {
        @Override
        void tell(JsonNode answer, PrintWriter out) {
            out.println(line(answer.path("sentence")));
        }

        @Override
        boolean needsPerson(JsonNode answer) {
            return false;
        }
    }

    /** Does it for one deal. */
    private abstract static class ActOnDeal extends Act {
        private final String what;

        @Parameters(paramLabel = "ID",
                description = "Id of the referral or of the record in the CRM, in any usual spelling.")
        String id;

        ActOnDeal(String what) {
            this.what = what;
        }

        @Override
        JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
            return running.post("/api/deals/" + Running.part(id) + "/" + what, JsonNodeFactory.instance.objectNode()
                    .toString());
        }
    }

    @Command(name = "approve",
            description = "Lets everything go that is held back for a deal because it cannot be taken back.")
    static final class Approve extends ActOnDeal {
        Approve() {
            super("approve");
        }
    }

    @Command(name = "forget",
            description = "Erases what is kept of the people of a deal or lead: texts, names, and values of what is"
                    + " synced no more.")
    static final class Forget extends ActOnDeal {
        Forget() {
            super("forget");
        }
    }

    @Command(name = "release",
            description = "Lets everything go that waits because the brake has stopped a direction of a CRM.")
    static final class Release extends Act {
        @Parameters(index = "0", paramLabel = "CRM", description = "Name of the CRM, as in the settings.")
        String crm;

        @Parameters(index = "1", paramLabel = "DIRECTION", description = "to-crm or to-partner-center.")
        String direction;

        @Override
        JsonNode ask(Running running) throws Running.Unanswered, InterruptedException {
            return running.post("/api/release", JsonNodeFactory.instance.objectNode().put("crm", crm)
                    .put("direction", direction).toString());
        }
    }
}
