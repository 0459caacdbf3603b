//! Days and civil dates of the proleptic Gregorian calendar, which Python's `datetime` and protobuf share.

use super::Time;

/// 0001-01-01T00:00:00Z, the first instant that `Timestamp` and `datetime` allow.
pub const FIRST_SECOND: i64 = -62_135_596_800;
/// 9999-12-31T23:59:59Z, the last.
pub const LAST_SECOND: i64 = 253_402_300_799;
const SECONDS_A_DAY: i64 = 86_400;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub microsecond: u32,
}

/// The UTC date and time of a timestamp, or `None` outside of years 1 to 9999 or of [0, 10^9) nanoseconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
pub fn civil(time: Time) -> Option<Civil> {
    if !(FIRST_SECOND..=LAST_SECOND).contains(&time.seconds) || !(0..1_000_000_000).contains(&time.nanos) {
        return None;
    }
    let days = time.seconds.div_euclid(SECONDS_A_DAY);
    let second = time.seconds.rem_euclid(SECONDS_A_DAY);
    let (year, month, day) = date_of(days);
    Some(Civil {
        year: year as i32,
        month: month as u8,
        day: day as u8,
        hour: (second / 3600) as u8,
        minute: (second / 60 % 60) as u8,
        second: (second % 60) as u8,
        microsecond: (time.nanos / 1000) as u32,
    })
}

/// Days from 1970-01-01 to a date. Howard Hinnant's `days_from_civil`, for years from 1 on.
pub fn days_since_epoch(year: i32, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Howard Hinnant's `civil_from_days`.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl Civil {
    /// As `datetime.isoformat()` writes an aware UTC datetime.
    pub fn iso(&self) -> String {
        let Self { year, month, day, hour, minute, second, microsecond } = self;
        let fraction = if *microsecond == 0 { String::new() } else { format!(".{microsecond:06}") };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}+00:00")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_comes_back() {
        for days in FIRST_SECOND / SECONDS_A_DAY..=LAST_SECOND / SECONDS_A_DAY {
            let (year, month, day) = date_of(days);
            let back = days_since_epoch(year.try_into().unwrap(), month.try_into().unwrap(), day.try_into().unwrap());
            assert_eq!(back, days);
        }
    }

    #[test]
    fn known_instants() {
        let at = |seconds, nanos| civil(Time { seconds, nanos }).map(|civil| civil.iso());
        assert_eq!(at(0, 0).as_deref(), Some("1970-01-01T00:00:00+00:00"));
        assert_eq!(at(-1, 500_000_000).as_deref(), Some("1969-12-31T23:59:59.500000+00:00"));
        assert_eq!(at(FIRST_SECOND, 0).as_deref(), Some("0001-01-01T00:00:00+00:00"));
        assert_eq!(at(LAST_SECOND, 999_999_999).as_deref(), Some("9999-12-31T23:59:59.999999+00:00"));
        assert_eq!(at(LAST_SECOND + 1, 0), None);
        assert_eq!(at(0, -1), None);
    }
}
