//! How a Vietnamese syllable is spelled: an onset, a rime, one tone.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Longest first, so that "ngh" is not read as "n".
pub(super) const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Everything that may follow an onset, without its tone.
pub(super) const RIMES: &str = "\
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oc oe oen oeo oet oi om on ong ooc oong \
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh \
    uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y yêm yên yêng yêt yêu ych yn ynh yt yu";

static RIME_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| RIMES.split_whitespace().collect());

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Whether the word is one Vietnamese syllable, in any case.
pub(super) fn is_one(word: &str) -> bool {
    let mut toneless = String::with_capacity(word.len());
    let mut tone = None;
    for c in word.nfd().flat_map(char::to_lowercase) {
        if TONES.contains(&c) {
            if tone.replace(c).is_some() {
                return false;
            }
        } else {
            toneless.push(c);
        }
    }
    let toneless: String = toneless.nfc().collect();
    let onsets = ONSETS.iter().filter_map(|onset| toneless.strip_prefix(onset));
    // Names of the highlands end in k where the rule writes c: Đắk Lắk.
    let spelled = |rime: &str| RIME_SET.contains(rime) || rime.strip_suffix('k').is_some_and(in_highlands);
    let may_stop = !stops(&toneless) || matches!(tone, None | Some('\u{301}' | '\u{323}'));
    may_stop && onsets.into_iter().any(spelled)
}

fn in_highlands(rime: &str) -> bool {
    RIME_SET.contains(format!("{rime}c").as_str())
}

/// Before p, t, c, ch only the rising and the heavy tone are spoken.
pub(super) fn stops(toneless: &str) -> bool {
    toneless.ends_with(['p', 't', 'c', 'k']) || toneless.ends_with("ch")
}
