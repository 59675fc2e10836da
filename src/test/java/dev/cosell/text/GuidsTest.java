package dev.cosell.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidsTest {
    private static final String ID = "0a1b2c3d-0000-4abc-8def-00000000c05e";

    @ParameterizedTest
    @ValueSource(strings = {ID, "{" + ID + "}", " {" + ID + "}\n", "0A1B2C3D-0000-4ABC-8DEF-00000000C05E",
            "{ 0A1B2C3D-0000-4ABC-8DEF-00000000C05E }",
            "0a1b2c3d00004abc8def00000000c05e"})
    void readsEveryUsualSpelling(String text) {
        assertThat(Guids.read(text)).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "REF-123", "0a1b2c3d-0000-4abc-8def-00000000c05", ID + "0", ID + " " + ID,
            "0a1b2c3d-00004abc-8def-00000000c05e"})
    void readsNothingElse(String text) {
        assertThat(Guids.read(text)).isNull();
        assertThat(Guids.readRecord(text)).isNull();
        assertThat(Guids.read(null)).isNull();
    }

    @Test
    void readsTheRecordOfAnAddressAndEveryGuidInOne() {
        String address = "https://example.crm.dynamics.com/main.aspx?appid=11111111-2222-4333-8444-555555555555&etn=opportunity&id="
                + ID;
        assertThat(Guids.readRecord(address)).isEqualTo(ID);
        assertThat(Guids.readRecord(address.replace("&id=" + ID, "&id=%7B" + ID.toUpperCase() + "%7D"))).isEqualTo(ID);
        assertThat(Guids.within(address)).containsExactly("11111111-2222-4333-8444-555555555555", ID);
        assertThat(Guids.within(null)).isEmpty();
    }
}
