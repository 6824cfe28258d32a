//! The frame around every page: header, places, crumbs, notices, footer. Drawn by `templates/shell/base.html`.
//!
//! A page struct holds `shell: Shell` and its template begins with
//! `{% extends "shell/base.html" %}{% block main %}`. Leaders get the dock of four places under the header;
//! officers (`dense`) get smaller letters and the row of places in the header.

/// Where the shell's own links and forms lead. The nouns that own these addresses must serve them.
pub mod links {
    /// The start page of a seat, or the public page.
    pub const HOME: &str = "/";
    /// Sign in.
    pub const SIGN_IN: &str = "/dang-nhap";
    /// Sign out, by POST.
    pub const SIGN_OUT: &str = "/dang-xuat";
    /// The picker of seats.
    pub const SWITCH_SEAT: &str = "/doi-vai";
    /// Password and sessions of the person.
    pub const ACCOUNT: &str = "/tai-khoan";
}

/// The hidden field that carries the seat for which a form was drawn; posting under another seat is stale.
pub const SEAT_FIELD: &str = "_vai";

/// One place of the dock or of the row of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// One to three words.
    pub label: String,
    /// The address.
    pub href: String,
    /// A name from `static/icons/`; the dock shows it, the row does not.
    pub icon: &'static str,
    /// Whether the page belongs to this place.
    pub current: bool,
}

/// One step of the way from home to this page; the last one has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// The name of the step.
    pub label: String,
    /// The address; `None` for the page itself.
    pub href: Option<String>,
}

/// All that the frame shows. [`Shell::public`] and [`Shell::signed_in`] begin one; the other methods add to it.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The title of the tab, before " · Bình Yên".
    pub title: String,
    /// The name in the header.
    pub brand: String,
    /// The line under the name: the unit whose pages these are.
    pub place: String,
    /// Who is signed in.
    pub person: Option<String>,
    /// In which seat, with its place.
    pub seat: Option<String>,
    /// Whether the person holds another seat to change to.
    pub can_switch_seat: bool,
    /// The year of the cycle on show.
    pub year: Option<i32>,
    /// Where another year is picked; without it the year is plain text.
    pub year_href: Option<String>,
    /// Four places for a leader, at most seven for an officer.
    pub nav: Vec<NavItem>,
    /// Officers: smaller letters, full width, row of places. Leaders: dock, one column.
    pub dense: bool,
    /// Full width also without `dense` (public lists).
    pub wide: bool,
    /// The way here, for depth of two or more.
    pub crumbs: Vec<Crumb>,
    /// What the last action did, shown once.
    pub flash: Option<String>,
    /// The set of rules that the year follows.
    pub ruleset: Option<String>,
    /// The assumed day of a trial copy, such as "25/3/2024".
    pub demo_day: Option<String>,
    /// Whether there is a session.
    pub signed_in: bool,
    /// Identifies the seat in forms; see [`SEAT_FIELD`].
    pub seat_key: String,
}

impl Shell {
    /// A page that needs no session.
    #[must_use]
    pub fn public(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            brand: "Bình Yên".to_owned(),
            place: "An toàn về an ninh, trật tự".to_owned(),
            ..Self::default()
        }
    }

    /// A page of one person in one seat.
    #[must_use]
    pub fn signed_in(
        title: impl Into<String>,
        person: impl Into<String>,
        seat: impl Into<String>,
        seat_key: impl Into<String>,
    ) -> Self {
        Self {
            person: Some(person.into()),
            seat: Some(seat.into()),
            seat_key: seat_key.into(),
            signed_in: true,
            ..Self::public(title)
        }
    }

    /// The name in the header and the line under it.
    #[must_use]
    pub fn of_place(mut self, brand: impl Into<String>, place: impl Into<String>) -> Self {
        self.brand = brand.into();
        self.place = place.into();
        self
    }

    /// The officers' form.
    #[must_use]
    pub fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// Full width for leaders and the public.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The year on show and where to pick another.
    #[must_use]
    pub fn of_year(mut self, year: i32, href: Option<String>) -> Self {
        self.year = Some(year);
        self.year_href = href;
        self
    }

    /// Adds one place.
    #[must_use]
    pub fn place_link(mut self, label: &str, href: impl Into<String>, icon: &'static str) -> Self {
        self.nav.push(NavItem { label: label.to_owned(), href: href.into(), icon, current: false });
        self
    }

    /// Marks the place with that address as the current one.
    #[must_use]
    pub fn at(mut self, href: &str) -> Self {
        for item in &mut self.nav {
            item.current = item.href == href;
        }
        self
    }

    /// Adds one step of the way here.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: Some(href.into()) });
        self
    }

    /// Ends the way here with the page itself.
    #[must_use]
    pub fn here(mut self, label: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: None });
        self
    }

    /// Offers the picker of seats.
    #[must_use]
    pub fn with_seats(mut self) -> Self {
        self.can_switch_seat = true;
        self
    }

    /// What the last action did.
    #[must_use]
    pub fn with_flash(mut self, flash: Option<String>) -> Self {
        self.flash = flash;
        self
    }

    /// The set of rules, named in the footer.
    #[must_use]
    pub fn with_ruleset(mut self, ruleset: impl Into<String>) -> Self {
        self.ruleset = Some(ruleset.into());
        self
    }

    /// Marks a trial copy and its assumed day, already written as 25/3/2024.
    #[must_use]
    pub fn on_demo_day(mut self, day: Option<String>) -> Self {
        self.demo_day = day;
        self
    }

    /// Puts "Lỗi:" before the title when the form is wrong: a reader hears it first after a 422.
    #[must_use]
    pub fn failing(mut self, is_bad: bool) -> Self {
        if is_bad {
            self.title.insert_str(0, "Lỗi: ");
        }
        self
    }

    /// The line under the name. A leader sees the seat there, since the dock leaves no room beside it.
    #[must_use]
    pub fn under_brand(&self) -> &str {
        match &self.seat {
            Some(seat) if !self.dense => seat,
            _ => &self.place,
        }
    }

    /// Whether the text keeps to one readable column.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        !self.dense && !self.wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leader_reads_the_seat_under_the_name_and_an_officer_the_place() {
        let leader = Shell::signed_in("Việc cần làm", "Trần Văn Lựu", "Tổ trưởng Tổ dân phố 7", "s7");
        assert_eq!(leader.under_brand(), "Tổ trưởng Tổ dân phố 7");
        assert!(leader.is_narrow());
        let officer = leader.of_place("Bình Yên", "Phường Phước Long").dense();
        assert_eq!(officer.under_brand(), "Phường Phước Long");
        assert!(!officer.is_narrow());
    }

    #[test]
    fn one_place_is_current() {
        let shell = Shell::public("x").place_link("A", "/a", "house").place_link("B", "/b", "file-text");
        let current: Vec<_> = shell.at("/b").nav.iter().map(|item| item.current).collect();
        assert_eq!(current, [false, true]);
    }

    #[test]
    fn a_wrong_form_is_heard_in_the_title() {
        assert_eq!(Shell::public("Ghi ngày").failing(true).title, "Lỗi: Ghi ngày");
        assert_eq!(Shell::public("Ghi ngày").failing(false).title, "Ghi ngày");
    }
}
