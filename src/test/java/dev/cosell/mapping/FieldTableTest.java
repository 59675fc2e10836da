package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldTableTest {
    private static FieldTable table(String rows) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        return table;
    }

    private static Map<String, Converter> beans() {
        ValueMap stage = new ValueMap();
        stage.setValues("Active/Accepted = Qualification, *\nClosed/Won = Closed Won");
        return Map.of("salesforceStage", stage);
    }

    @Test
    void a_row_is_read_as_written() {
        CompiledTable table = table("""
            # comment

            Name             | name               | text(120)       | create         | create, update | newest wins
            StageName        | status + substatus | salesforceStage | create, update | update         | park
            Site__c          | details.currency   | code            | -              | create         | partner-center wins
            """).compile("test", beans());

        Row stage = table.rows().get(1);
        assertThat(stage.name()).isEqualTo("StageName");
        assertThat(stage.referralPaths()).containsExactly("status", "substatus");
        assertThat(List.of(stage.toCrmOnCreate(), stage.toCrmOnUpdate(), stage.toReferralOnCreate(),
                stage.toReferralOnUpdate()))
                .containsExactly(true, true, false, true);
        assertThat(table.rows()).extracting(Row::wins).containsExactly(Wins.NEWEST, Wins.PARK, Wins.PARTNER_CENTER);
        assertThat(table.crmFields()).containsExactly("Name", "StageName", "Site__c");
    }

    /** The table came into force, and then every read of the CRM was refused for a field that is not there. */
    @Test
    void a_field_of_another_record_is_refused_with_where_it_belongs() {
        FieldTable table = table("""
            Owner.Email                  | name          | text | -      | create | crm wins
            Account.Industry             | details.notes | text | -      | create | crm wins
            parentaccountid.industrycode | campaignId    | text | -      | create | crm wins
            """);
        assertThatThrownBy(() -> table.compile("test", beans())).isInstanceOfSatisfying(MappingFault.class,
                fault -> assertThat(fault.faults()).hasSize(3)
                        .anyMatch(each -> each.contains("\"Account.Industry\" in the column CRM field has a point: "
                                + "write a field of the record itself. A field of the account belongs into the account"
                                + " table"))
                        .anyMatch(each -> each.contains("\"parentaccountid.industrycode\" in the column CRM field")));
    }

    @Test
    void the_days_of_a_date_that_stands_in_are_a_number() {
        FieldTable table = table("Close | details.closingDateTime | date(soon) | create | create | crm wins");
        assertThatThrownBy(() -> table.compile("test", beans()))
                .hasMessageContaining("the brackets in \"date(soon)\" must hold a number of days, as in date(90)");
    }

    @Test
    void rich_text_takes_a_number_of_characters_and_one_field_on_each_side() {
        Row row = table("Description | details.notes | richText(2000) | create | create | crm wins")
                .compile("test", beans()).rows().get(0);
        assertThat(row.demand()).isEqualTo(Demand.html(2000));
        FieldTable wrong = table(
                "Notes__c | details.notes + name | richText(long) | create | create | crm wins\nMore__c | "
                        + "details.notes + name | richText | create | create | crm wins");
        assertThatThrownBy(() -> wrong.compile("test", beans()))
                .hasMessageContaining(
                        "the limit in \"richText(long)\" must be a number of characters, as in richText(120)")
                .hasMessageContaining("this converter takes one field on each side, without +");
    }

    @Test
    void every_bad_row_is_named_at_once_with_the_nearest_word() {
        FieldTable table = table("""
            # Salesforce | Partner Center    | converter       | to CRM | to Partner Center | if both changed
            Name         | nam               | text            | create | create            | crm wins
            Amount       | details.dealvalue | mony            | create | crate             | crm win
            StageName    | status            | salesforceStage | create | update            | crm wins
            Name         | dealValue         | text(x)         | create | create            | crm wins
            Close Date   | details.notes     | flag(5)         | create |                   | ask
            Too few      | columns
            Who__c       | team              | salesforceStagee | -     | create            | park
            Home__c      | qualification     | text            | -      | update            | park
            Full__c      | status + substatus | text           | -      | update            | park
            """);

        assertThatThrownBy(() -> table.compile("salesforceFields", beans())).isInstanceOfSatisfying(MappingFault.class,
                fault -> {
                    assertThat(fault).hasMessageStartingWith(
                            "The field table salesforceFields cannot be used:\n  row 2, \"Name ");
                    assertThat(fault.faults().stream().map(sentence -> sentence.replaceFirst(", \".*?\": ", ": "))
                            .toList()).containsExactly(
                                    "row 2: the Partner Center field \"nam\" is unknown or cannot be written by a "
                                            + "table: did you mean \"name\"?",
                                    "row 3: \"crate\" in the column to Partner Center is unknown: did you mean "
                                            + "\"create\"?",
                                    "row 3: \"crm win\" in the column if both changed is unknown: did you mean \"crm "
                                            + "wins\"?",
                                    "row 3: the converter \"mony\" is unknown: did you mean \"money\"?",
                                    "row 4: value line 1, \"Active/Accepted = Qualification, *\": \"Active/Accepted\" "
                                            + "is a value of several Partner Center fields, but the row names one",
                                    "row 4: value line 2, \"Closed/Won = Closed Won\": \"Closed/Won\" is a value of "
                                            + "several Partner Center fields, but the row names one",
                                    "row 5: the limit in \"text(x)\" must be a number of characters, as in text(120)",
                                    "row 5: the CRM field \"Name\" is in row 2 already",
                                    "row 5: the Partner Center field \"dealValue\" is unknown or cannot be written by "
                                            + "a table: did you mean \"details.dealValue\"?",
                                    "row 6: \"Close Date\" in the column CRM field is no field name: write letters, "
                                            + "digits and _, and + between several fields",
                                    "row 6: \"\" in the column to Partner Center is unknown: did you mean \"-\"?",
                                    "row 6: \"ask\" in the column if both changed is unknown: use one of crm wins, "
                                            + "newest wins, park, partner-center wins",
                                    "row 6: the converter \"flag\" takes no limit in brackets: use one of date, "
                                            + "dealName, email, id, lines, people, phone, richText, solutions, text",
                                    "row 7: a row has 6 columns separated by | (CRM field | Partner Center field | "
                                            + "converter | to the CRM | "
                                            + "to Partner Center | if both changed), this one has 2",
                                    "row 8: the converter \"salesforceStagee\" is unknown: did you mean "
                                            + "\"salesforceStage\"?",
                                    "row 8: the Partner Center field \"team\" is unknown or cannot be written by a "
                                            + "table: docs/mapping.md lists those that can be used",
                                    "row 9: Partner Center takes \"qualification\" at creation only: write create "
                                            + "instead of update",
                                    "row 10: this converter takes one field on each side, without +",
                                    "row 10: the Partner Center field \"status\" is in row 4 already");
        });
    }

    @Test
    void a_field_that_is_only_read_may_have_any_name() {
        CompiledTable table = table("Msx__c | trackingInfo.microsoftMsxId | text | create, update | - | park")
                .compile("t", Map.of());
        assertThat(table.newCrmRecord(Map.of("trackingInfo", Map.of("microsoftMsxId", "7-ABC"))))
                .isEqualTo(Map.of("Msx__c", "7-ABC"));
    }

    @Test
    void converters_may_come_from_a_function() {
        assertThat(table("StageName | status + substatus | salesforceStage | create | update | park")
                .compile("t", beans()::get).rows()).hasSize(1);
        assertThatThrownBy(() -> table("Name | name | txt | create | create | park").compile("t", name -> null))
                .hasMessageContaining("did you mean \"text\"?");
    }

    @Test
    void a_table_is_about_a_known_group() {
        FieldTable table = table("Name | name | text | create | create | park");
        table.setWithin("customerProfil");
        assertThatThrownBy(() -> table.compile("t", Map.of()))
                .hasMessageContaining("did you mean \"customerProfile\"?");
        assertThatThrownBy(() -> table("# nothing").compile("t", Map.of())).hasMessageContaining("no rows");
    }
}
