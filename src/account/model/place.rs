//! Where to go after signing in.

/// The longest address that is carried.
const LONGEST: usize = 2000;

/// Whether this is a path on our own site: one slash at the start, nothing that a browser might read as another host, no
/// control characters, and not the way in or out itself.
#[must_use]
pub fn same_site(path: &str) -> bool {
    // Browsers read a backslash as a slash and skip tabs and line breaks: "/\host" and "/\t/host" would leave the site.
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    let is_clean = !path.chars().any(|c| c.is_control() || c.is_whitespace()) && path.len() <= LONGEST;
    let door = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    is_ours && is_clean && door != super::super::urls::SIGN_IN && door != super::super::urls::SIGN_OUT
}

/// The path, or home when it is not ours.
#[must_use]
pub fn or_home(path: &str) -> &str {
    if same_site(path) { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_lead_back() {
        for path in ["/", "/ho-so/7", "/ho-so/7?tab=2#phan-1", "/nam/2024", "/a//b"] {
            assert!(same_site(path), "{path}");
        }
        for path in [
            "",
            "ho-so",
            "//example.org",
            "///example.org",
            "/\\example.org",
            "\\\\example.org",
            "https://example.org",
            "javascript:alert(1)",
            "/\t/example.org",
            "/\n/example.org",
            "/ /example.org",
            " /ho-so",
            "/a\\..\\b",
            "/\u{0}",
            "/dang-nhap",
            "/dang-nhap?ve=/",
            "/dang-xuat",
            "/dang-xuat/",
        ] {
            assert!(!same_site(path), "{path:?}");
        }
        assert!(!same_site(&format!("/{}", "a".repeat(LONGEST))));
        assert_eq!(or_home("//example.org"), "/");
        assert_eq!(or_home("/ho-so/7"), "/ho-so/7");
    }
}
