//! Words and lines: texts in several languages, measured once and broken for any size and width.

use crate::render::typeface::{Typeface, Weight, typeface};
use std::cell::OnceCell;
use std::sync::Arc;

/// A language tag; `None` is the language of the paper.
pub type Tag = Option<Arc<str>>;

/// Most characters of a text that are looked at: more than a sheet has room for.
const MOST: usize = 1500;

/// A text, perhaps of parts in several languages. It is measured once in each weight.
#[derive(Clone, Debug, Default)]
pub struct Phrase {
    pub parts: Vec<(String, Tag)>,
    /// Whether some of it was left out, being longer than any sheet.
    pub cut: bool,
    sets: [OnceCell<Set>; 2],
}

impl Phrase {
    /// A text in one language.
    pub fn of(text: &str, tag: Tag) -> Self {
        let (text, cut) = match text.char_indices().nth(MOST) {
            Some((end, _)) => (shown(text.get(..end).unwrap_or_default()) + " …", true),
            None => (shown(text), false),
        };
        let parts = if text.is_empty() { Vec::new() } else { vec![(text, tag)] };
        Self { parts, cut, ..Self::default() }
    }

    /// The words, measured.
    pub fn set(&self, weight: Weight) -> &Set {
        let place = match weight {
            Weight::Regular => &self.sets[0],
            Weight::Bold => &self.sets[1],
        };
        place.get_or_init(|| Set::new(self, weight))
    }

    /// The same with more behind it.
    pub fn then(mut self, between: &str, other: Self) -> Self {
        if !self.parts.is_empty() && !other.parts.is_empty() && !between.is_empty() {
            self.parts.push((between.to_owned(), None));
        }
        self.parts.extend(other.parts);
        Self { cut: self.cut || other.cut, parts: self.parts, ..Self::default() }
    }

    /// Several with something between them.
    pub fn join(all: impl IntoIterator<Item = Self>, between: &str) -> Self {
        all.into_iter().fold(Self::default(), |before, next| before.then(between, next))
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// All of it without languages.
    pub fn plain(&self) -> String {
        self.parts.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// In the place of characters that the typeface has not.
pub const NOT_SHOWN: &str = "[…]";

/// A text as the typeface can show it. Signs that it lacks are written with others where that is
/// usual; letters of other scripts become [`NOT_SHOWN`]. Controls, among them those that turn the
/// direction of writing, are left out.
pub fn shown(text: &str) -> String {
    let face = typeface(Weight::Regular);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            '→' | '⇒' => out.push_str("->"),
            '←' | '⇐' => out.push_str("<-"),
            '≥' => out.push_str(">="),
            '≤' => out.push_str("<="),
            c if of_ours(c) && face.has(c) => out.push(c),
            _ if out.ends_with(NOT_SHOWN) => {}
            _ => out.push_str(NOT_SHOWN),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether every letter of a text can be shown.
pub fn all_shown(text: &str) -> bool {
    text.contains(NOT_SHOWN) == shown(text).contains(NOT_SHOWN)
}

/// Latin, Greek, Cyrillic, their marks, and the signs that go with them: written from left to right
/// and set letter by letter.
fn of_ours(c: char) -> bool {
    matches!(c,
        ' '..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{1d00}'..='\u{1dff}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2010}'..='\u{2bff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a640}'..='\u{a69f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}' | '\u{fb00}'..='\u{fb06}')
}

/// A word, or a part of one behind which a line may break.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// Its width at size 1.
    width: f32,
    /// Whether it follows the one before without a space.
    glued: bool,
    tag: Tag,
}

/// A text that was measured in a weight.
#[derive(Clone, Debug)]
pub struct Set {
    words: Vec<Word>,
    weight: Weight,
    space: f32,
}

/// A part of a line in one language; with the space behind it, where there is one.
pub type Part = (String, Tag);

impl Set {
    fn new(phrase: &Phrase, weight: Weight) -> Self {
        let face = typeface(weight);
        let mut words = Vec::new();
        let mut open = true;
        for (text, tag) in &phrase.parts {
            open |= text.starts_with(' ');
            for (at, word) in text.split_whitespace().enumerate() {
                let apart = at > 0 || open;
                // An address keeps its identifier whole.
                let breaks: &[char] =
                    if word.contains("://") { &['/'] } else { &['-', '/', '\u{2013}'] };
                for (part, text) in word.split_inclusive(breaks).enumerate() {
                    let glued = part > 0 || !apart;
                    let width = face.width(text, 1.0);
                    words.push(Word { text: text.to_owned(), width, glued, tag: tag.clone() });
                }
            }
            open = text.ends_with(' ');
        }
        Self { words, weight, space: face.width(" ", 1.0) }
    }

    pub fn face(&self) -> &'static Typeface {
        typeface(self.weight)
    }

    /// The lines at this size, none wider than `width`, at most so many; and whether that is all.
    pub fn lines(&self, size: f32, width: f32, most: usize) -> (Vec<Vec<Part>>, bool) {
        let room = width / size;
        let mut lines: Vec<Vec<Word>> = Vec::new();
        let mut line: Vec<Word> = Vec::new();
        let mut filled = 0.0;
        for word in self.words.iter().flat_map(|word| self.fitting(word, room)) {
            let gap = if line.is_empty() || word.glued { 0.0 } else { self.space };
            if !line.is_empty() && filled + gap + word.width > room {
                lines.push(std::mem::take(&mut line));
                filled = word.width;
            } else {
                filled += gap + word.width;
            }
            line.push(word);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        let all = lines.len() <= most;
        if !all {
            lines.truncate(most.max(1));
            if let Some(last) = lines.last_mut() {
                self.dots(last, room);
            }
        }
        // Of a word that goes on in the next line nothing is parted from it.
        let spaces: Vec<bool> = lines
            .iter()
            .skip(1)
            .map(|next| next.first().is_some_and(|word| !word.glued))
            .chain([false])
            .collect();
        (lines.into_iter().zip(spaces).map(|(line, space)| parts(line, space)).collect(), all)
    }

    /// A line that goes on elsewhere ends with dots.
    fn dots(&self, line: &mut Vec<Word>, room: f32) {
        let dots = " …";
        let more = self.face().width(dots, 1.0);
        let width = |line: &[Word]| {
            line.iter()
                .map(|word| word.width + if word.glued { 0.0 } else { self.space })
                .sum::<f32>()
        };
        while line.len() > 1 && width(line) + more > room {
            line.pop();
        }
        let tag = line.last().and_then(|word| word.tag.clone());
        line.push(Word { text: "…".to_owned(), width: more, glued: false, tag });
    }

    /// A word cut so that each part fits into a line.
    fn fitting(&self, word: &Word, room: f32) -> Vec<Word> {
        if word.width <= room {
            return vec![word.clone()];
        }
        let lines = self.face().lines(&word.text, 1.0, room);
        let cut = |(at, text): (usize, String)| {
            let width = self.face().width(&text, 1.0);
            Word { text, width, glued: at > 0 || word.glued, tag: word.tag.clone() }
        };
        lines.into_iter().enumerate().map(cut).collect()
    }
}

/// Neighbours of one language become one part. A line behind which another word comes ends with a
/// space, so that who copies or hears it gets two words.
fn parts(line: Vec<Word>, space: bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for word in line {
        if let Some((text, tag)) = parts.last_mut() {
            if !word.glued {
                text.push(' ');
            }
            if *tag == word.tag {
                text.push_str(&word.text);
                continue;
            }
        }
        parts.push((word.text, word.tag));
    }
    if space && let Some((text, _)) = parts.last_mut() {
        text.push(' ');
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32, most: usize) -> (Vec<String>, bool) {
        let phrase = Phrase::of(text, None);
        let (lines, all) = phrase.set(Weight::Regular).lines(10.0, width, most);
        (lines.into_iter().map(|l| l.into_iter().map(|(text, _)| text).collect()).collect(), all)
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_too_wide() {
        let text = "Een lange zin met Onderwijs- en opleidingsverstrekkersverantwoordelijkheid, \
                    1/2, ẫ en nog meer.";
        for width in [30.0, 60.0, 100.0, 400.0] {
            let (lines, all) = lines(text, width, 99);
            assert!(all);
            let face = typeface(Weight::Regular);
            assert!(lines.iter().all(|line| face.width(line.trim(), 10.0) <= width * 1.01));
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&lines.concat()), squeezed(text));
        }
    }

    #[test]
    fn what_does_not_fit_ends_with_dots() {
        let (cut, all) = lines(&"woord ".repeat(60), 100.0, 2);
        assert!(!all);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with(" …"), "{cut:?}");
        assert!(typeface(Weight::Regular).width(&cut[1], 10.0) <= 100.0);
    }

    #[test]
    fn other_scripts_are_told_from_ours() {
        for name in ["Zoë Đặng-Łukasiewicz", "Ηλέκτρα", "Любовь", "O’Neill", "İpek Şahin", "Nguyễn"]
        {
            assert!(all_shown(name), "{name}");
            assert_eq!(shown(name), name);
        }
        for name in ["محمد", "דוד", "李小龙", "さくら", "प्रिया", "Anna 李", "😀"]
        {
            assert!(!all_shown(name), "{name}");
        }
        assert_eq!(shown("a\u{202e}b\u{0}c\td \u{ad}e ≥ 3 → 李小 x"), "abc d e >= 3 -> […] x");
    }

    #[test]
    fn parts_keep_their_language() {
        let phrase = Phrase::of("Niveau", None).then(" / ", Phrase::of("Level", Some("en".into())));
        let (lines, _) = phrase.set(Weight::Regular).lines(10.0, 500.0, 1);
        assert_eq!(
            lines,
            [vec![("Niveau / ".to_owned(), None), ("Level".to_owned(), Some("en".into()))]]
        );
    }
}
