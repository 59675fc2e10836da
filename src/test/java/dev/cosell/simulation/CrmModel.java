package dev.cosell.simulation;

import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Writes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A CRM in memory. */
abstract class CrmModel extends Model {
    final CrmView view;
    /** Of stored states, which never change. */
    private final Map<Map<String, Object>, String> versions = new IdentityHashMap<>();
    private int last;

    private CrmModel(CrmView view, World world, long skew) {
        super(view.system(), world, skew);
        this.view = view;
    }

    static CrmModel of(CrmView view, World world, long skew) {
        return view.system().equals("salesforce") ? new Salesforce(view, world, skew)
                : new Dynamics(view, world, skew);
    }

    abstract String id(int number);

    /** Whether a closed record takes no change but its reopening. */
    abstract boolean locks();

    /** Whether the condition of a write finds the record as it was read. */
    boolean looksUnchanged(Map<String, Object> now, Writes.Update update) {
        return version(now).equals(update.version());
    }

    String nextId() {
        return id(++last);
    }

    Map<String, Object> blank(String id) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(system.equals("salesforce") ? "Id" : "opportunityid", id);
        record.put(syncField(), true);
        record.put("account", Map.of(system.equals("salesforce") ? "Name" : "name", "Tidewater Ltd"));
        record.put(accountField(), "account 1");
        record.put("solutions", List.of());
        status(record, Status.OPEN);
        return record;
    }

    abstract String accountField();

    String syncField() {
        return view.connectorFields().syncField();
    }

    boolean isSwitchedOn(Map<String, Object> record) {
        return view.syncWanted(record);
    }

    @Override
    String version(Map<String, Object> record) {
        return versions.computeIfAbsent(record, view::version);
    }

    @Override
    Object read(Map<String, Object> record, Field field) {
        return record.get(field.in(system));
    }

    @Override
    void put(Map<String, Object> record, Field field, Object value) {
        record.put(field.in(system), value);
    }

    private static final class Salesforce extends CrmModel {
        private Salesforce(CrmView view, World world, long skew) {
            super(view, world, skew);
        }

        @Override
        String id(int number) {
            return "0068d" + digits(number, 10) + "AAA";
        }

        @Override
        boolean locks() {
            return false;
        }

        @Override
        String accountField() {
            return "AccountId";
        }

        @Override
        Map<String, Object> blank(String id) {
            Map<String, Object> record = super.blank(id);
            record.put("CurrencyIsoCode", "GBP");
            record.put("Referral_Visibility__c", "Private");
            return record;
        }

        /** Stamps of Salesforce tell seconds. */
        @Override
        void stamp(Map<String, Object> record, long number, Instant at) {
            record.put("SystemModstamp", at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000+0000"));
        }

        /**
         * The stamp of seconds, what people change most, what is written, and the Audit text, which the product alone
         * writes: it knows on what it has written. It compares no other long text, so an edit of one that is about to
         * be written may be overwritten (docs/faults.md); people of this world are spared that.
         */
        @Override
        boolean looksUnchanged(Map<String, Object> now, Writes.Update update) {
            if (update.current() == null || !update.version().startsWith(String.valueOf(now.get("SystemModstamp")))) {
                return super.looksUnchanged(now, update);
            }
            Set<String> compared = new HashSet<>(List.of("StageName", "CurrencyIsoCode", "CloseDate", "Amount"));
            compared.add(syncField());
            compared.addAll(update.patch().keySet());
            compared.add(view.connectorFields().auditField());
            return compared.stream().allMatch(name -> Objects.equals(now.get(name), update.current().get(name)));
        }

        @Override
        Status status(Map<String, Object> record) {
            return switch (String.valueOf(record.get("StageName"))) {
                case "Closed Won" -> Status.WON;
                case "Closed Lost" -> Status.LOST;
                case "On Hold" -> Status.NEW;
                default -> Status.OPEN;
            };
        }

        @Override
        void status(Map<String, Object> record, Status status) {
            record.put("StageName", switch (status) {
                case NEW -> "On Hold";
                case OPEN -> "Qualification";
                case WON -> "Closed Won";
                case LOST -> "Closed Lost";
            });
        }
    }

    private static final class Dynamics extends CrmModel {
        private Dynamics(CrmView view, World world, long skew) {
            super(view, world, skew);
        }

        @Override
        String id(int number) {
            return "d0000000-0000-4000-8000-" + digits(number, 12);
        }

        @Override
        boolean locks() {
            return true;
        }

        @Override
        String accountField() {
            return "_parentaccountid_value";
        }

        @Override
        Map<String, Object> blank(String id) {
            Map<String, Object> record = super.blank(id);
            record.put("transactioncurrencyid", "GBP");
            record.put("cosell_referralvisibility", 727000000);
            return record;
        }

        @Override
        void stamp(Map<String, Object> record, long number, Instant at) {
            record.put("@odata.etag", "W/\"" + number + "\"");
            record.put("modifiedon", at.truncatedTo(ChronoUnit.SECONDS).toString());
        }

        @Override
        Status status(Map<String, Object> record) {
            return switch (((Number) record.get("statecode")).intValue()) {
                case 1 -> Status.WON;
                case 2 -> Status.LOST;
                default -> ((Number) record.get("statuscode")).intValue() == 2 ? Status.NEW : Status.OPEN;
            };
        }

        @Override
        void status(Map<String, Object> record, Status status) {
            List<Integer> codes = switch (status) {
                case NEW -> List.of(0, 2);
                case OPEN -> List.of(0, 1);
                case WON -> List.of(1, 3);
                case LOST -> List.of(2, 4);
            };
            record.put("statecode", codes.get(0));
            record.put("statuscode", codes.get(1));
        }
    }
}
