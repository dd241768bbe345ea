package dev.fogline.policies.privacy;

import java.time.YearMonth;

final class Calendar {
    private Calendar() {}

    /** Whether the Gregorian calendar has this day. */
    static boolean exists(int year, int month, int day) {
        return month >= 1 && month <= 12 && YearMonth.of(year, month).isValidDay(day);
    }
}
