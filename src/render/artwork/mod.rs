//! The artwork of a badge, where the institution gave no picture: a shape for each family of
//! certificates, the issuer's colour and initials, title and kind.
//!
//! A shield is recognised prior learning, a hexagon an assessed microcredential, stacked squares a
//! microdegree, an open ring attendance: nobody takes one for another, also without colour. Letters
//! are outlines, so the drawing looks the same everywhere. Deliberately not here: the holder's name,
//! and anything that can change after the issue.

mod shapes;

use super::RenderError;
use super::colour::Colour;
use super::escape;
use super::typeface::{Typeface, Weight, typeface};
use crate::model::CertificateKind;
use crate::profile::CertificateView;
use resvg::{tiny_skia, usvg};
use shapes::{Plan, plan};
use std::fmt::Write;

/// Pixels of a side.
pub const SIDE: u32 = 600;

/// What a badge shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Artwork {
    /// The kind, when it is one of ours.
    pub kind: Option<CertificateKind>,
    /// The kind in words, in the language of the certificate.
    pub kind_label: String,
    /// The title.
    pub title: String,
    /// The name of the issuer.
    pub issuer: String,
    /// The colour.
    pub colour: Colour,
    /// Of a test issuer.
    pub test: bool,
}

impl Artwork {
    /// What the badge of a certificate shows. `label` is its kind in words, `slug` the name of its
    /// issuer in addresses, `colour` what the issuer chose.
    pub fn of(view: &CertificateView, label: &str, slug: &str, colour: Option<&str>) -> Self {
        let body = view.awarding_bodies.first().or(view.issuer.as_ref());
        Self {
            kind: view.kind,
            kind_label: label.to_owned(),
            title: view.title.clone().unwrap_or_default(),
            issuer: body.map(|body| body.name.clone()).unwrap_or_default(),
            colour: colour.and_then(Colour::parse).unwrap_or_else(|| Colour::of(slug)),
            test: view.test,
        }
    }

    /// The badge as a drawing.
    pub fn svg(&self) -> String {
        let bold = typeface(Weight::Bold);
        let plan = plan(self.kind);
        let mut svg = self.opening();
        if self.test {
            // Below the band, so that the band hides nothing.
            svg.push_str("<g transform=\"translate(48 96) scale(0.84)\">");
        }
        plan.shape.draw(&mut svg, self.colour);
        let (ink, paper) = if plan.open {
            (self.colour.to_string(), "#ffffff".to_owned())
        } else {
            ("#ffffff".to_owned(), self.colour.darker(25).to_string())
        };
        self.draw_initials(&mut svg, bold, &ink, &plan);
        self.draw_title(&mut svg, &ink, &plan);
        self.draw_kind(&mut svg, bold, (&ink, &paper), &plan);
        plan.mark.draw(&mut svg, &ink, (plan.middle, plan.mark_at));
        if self.test {
            svg.push_str("</g>");
            draw_test(&mut svg, bold);
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// The badge as pixels.
    pub fn png(&self) -> Result<Vec<u8>, RenderError> {
        let tree = usvg::Tree::from_str(&self.svg(), &usvg::Options::default())
            .map_err(|_| RenderError::Artwork)?;
        let mut pixels = tiny_skia::Pixmap::new(SIDE, SIDE).ok_or(RenderError::Artwork)?;
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
        pixels.encode_png().map_err(|_| RenderError::Artwork)
    }

    /// What who cannot see it is told.
    pub fn about(&self) -> String {
        let test = if self.test { "TEST: " } else { "" };
        format!("{test}{}: {} ({})", self.kind_label, self.title, self.issuer)
    }

    fn opening(&self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\" \
             width=\"{SIDE}\" height=\"{SIDE}\" role=\"img\" aria-labelledby=\"badge-title\">\
             <title id=\"badge-title\">{}</title>",
            escape(&self.about())
        )
    }

    fn draw_initials(&self, svg: &mut String, bold: &Typeface, ink: &str, plan: &Plan) {
        let initials = initials(&self.issuer);
        let (x, y) = (plan.middle, plan.initials);
        if initials.is_empty() || !bold.shows(&initials) {
            return;
        }
        let size = fitting(bold, &initials, plan.initials_width, 104.0);
        path(svg, ink, &bold.outlines(&initials, size, x, y));
        let _ = write!(svg, "<path fill=\"{ink}\" d=\"M{} {}h120v4h-120z\"/>", x - 60.0, y + 26.0);
    }

    fn draw_title(&self, svg: &mut String, ink: &str, plan: &Plan) {
        let regular = typeface(Weight::Regular);
        let title: String = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || !regular.shows(&title) {
            return;
        }
        let (middle, room) = plan.title;
        let most = 300;
        let short: String = title.chars().take(most).collect();
        let (size, lines) = [44.0, 40.0, 36.0, 32.0, 28.0, 25.0, 22.0]
            .into_iter()
            .map(|size| (size, regular.lines(&short, size, plan.title_width)))
            .find(|(size, lines)| lines.len() as f32 * size * 1.25 <= room)
            .unwrap_or_else(|| (22.0, cut(regular, &short, 22.0, plan.title_width, room)));
        let lines = even(regular, &lines.join(" "), size, plan.title_width, lines);
        let height = lines.len() as f32 * size * 1.25;
        for (at, line) in lines.iter().enumerate() {
            let y = middle - height / 2.0 + size * (1.0 + 1.25 * at as f32);
            path(svg, ink, &regular.outlines(line, size, plan.middle, y));
        }
    }

    /// The kind on a ribbon.
    fn draw_kind(&self, svg: &mut String, bold: &Typeface, colours: (&str, &str), plan: &Plan) {
        let label = self.kind_label.to_uppercase();
        if label.is_empty() || !bold.shows(&label) {
            return;
        }
        let (ink, paper) = colours;
        let middle = plan.middle;
        let room = plan.ribbon_width - 44.0;
        let lines = match fitting(bold, &label, room, 26.0) {
            size if size >= 17.0 => vec![(size, label)],
            _ => {
                let lines = bold.lines(&label, 22.0, room);
                let lines = even(bold, &label, 22.0, room, lines);
                lines
                    .into_iter()
                    .take(3)
                    .map(|line| (fitting(bold, &line, room, 22.0), line))
                    .collect()
            }
        };
        let wide = lines.iter().map(|(size, line)| bold.width(line, *size)).fold(0.0, f32::max);
        let (width, height) = (wide + 44.0, 22.0 + 26.0 * lines.len() as f32);
        let (x, y) = (middle - width / 2.0, plan.ribbon - height / 2.0);
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             rx=\"12\" fill=\"{ink}\"/>"
        );
        for (at, (size, line)) in lines.iter().enumerate() {
            let foot = y + 11.0 + 26.0 * (at as f32 + 0.5) + size * 0.357;
            path(svg, paper, &bold.outlines(line, *size, middle, foot));
        }
    }
}

/// The lines that fit, the last one with dots.
fn cut(face: &Typeface, text: &str, size: f32, width: f32, room: f32) -> Vec<String> {
    let most = ((room / (size * 1.25)) as usize).max(1);
    let mut lines = face.lines(text, size, width);
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        while face.width(&format!("{last}…"), size) > width && last.pop().is_some() {}
        last.push('…');
    }
    lines
}

/// The same text on as many lines of even length.
fn even(face: &Typeface, text: &str, size: f32, width: f32, lines: Vec<String>) -> Vec<String> {
    let mut best = lines;
    let words = text.split_whitespace().map(|word| face.width(word, size)).fold(0.0, f32::max);
    let mut narrower = width;
    // Never so narrow that a word breaks which need not.
    while narrower - 12.0 >= words {
        narrower -= 12.0;
        let next = face.lines(text, size, narrower);
        if next.len() > best.len() {
            break;
        }
        best = next;
    }
    best
}

/// The size at which a line fits, at most `size`.
fn fitting(face: &Typeface, text: &str, width: f32, size: f32) -> f32 {
    let wide = face.width(text, size);
    if wide <= width { size } else { size * width / wide }
}

fn path(svg: &mut String, fill: &str, data: &str) {
    let _ = write!(svg, "<path fill=\"{fill}\" d=\"{data}\"/>");
}

/// Black on yellow across the top, on what is no certificate.
fn draw_test(svg: &mut String, bold: &Typeface) {
    svg.push_str(
        "<path fill=\"#ffd400\" stroke=\"#000000\" stroke-width=\"4\" d=\"M2 22h596v72h-596z\"/>",
    );
    for x in [110.0, 300.0, 490.0] {
        path(svg, "#000000", &bold.outlines("TEST", 50.0, x, 76.0));
    }
}

/// Up to three initials of an institution: the words that it writes with a capital.
fn initials(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .take(3)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_words_with_a_capital() {
        for (name, expected) in [
            ("Voorbeeld Hogeschool", "VH"),
            ("Vormingscentrum Voorbeeld vzw", "VV"),
            ("Haute École de la Ville", "HÉV"),
            ("Politechnika Łódzka", "PŁ"),
            ("École Supérieure Jean-Monnet de Liège", "ÉSJ"),
            ("allemaal klein", ""),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
