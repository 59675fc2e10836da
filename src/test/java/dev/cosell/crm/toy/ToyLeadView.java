package dev.cosell.crm.toy;

import dev.cosell.verbs.CrmRecordView;
import java.util.Map;

/** The toy CRM has no leads: the setting {@code leads} stays off with it. */
final class ToyLeadView implements CrmRecordView {
    private final ToyView view = new ToyView();

    @Override
    public String system() {
        return view.system();
    }

    @Override
    public String id(Map<String, Object> lead) {
        return view.id(lead);
    }

    @Override
    public String version(Map<String, Object> lead) {
        return view.version(lead);
    }

    @Override
    public boolean readOnly(Map<String, Object> lead) {
        return false;
    }

    @Override
    public String referralIdField() {
        return view.referralIdField();
    }

    @Override
    public String auditField() {
        return view.connectorFields().auditField();
    }

    @Override
    public int auditLength() {
        return view.auditLength();
    }
}
