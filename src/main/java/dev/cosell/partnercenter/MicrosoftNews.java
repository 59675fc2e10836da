package dev.cosell.partnercenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Microsoft did, in the words of the Audit field. */
final class MicrosoftNews {
    private MicrosoftNews() {}

    /**
     * @param referral our referral with {@link MicrosoftPart}
     * @param paths    the referral fields of the row that has changed
     * @param before   what the CRM showed so far, in the row's normal form; null for nothing
     * @param now      what it will show
     * @return null when the row is not about Microsoft
     */
    static String of(Map<String, Object> referral, List<String> paths, Object before, Object now) {
        if (paths.contains(MicrosoftPart.STATUS)) {
            return status(referral);
        }
        if (paths.contains(MicrosoftPart.TEAM)) {
            return sellers(lines(before), lines(now));
        }
        return paths.contains(MicrosoftPart.MSX_ID) && now != null
                ? "Microsoft's own number of the deal (MSX id) is " + now : null;
    }

    private static String status(Map<String, Object> referral) {
        String status = String.valueOf(Paths.get(referral, MicrosoftPart.STATUS));
        Object substatus = Paths.get(referral, MicrosoftPart.GROUP + ".substatus");
        String both = substatus == null ? status : status + "/" + substatus;
        Object reason = Paths.get(referral, MicrosoftPart.GROUP + ".statusReason");
        String because = reason == null ? "" : ": " + reason;
        return switch (both) {
            case "New/Pending", "New/Received" -> "Microsoft was asked for help; it has 14 days to answer";
            case "Active/Accepted" -> "Microsoft accepted the deal";
        case "Closed/Declined" -> "Microsoft declined" + (reason == null ? " without a reason" : because)
                + " (our deal is not changed by that)";
        case "Closed/Expired" ->
            "Microsoft did not answer in time, its part of the deal has expired (our deal is not changed by that)";
        case "Closed/Won", "Closed/Lost", "Closed/Error" ->
            "Microsoft closed its part of the deal as " + substatus + because
                    + " (our deal is not changed by that)";
            default -> "Microsoft's part of the deal is now " + both + because;
        };
    }

    private static List<?> lines(Object value) {
        return value instanceof List<?> lines ? lines : value == null ? List.of() : List.of(value);
    }

    private static String sellers(List<?> before, List<?> now) {
        List<String> known = before.stream().map(MicrosoftNews::name).toList();
        List<String> present = now.stream().map(MicrosoftNews::name).toList();
        List<String> news = new ArrayList<>();
        for (Object line : now) {
            String name = name(line);
            if (!known.contains(name)) {
                news.add("Microsoft's seller " + name + " joined");
            } else if (!before.contains(line)) {
                news.add("Microsoft's seller " + name + " has other contact data");
            }
        }
        known.stream().filter(name -> !present.contains(name))
                .forEach(name -> news.add("Microsoft's seller " + name + " left"));
        return news.isEmpty() ? null : String.join("; ", news);
    }

    private static String name(Object line) {
        String text = String.valueOf(line);
        int comma = text.indexOf(", ");
        return comma < 0 ? text : text.substring(0, comma);
    }
}
