package dev.cosell.verbs;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The CRM's record of a referral as it was read: a lead or an opportunity. */
public interface CrmRecord extends SystemRecord {
    @Override
    CrmRecordView view();

    /** See {@link CrmRecordView#readOnly}. */
    default boolean isReadOnly() {
        return view().readOnly(fields());
    }

    /** What stands in the Referral Identifier, as it was typed; null when nothing does. */
    default String referralId() {
        return view().referralId(fields());
    }

    /** The Audit text; empty when there is none. */
    default String audit() {
        return view().audit(fields());
    }

    /** See {@link CrmRecordView#computed}. */
    default String computed(String field) {
        return view().computed(fields(), field);
    }

    /** The same for the first of several fields that has a reason; null when all can be written. */
    default String computed(List<String> fields) {
        return fields.stream().map(this::computed).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** See {@link CrmRecordView#decimals}. */
    default int decimals() {
        return view().decimals(fields());
    }

    /** The update of this record at the version that was read; null when the patch changes nothing. */
    default Writes.Update update(Map<String, Object> patch) {
        return patch.isEmpty() ? null : new Writes.Update(id(), version(), patch, fields());
    }
}
