package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What a new environment holds: an organisation, its users and its currencies. */
final class Seed {
    static final UUID ORGANIZATION = UUID.fromString("4ef5b371-0000-4000-8000-000000000001");
    static final UUID BUSINESS_UNIT = UUID.fromString("e2b9dd85-0000-4000-8000-000000000001");
    /** The application user that API calls run as. */
    static final UUID APPLICATION = UUID.fromString("75c2dd85-0000-4000-8000-000000000001");
    /** The person that controls act as. */
    static final UUID SELLER = UUID.fromString("75c2dd85-0000-4000-8000-000000000002");

    /** The team that every business unit has from the start, named after it. */
    static final UUID TEAM = UUID.fromString("7ea0dd85-0000-4000-8000-000000000001");

    private Seed() {}

    static void plant(Store store) {
        insert(store, "businessunit", BUSINESS_UNIT, Map.of("name", "contoso", "isdisabled", false));
        user(store, APPLICATION, "# Cosell Sync", "cosell-sync@contoso.example", 4);
        user(store, SELLER, "Sam Seller", "sam.seller@contoso.example", 0);
        insert(store, "team", TEAM,
                Map.of("name", "contoso", "businessunitid", new Ref("businessunit", BUSINESS_UNIT)));
        UUID pounds = currency(store, 1, "GBP", "Pound Sterling", "£", "1", 2);
        currency(store, 2, "USD", "US Dollar", "$", "1.25", 2);
        currency(store, 3, "EUR", "Euro", "€", "1.15", 2);
        currency(store, 4, "JPY", "Yen", "¥", "190", 0);
        currency(store, 5, "KWD", "Kuwaiti Dinar", "KD", "0.4", 3);
        Map<String, Object> organization = new HashMap<>();
        organization.put("name", "contoso");
        organization.put("languagecode", 1033);
        organization.put("expirechangetrackingindays", 7);
        organization.put("basecurrencyid", new Ref("transactioncurrency", pounds));
        insert(store, "organization", ORGANIZATION, organization);
        EventTables.plant(store);
        TimeZones.plant(store);
    }

    private static void user(Store store, UUID id, String name, String mail, int accessMode) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("fullname", name);
        values.put("firstname", name.substring(0, name.lastIndexOf(' ')));
        values.put("lastname", name.substring(name.lastIndexOf(' ') + 1));
        values.put("address1_telephone1", "+44 118 496 0100");
        values.put("internalemailaddress", mail);
        values.put("domainname", mail);
        values.put("azureactivedirectoryobjectid", UUID.fromString("a" + id.toString().substring(1)));
        values.put("isdisabled", false);
        values.put("accessmode", accessMode);
        if (id.equals(APPLICATION)) {
            values.put("applicationid", UUID.fromString("0a11dd85-0000-4000-8000-000000000001"));
        }
        insert(store, "systemuser", id, values);
    }

    private static UUID currency(Store store, int number, String code, String name, String symbol, String rate,
            int decimals) {
        UUID id = UUID.fromString("5c1b0000-0000-4000-8000-00000000000" + number);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("isocurrencycode", code);
        values.put("currencyname", name);
        values.put("currencysymbol", symbol);
        values.put("currencyprecision", decimals);
        values.put("exchangerate", new BigDecimal(rate));
        values.put("statecode", 0);
        insert(store, "transactioncurrency", id, values);
        return id;
    }

    private static void insert(Store store, String table, UUID id, Map<String, Object> values) {
        store.insert(store.schema().named(table), id, Map.copyOf(values));
    }
}
