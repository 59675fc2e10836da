package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Deals, leads and their table for tests of the decision alone. */
public final class PlainDeals {
    public static final ReferralRules REFERRALS = new PlainReferrals();
    public static final CrmView CRM = new PlainCrm();
    public static final CrmRecordView LEADS = new PlainLeads();
    public static final CompiledTable TABLE = table("""
            Amount      | details.dealValue      | money | create, update | create, update | crm wins
            Description | details.notes          | text  | create, update | create, update | newest wins
            Currency    | details.currency       | code  | create, update | create, update | park
            Name        | name                   | text  | create         | create, update | crm wins
            Stage       | status + substatus     | stage | create, update | update         | partner-center wins
            """);

    public static final CompiledTable LEAD_TABLE = table("""
            Topic   | name                   | text  | create, update | - | partner-center wins
            Status  | status + substatus     | stage | create, update | - | partner-center wins
            """);
    private static final CompiledTable ACCOUNT = table("customerProfile",
            "Name | name | text | create | create | crm wins");
    private static final CompiledTable CONTACT = table("customerProfile.team",
            "LastName | lastName | text | create | create | crm wins");
    public static final CrmSide SIDE = side(TABLE);
    public static final Breaker BREAKER = new Breaker(3, Duration.ofMinutes(10));

    private PlainDeals() {}

    /** The CRM with that table of deals; it is the one whose record ids stand in referrals. */
    public static CrmSide side(CompiledTable deals) {
        return new CrmSide(CRM, new CrmMapping(deals, ACCOUNT, CONTACT, LEAD_TABLE, null, null, "m1"), true,
                Stops.NONE);
    }

    public static Decider decider(ReferralRules rules, LeadMode leads) {
        return new Decider(rules, leads, BREAKER, new CheckMark(true));
    }

    public static Decision decide(Pair pair) {
        return decider(REFERRALS, LeadMode.OFF).decide(pair, SIDE, TimeRules.USUAL.at(Instant.EPOCH));
    }

    public static Explanation explain(Pair pair) {
        return decider(REFERRALS, LeadMode.OFF).explain(pair, SIDE, TimeRules.USUAL.at(Instant.EPOCH));
    }

    public static Pair pair(Map<String, Agreed> agreed, Map<String, Object> referral, Map<String, Object> opportunity) {
        return pair(hint("crm"), agreed == null ? null : link(agreed), referral, opportunity);
    }

    /** @param referral null for none, as is the opportunity */
    public static Pair pair(Hint hint, Link link, Map<String, Object> referral, Map<String, Object> opportunity) {
        return new Pair("crm", hint, link, Referral.of(referral, REFERRALS), Opportunity.of(opportunity, CRM),
                List.of());
    }

    public static Referral known(Map<String, Object> referral) {
        return new Referral(referral, REFERRALS);
    }

    public static Opportunity shown(Map<String, Object> opportunity) {
        return new Opportunity(opportunity, CRM);
    }

    public static Hint hint(String system) {
        return new Hint(system, system.equals("crm") ? "crm-1" : "r1", null, Hint.Origin.WEBHOOK);
    }

    public static Link link(Map<String, Agreed> agreed) {
        return Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed)).at("v1", "v1");
    }

    public static Map<String, Agreed> agreed(String... rowsAndValues) {
        Map<String, Agreed> agreed = new HashMap<>();
        for (int i = 0; i < rowsAndValues.length; i += 2) {
            Object normal = TABLE.rows().stream().filter(rowNamed(rowsAndValues[i])).findFirst().orElseThrow()
                    .normalCrm(Value.of(rowsAndValues[i + 1]));
            agreed.put(rowsAndValues[i], Agreed.on(normal, normal));
        }
        return agreed;
    }

    private static Predicate<Row> rowNamed(String name) {
        return row -> row.name().equals(name);
    }

    public static Map<String, Agreed> agreedStatus(String status, String substatus, String stage) {
        Row row = TABLE.rows().stream().filter(rowNamed("Stage")).findFirst().orElseThrow();
        Map<String, Agreed> agreed = new HashMap<>();
        agreed.put("Stage",
                Agreed.on(row.normalReferral(Value.of(List.of(status, substatus))), row.normalCrm(Value.of(stage))));
        return agreed;
    }

    public static Map<String, Object> referral(Map<String, Object> details) {
        Map<String, Object> referral = new LinkedHashMap<>();
        referral.put("id", "r1");
        referral.put("eTag", "\"1\"");
        referral.put("status", "Active");
        referral.put("substatus", "Accepted");
        referral.put("externalReferenceId", "crm-1");
        referral.put("details", details);
        return referral;
    }

    public static Map<String, Object> opportunity(Map<String, Object> fields) {
        Map<String, Object> opportunity = new LinkedHashMap<>();
        opportunity.put("Id", "crm-1");
        opportunity.put("Sync", true);
        opportunity.put("ReferralId", "r1");
        opportunity.put("Stage", "Open");
        opportunity.putAll(fields);
        return opportunity;
    }

    private static CompiledTable table(String rows) {
        return table("", rows);
    }

    private static CompiledTable table(String within, String rows) {
        FieldTable table = new FieldTable();
        table.setWithin(within);
        table.setRows(rows);
        ValueMap stages = new ValueMap();
        stages.setValues("""
                New/Pending     = On Hold
                Active/Accepted = Open
                Closed/Won      = Closed Won
                Closed/Lost     = Closed Lost
                """);
        return table.compile("test", Map.of("stage", stages));
    }

    public static Link other(LinkState state) {
        return Link.of("crm", Ends.deal("other-referral", null, "crm-other")).with(Standing.of(state, null));
    }

    /** A CRM's lead, small enough to be seen through. */
    private static final class PlainLeads implements CrmRecordView {
        @Override
        public String system() {
            return "crm";
        }

        @Override
        public String id(Map<String, Object> lead) {
            return (String) lead.get("Id");
        }

        @Override
        public String version(Map<String, Object> lead) {
            return String.valueOf(lead.get("Version"));
        }

        @Override
        public boolean readOnly(Map<String, Object> lead) {
            return Boolean.TRUE.equals(lead.get("Converted"));
        }

        @Override
        public String referralIdField() {
            return "ReferralId";
        }

        @Override
        public String auditField() {
            return "Audit";
        }

        @Override
        public int auditLength() {
            return 1000;
        }
    }
}
