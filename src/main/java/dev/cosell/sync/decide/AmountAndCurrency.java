package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Wins;
import dev.cosell.sync.decide.RowFinding.Moved;
import dev.cosell.verbs.CrmRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An amount and its currency of a deal whose two sides differ in both. They say one thing: the amount of one side in
 * the currency of the other is what nobody said, so both go the same way.
 *
 * @param computed whether the CRM works the amount out by itself and takes none
 */
record AmountAndCurrency(RowSides amount, RowSides currency, AgreedValues base, boolean computed) {

    /** Null when the table lacks one of the rows, or both sides show the same in one of them. */
    static AmountAndCurrency differing(CompiledTable table, Referral referral, CrmRecord record, AgreedValues base) {
        Row amount = row(table, referral.view()::isAmount);
        Row currency = row(table, referral.view()::isCurrency);
        if (amount == null || currency == null) {
            return null;
        }
        AmountAndCurrency both = new AmountAndCurrency(RowSides.of(amount, referral, record),
                RowSides.of(currency, referral, record), base,
                record.computed(amount.crmPaths()) != null || record.computed(currency.crmPaths()) != null);
        return both.amount.showTheSame(record.decimals()) || both.currency.showTheSame(record.decimals()) ? null : both;
    }

    /**
     * The same of a deal that is won with another amount than the one that was estimated, in a currency that differs:
     * null when the currency goes its own way.
     */
    static AmountAndCurrency won(CompiledTable table, Pair pair) {
        Row amount = row(table, pair.referral().view()::isAmount);
        Row currency = row(table, pair.referral().view()::isCurrency);
        if (amount == null || currency == null || !currency.toReferralOnUpdate()) {
            return null;
        }
        AmountAndCurrency both = new AmountAndCurrency(RowSides.of(amount, pair.referral(), pair.opportunity()),
                RowSides.of(currency, pair.referral(), pair.opportunity()), pair.agreed(), false);
        return both.currency.showTheSame(pair.opportunity().decimals()) || !both.hasCurrency(Moved.CRM) ? null : both;
    }

    /** Further rows may show the value in fields of the customer's own, and decide nothing. Null for none. */
    private static Row row(CompiledTable table, Predicate<List<String>> paths) {
        List<Row> rows = table.rows().stream().filter(row -> paths.test(row.referralPaths())).toList();
        return rows.stream().filter(Row::toReferralOnUpdate).findFirst()
                .or(() -> rows.stream().filter(Row::toCrmOnUpdate).findFirst())
                .orElse(rows.isEmpty() ? null : rows.get(0));
    }

    /**
     * Which side wins a row because of the other one; {@code NEITHER} when a person has to say. A row that goes that
     * way by itself is not in it, and it is empty when each row goes its own way.
     *
     * @param moved  which side has moved in a row
     * @param policy which side wins a row in which both have; {@code NEITHER} when a person has to say
     */
    Map<Row, Moved> tied(Function<RowSides, Moved> moved, Function<Row, Moved> policy) {
        Moved ofAmount = moved.apply(amount);
        Moved ofCurrency = moved.apply(currency);
        Map<Row, Moved> tied = new HashMap<>();
        if (saysAnything(either(ofAmount, ofCurrency))) {
            Moved winner = winner(ofAmount, ofCurrency, policy);
            if (binds(winner)) {
                put(tied, amount, ofAmount, winner);
                put(tied, currency, ofCurrency, winner);
            }
        }
        return tied;
    }

    private static void put(Map<Row, Moved> tied, RowSides sides, Moved alone, Moved winner) {
        if (alone != winner) {
            tied.put(sides.row(), winner);
        }
    }

    /** What is asked of a person about one of the two rows, when neither side wins. */
    Undecided undecided(Row row, Function<RowSides, Moved> moved) {
        RowSides asked = row == amount.row() ? amount : currency;
        RowSides other = asked == amount ? currency : amount;
        Moved ofOther = moved.apply(other);
        return ofOther == Moved.NEITHER ? new Undecided(row.name(), moved.apply(asked), null, null)
                : new Undecided(row.name(), moved.apply(asked), other.row().name(), ofOther);
    }

    private static Moved either(Moved one, Moved other) {
        return one == Moved.NEITHER || one == other ? other : other == Moved.NEITHER ? one : Moved.BOTH;
    }

    /** A currency that was cleared does not travel, so it makes no other amount out of the other side's. */
    private boolean saysAnything(Moved mover) {
        return mover == Moved.BOTH || mover != Moved.NEITHER && currency.now(mover) != null;
    }

    /** A side without an amount never wins: the currency alone is no news. */
    private Moved winner(Moved ofAmount, Moved ofCurrency, Function<Row, Moved> policy) {
        if (amount.crmNow() == null) {
            return Moved.PARTNER_CENTER;
        }
        Moved mover = either(ofAmount, ofCurrency);
        if (amount.referralNow() == null || computed || mover == Moved.CRM) {
            return Moved.CRM;
        }
        if (mover == Moved.PARTNER_CENTER) {
            return mover;
        }
        boolean both = ofCurrency == Moved.BOTH;
        Moved wins = both && currency.row().wins() == Wins.PARK ? Moved.NEITHER : policy.apply(amount.row());
        boolean alone = ofAmount == Moved.PARTNER_CENTER || ofAmount == Moved.CRM;
        return wins != Moved.NEITHER && both && alone ? ofAmount : wins;
    }

    /** Whether both rows can go the winner's way: one that cannot has a master of its own. */
    private boolean binds(Moved winner) {
        boolean toCrm = amount.row().toCrmOnUpdate() && currency.row().toCrmOnUpdate();
        boolean toReferral = amount.row().toReferralOnUpdate() && currency.row().toReferralOnUpdate();
        return switch (winner) {
            case PARTNER_CENTER -> toCrm && hasCurrency(winner);
            case CRM -> toReferral && hasCurrency(winner);
            default -> toCrm || toReferral;
        };
    }

    /** Nobody has said the one that stands in for a missing one, so it is none as long as nobody changes it. */
    private boolean hasCurrency(Moved side) {
        Agreed agreed = base.of(currency.row());
        Object now = currency.now(side);
        boolean standsIn = agreed != null && (side == Moved.CRM
                ? agreed.referral() == null && Objects.equals(agreed.crm(), now)
                : agreed.crm() == null && Objects.equals(agreed.referral(), now));
        return now != null && !standsIn;
    }
}
