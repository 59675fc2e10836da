package dev.cosell.dynamics;

import dev.cosell.mapping.DateFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the Web API as the records of docs/verbs.md. */
public final class Records {
    static final String ACCOUNT = "account";
    static final String CONTACT = "contact";
    static final String OWNER = "owner";

    static final String CURRENCY_DECIMALS = "currencyDecimals";

    private final DynamicsFields fields;
    private final Currencies currencies;

    private final DateFields dates;

    public Records(DynamicsFields fields, Currencies currencies, DateFields dates) {
        this.dates = dates;
        this.fields = fields;
        this.currencies = currencies;
    }

    /** A row that was read with its account, contact and solution rows. */
    Map<String, Object> record(Map<String, Object> row) {
        Map<String, Object> record = record(row, party(row, "parentaccountid", "customerid_account"),
                party(row, "parentcontactid", "customerid_contact"),
                solutions(row.get(fields.opportunitySolutionsNav())));
        Map<String, Object> owner = columns(record.remove("owninguser"));
        if (owner != null) {
            record.put(OWNER, owner);
        }
        return record;
    }

    /** Who stands in the field for an account or a contact, or else as the potential customer, who may be either. */
    private static Map<String, Object> party(Map<String, Object> row, String own, String customer) {
        return columns(row.get(own) == null ? row.get(customer) : row.get(own));
    }

    /**
     * A row that was read without its related rows.
     *
     * @param account null when there is none
     * @param contact null when there is none
     */
    Map<String, Object> record(Map<String, Object> row, Object account, Object contact, Object solutions) {
        Map<String, Object> record = new LinkedHashMap<>(dates.read(Refusals.row(row, "opportunityid")));
        record.keySet()
                .removeAll(List.of("@odata.context", "parentaccountid", "customerid_account", "parentcontactid",
                        "customerid_contact",
                        fields.opportunitySolutionsNav(), OpportunityColumns.CURRENCY_VALUE));
        Object currency = row.get(OpportunityColumns.CURRENCY_VALUE);
        String code = currency == null ? null : currencies.code((String) currency);
        record.put(OpportunityColumns.CURRENCY, code);
        if (code != null) {
            record.put(CURRENCY_DECIMALS, currencies.decimals(code));
        }
        if (account != null) {
            record.put(ACCOUNT, account);
        }
        if (contact != null) {
            record.put(CONTACT, contact);
        }
        record.put(OpportunityColumns.SOLUTIONS, solutions == null ? List.of() : solutions);
        return record;
    }

    /** The columns of a related row, without annotations; null when there is no row. */
    static Map<String, Object> columns(Object row) {
        if (!(row instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> columns = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (name instanceof String text && text.indexOf('@') < 0) {
                columns.put(text, value);
            }
        });
        return columns;
    }

    private List<Map<String, Object>> solutions(Object rows) {
        List<Map<String, Object>> solutions = new ArrayList<>();
        if (rows instanceof List<?> list) {
            for (Object each : list) {
                Map<?, ?> row = (Map<?, ?>) each;
                Map<String, Object> solution = new LinkedHashMap<>();
                solution.put("id", row.get(fields.solutionIdField()));
                solution.put("name", row.get(fields.solutionNameField()));
                solutions.add(solution);
            }
        }
        return solutions;
    }
}
