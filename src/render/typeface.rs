//! The embedded typeface, Noto Sans (`assets/fonts`): what it can show, how wide a text is, its
//! outlines, and where lines break. No font of the system is ever looked for.
//!
//! It has the letters of every language written in Latin, Greek or Cyrillic, with their marks. Of
//! other scripts it has nothing: whoever sets a text asks [`Typeface::shows`] first and says so,
//! since an empty box in the place of a name is worse than no name.

use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Face, UnicodeBuffer};
use std::fmt::Write;
use std::sync::OnceLock;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Bold.ttf");

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A weight of the typeface.
pub(super) struct Typeface {
    face: Face<'static>,
    bytes: &'static [u8],
}

/// The typeface in this weight.
pub(super) fn typeface(weight: Weight) -> &'static Typeface {
    static FACES: [OnceLock<Typeface>; 2] = [const { OnceLock::new() }; 2];
    let (place, bytes) = match weight {
        Weight::Regular => (&FACES[0], REGULAR),
        Weight::Bold => (&FACES[1], BOLD),
    };
    place.get_or_init(|| {
        let face = Face::from_slice(bytes, 0).expect("the font that is compiled in can be read");
        Typeface { face, bytes }
    })
}

impl Typeface {
    /// The file.
    pub fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// Whether there is a letter for this character, in this weight.
    pub fn has(&self, c: char) -> bool {
        self.face.glyph_index(c).is_some()
    }

    /// Whether every character of a text can be shown.
    pub fn shows(&self, text: &str) -> bool {
        text.chars().all(|c| self.has(c))
    }

    fn shaped(&self, text: &str) -> rustybuzz::GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        rustybuzz::shape(&self.face, &[], buffer)
    }

    /// Pixels or points for one unit of the font at this size.
    fn unit(&self, size: f32) -> f32 {
        size / self.face.units_per_em() as f32
    }

    /// How wide a line is at this size.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        let advance: i32 = self.shaped(text).glyph_positions().iter().map(|p| p.x_advance).sum();
        advance as f32 * self.unit(size)
    }

    /// The outlines of a line as data of an SVG path, its middle at `x`, its foot at `y`.
    pub fn outlines(&self, text: &str, size: f32, x: f32, y: f32) -> String {
        let unit = self.unit(size);
        let shaped = self.shaped(text);
        let mut pen = Pen { data: String::new(), x: x - self.width(text, size) / 2.0, y, unit };
        for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let (left, foot) = (pen.x, pen.y);
            pen.x += place.x_offset as f32 * unit;
            pen.y -= place.y_offset as f32 * unit;
            if let Ok(id) = u16::try_from(glyph.glyph_id) {
                self.face.outline_glyph(GlyphId(id), &mut pen);
            }
            (pen.x, pen.y) = (left + place.x_advance as f32 * unit, foot);
        }
        pen.data
    }

    /// Breaks a text into lines no wider than `width`: at spaces, behind hyphens and slashes, and
    /// inside words that alone are too wide.
    pub fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for piece in text.split_whitespace().flat_map(pieces) {
            let longer = if line.is_empty() || piece.glued {
                format!("{line}{}", piece.text)
            } else {
                format!("{line} {}", piece.text)
            };
            if self.width(&longer, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = piece.text.to_owned();
            while let Some((head, rest)) = self.cut(&line, size, width) {
                lines.push(head);
                line = rest;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// The part of a word that fits, and the rest; `None` when all of it fits.
    fn cut(&self, word: &str, size: f32, width: f32) -> Option<(String, String)> {
        if self.width(word, size) <= width {
            return None;
        }
        let mut at = 0;
        for (end, c) in word.char_indices().skip(1) {
            // A mark stays with its letter.
            if ('\u{300}'..='\u{36f}').contains(&c) {
                continue;
            }
            if at > 0 && self.width(word.get(..end)?, size) > width {
                break;
            }
            at = end;
        }
        let (head, rest) = word.split_at_checked(at)?;
        (!head.is_empty() && !rest.is_empty()).then(|| (head.to_owned(), rest.to_owned()))
    }
}

/// A part of a word behind which a line may break.
struct Piece<'a> {
    text: &'a str,
    /// Whether it follows the one before without a space.
    glued: bool,
}

fn pieces(word: &str) -> impl Iterator<Item = Piece<'_>> {
    word.split_inclusive(['-', '/', '\u{2013}'])
        .enumerate()
        .map(|(at, text)| Piece { text, glued: at > 0 })
}

struct Pen {
    data: String,
    x: f32,
    y: f32,
    unit: f32,
}

impl Pen {
    fn write(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (at, (x, y)) in points.iter().enumerate() {
            let (x, y) = (self.x + x * self.unit, self.y - y * self.unit);
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(self.data, "{gap}{x:.1} {y:.1}");
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.write('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.write('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('z');
    }
}
