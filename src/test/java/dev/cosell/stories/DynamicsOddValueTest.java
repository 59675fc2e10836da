package dev.cosell.stories;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the other side cannot take, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsOddValueTest extends OddValueStories {
    @Override
    protected Names names() {
        return new Names("firstname", "lastname", "emailaddress1", "telephone1", "estimatedclosedate");
    }

    @Override
    protected Map<String, Object> contact(Map<String, Object> opportunity) {
        return Api.map(opportunity.get("parentcontactid"));
    }

    @Test
    void a_contact_whose_address_was_left_out_is_named_with_it_when_microsoft_is_asked() {
        toMicrosoft("n/a");
    }

    @Override
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"n/a, -", "Noor <noor@contoso.example>, noor@contoso.example"})
    protected void toPartnerCenter(String typed, String arrives) {
        super.toPartnerCenter(typed, arrives);
    }
}
