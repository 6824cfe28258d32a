//! The filters that templates call; the door of this folder says how. Each only passes its values on.
#![allow(
    missing_docs,
    reason = "askama::filter_fn makes a struct with methods of each filter and drops its doc comment; the comments stay for readers"
)]

use askama::{Result, Values};
use chrono::{DateTime, Utc};

use super::{CivilDay, Leaf, TimeLeft, Whole, dates, deadlines, numbers};

/// A value, or a reference to one however deep: what a template hands over depends on whether its field is a reference.
pub trait Value<V> {
    /// The value itself.
    fn value(&self) -> V;
}

impl Value<DateTime<Utc>> for DateTime<Utc> {
    fn value(&self) -> DateTime<Utc> {
        *self
    }
}

impl Value<f64> for f64 {
    fn value(&self) -> f64 {
        *self
    }
}

impl<V, T: Value<V> + ?Sized> Value<V> for &T {
    fn value(&self) -> V {
        (**self).value()
    }
}

/// `{{ date|day }}`: "25/3/2024".
#[askama::filter_fn]
pub fn day<T: CivilDay>(at: T, _: &dyn Values) -> Result<String> {
    Ok(dates::day(at))
}

/// `{{ date|day_long }}`: "thứ Bảy 30/3/2024".
#[askama::filter_fn]
pub fn day_long<T: CivilDay>(at: T, _: &dyn Values) -> Result<String> {
    Ok(dates::day_long(at))
}

/// `{{ date|day_short(today) }}`: "thứ Bảy 30/3", with the year when it is not this one.
#[askama::filter_fn]
pub fn day_short<T: CivilDay, U: CivilDay>(at: T, _: &dyn Values, today: U) -> Result<String> {
    Ok(dates::day_short(at, today))
}

/// `{{ date|weekday }}`: "thứ Bảy".
#[askama::filter_fn]
pub fn weekday<T: CivilDay>(at: T, _: &dyn Values) -> Result<&'static str> {
    Ok(dates::weekday(at))
}

/// `{{ at|moment }}`: "9:14, thứ Ba 26/3/2024".
#[askama::filter_fn]
pub fn moment<T: Value<DateTime<Utc>>>(at: T, _: &dyn Values) -> Result<String> {
    Ok(dates::moment(at.value()))
}

/// `{{ at|clock_time }}`: "9:14".
#[askama::filter_fn]
pub fn clock_time<T: Value<DateTime<Utc>>>(at: T, _: &dyn Values) -> Result<String> {
    Ok(dates::clock_time(at.value()))
}

/// `{{ at|ago(now) }}`: "5 phút trước".
#[askama::filter_fn]
pub fn ago<T: Value<DateTime<Utc>>, U: Value<DateTime<Utc>>>(at: T, _: &dyn Values, now: U) -> Result<String> {
    Ok(dates::ago(at.value(), now.value()))
}

/// `{{ count|number }}`: "1.234".
#[askama::filter_fn]
pub fn number<T: Whole>(n: T, _: &dyn Values) -> Result<String> {
    Ok(numbers::number(n))
}

/// `{{ x|decimal }}`: "89,1".
#[askama::filter_fn]
pub fn decimal<T: Value<f64>>(x: T, _: &dyn Values) -> Result<String> {
    Ok(numbers::decimal(x.value()))
}

/// `{{ n|percent(total) }}`: "89,1%".
#[askama::filter_fn]
pub fn percent<T: Whole, U: Whole>(n: T, _: &dyn Values, total: U) -> Result<String> {
    Ok(numbers::percent(n, total))
}

/// `{{ n|share(total, "hộ") }}`: "312/350 hộ (89,1%), còn 38".
#[askama::filter_fn]
pub fn share<T: Whole, U: Whole, S: AsRef<str>>(n: T, _: &dyn Values, total: U, unit: S) -> Result<String> {
    Ok(numbers::share(n, total, unit.as_ref()))
}

/// `{{ bytes|size }}`: "0,4 MB". A negative size (the database counts in signed numbers) reads as empty.
#[askama::filter_fn]
pub fn size<T: Whole>(bytes: T, _: &dyn Values) -> Result<String> {
    Ok(numbers::size(u64::try_from(bytes.whole()).unwrap_or(0)))
}

/// `{% let left = closes_at|time_left(now) %}`: a [`TimeLeft`].
#[askama::filter_fn]
pub fn time_left<T: Value<DateTime<Utc>>, U: Value<DateTime<Utc>>>(
    closes_at: T,
    _: &dyn Values,
    now: U,
) -> Result<TimeLeft> {
    Ok(deadlines::time_left(closes_at.value(), now.value()))
}

/// `{% let leaf = last_day|leaf %}`: a [`Leaf`].
#[askama::filter_fn]
pub fn leaf<T: CivilDay>(last_day: T, _: &dyn Values) -> Result<Leaf> {
    Ok(deadlines::leaf(last_day))
}

#[cfg(test)]
mod tests {
    use super::CivilDay;
    use crate::web::filters;
    use askama::Template;
    use chrono::{DateTime, NaiveDate, Utc};

    #[derive(Template)]
    #[template(
        ext = "html",
        source = "\
{{ date|day }}; {{ at|day }}; {{ date|day_long }}; {{ date|day_short(now) }}; {{ date|weekday }}
{{ at|moment }}; {{ at|clock_time }}; {{ at|ago(now) }}
{{ signed|number }}; {{ list.len()|number }}; {{ 1234|number }}; {{ mean|decimal }}; {{ list.len()|percent(signed) }}
{{ signed|share(1500, \"hộ\") }}; {{ signed|size }}
{% let left = closes_at|time_left(now) %}{{ left }}; {{ left.tone.class() }}; {{ left.icon }}
{% let leaf = date|leaf %}{{ leaf.month }}; {{ leaf.day }}; {{ leaf.weekday }}
{% for d in days %}{{ d|day }} {% endfor %}{% if let Some(d) = maybe %}{{ d|moment }}{% endif %}"
    )]
    struct Sample<'a> {
        date: NaiveDate,
        at: DateTime<Utc>,
        now: &'a DateTime<Utc>,
        closes_at: DateTime<Utc>,
        signed: i64,
        list: Vec<()>,
        mean: f64,
        days: &'a [NaiveDate],
        maybe: Option<DateTime<Utc>>,
    }

    #[test]
    fn templates_write_what_the_functions_write() {
        let date: NaiveDate = "2024-11-15".parse().unwrap();
        let at: DateTime<Utc> = "2024-11-13T18:14:00Z".parse().unwrap();
        let sample = Sample {
            date,
            at,
            now: &"2024-11-14T02:00:00Z".parse().unwrap(),
            closes_at: "2024-11-15T17:00:00Z".parse().unwrap(),
            signed: 1234,
            list: vec![(); 617],
            mean: 89.14,
            days: &[date, at.civil_day()],
            maybe: Some(at),
        };
        let expected = "\
15/11/2024; 14/11/2024; thứ Sáu 15/11/2024; thứ Sáu 15/11; thứ Sáu
1:14, thứ Năm 14/11/2024; 1:14; 7 giờ trước
1.234; 617; 1.234; 89,1; 50,0%
1.234/1.500 hộ (82,3%), còn 266; 2 KB
Còn 39 giờ; is-soon; clock-alert
Tháng 11; 15; thứ Sáu
15/11/2024 14/11/2024 1:14, thứ Năm 14/11/2024";
        assert_eq!(sample.render().unwrap(), expected);
    }
}

/// `{{ 21|rest(24) }}`: "(87,5%), còn 3": what stands beside a bare count.
#[askama::filter_fn]
pub fn rest<N: Whole, T: Whole>(n: N, _: &dyn Values, total: T) -> Result<String> {
    Ok(numbers::rest(n, total))
}

/// `{{ word|lower }}`: small letters inside a sentence.
#[askama::filter_fn]
pub fn lower<T: std::fmt::Display>(word: T, _: &dyn Values) -> Result<String> {
    Ok(word.to_string().to_lowercase())
}
