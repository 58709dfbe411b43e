//! Where things stand on the one A4. Everything is set as large as fits, down to a size that can
//! still be read; then long texts and lists are cut, and the paper says so and where the rest is.
//! Nothing runs over an edge and nothing lies over anything else.

use super::content::{Content, Item, List, more};
use super::setting::{Part, Phrase};
use crate::render::Colour;
use crate::render::typeface::Weight;

/// Points of an A4.
pub const PAGE: (f32, f32) = (595.28, 841.89);
const LEFT: f32 = 50.0;
const RIGHT: f32 = PAGE.0 - 50.0;
const WIDTH: f32 = RIGHT - LEFT;
const TOP: f32 = 40.0;
const FOOT: f32 = PAGE.1 - 34.0;
/// Sizes that are tried, the largest first.
const SCALES: [f32; 10] = [1.24, 1.18, 1.12, 1.06, 1.0, 0.95, 0.9, 0.86, 0.82, 0.78];
/// More items than a page has lines.
const MOST_ITEMS: usize = 80;
/// More lines than any text has.
const ALL: usize = 10_000;

/// What things look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Black,
    /// Dark enough to be read.
    Grey,
    /// The issuer's.
    Issuer,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagged {
    Title,
    Heading,
    Paragraph,
    /// A paragraph that is the address.
    Address,
    /// What the group around it says.
    Inside,
}

/// Things that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    List,
    Item,
    Label,
    Body,
}

/// A line of a text: where its foot begins.
#[derive(Clone, Debug)]
pub struct Line {
    pub x: f32,
    pub y: f32,
    pub parts: Vec<Part>,
}

/// A thing on the page, in reading order.
#[derive(Clone, Debug)]
pub enum Mark {
    Open(Group),
    Close,
    Text {
        tagged: Tagged,
        lines: Vec<Line>,
        weight: Weight,
        size: f32,
        ink: Ink,
    },
    /// The artwork, in this square.
    Badge {
        x: f32,
        y: f32,
        side: f32,
    },
    /// The QR code, in this square.
    Code {
        x: f32,
        y: f32,
        side: f32,
    },
    /// An ornament: the issuer's colour in this rectangle.
    Bar {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    /// The band of a test certificate behind its text.
    Band {
        y: f32,
        height: f32,
    },
}

/// The page.
#[derive(Debug)]
pub struct Page {
    pub marks: Vec<Mark>,
    pub colour: Colour,
    /// How far down the upper part goes, and where the lower part begins.
    pub body_ends: f32,
    pub foot_begins: f32,
}

/// How much may stand there.
#[derive(Clone, Copy)]
struct Limits {
    scale: f32,
    /// Items of all lists together.
    items: usize,
    /// Facts.
    facts: usize,
    /// Lines of one text.
    lines: usize,
}

/// The largest setting that fits.
pub fn page(content: &Content, colour: Colour) -> Page {
    let all = Limits { scale: 1.0, items: MOST_ITEMS, facts: ALL, lines: 40 };
    let smallest = Limits { scale: SCALES[SCALES.len() - 1], ..all };
    let sizes = SCALES.into_iter().map(|scale| Limits { scale, ..all });
    let short = [6, 3].into_iter().map(|lines| Limits { lines, ..smallest });
    for limits in sizes.chain(short) {
        let page = set(content, colour, limits);
        if page.fits() {
            return page;
        }
    }
    let items = content.lists.iter().map(|list| list.items.len()).sum::<usize>();
    let fewer = |items| set(content, colour, Limits { lines: 3, items, ..smallest });
    let bare = |facts| set(content, colour, Limits { lines: 2, items: 0, facts, ..smallest });
    most_that_fits(items.min(MOST_ITEMS), fewer)
        .or_else(|| most_that_fits(content.facts.len(), bare))
        .unwrap_or_else(|| bare(0))
}

/// The page with the most of something that still fits.
fn most_that_fits(most: usize, page: impl Fn(usize) -> Page) -> Option<Page> {
    let mut best = Some(page(0)).filter(Page::fits)?;
    let (mut fits, mut too_many) = (0, most + 1);
    while too_many - fits > 1 {
        let middle = usize::midpoint(fits, too_many);
        let trial = page(middle);
        if trial.fits() {
            (fits, best) = (middle, trial);
        } else {
            too_many = middle;
        }
    }
    Some(best)
}

impl Page {
    fn fits(&self) -> bool {
        self.body_ends <= self.foot_begins
    }
}

fn set(content: &Content, colour: Colour, limits: Limits) -> Page {
    let mut body = Sheet { marks: Vec::new(), y: TOP, limits, cut: false };
    body.head(content);
    body.holder(content);
    body.lists(content);
    body.facts(content);
    let mut foot = Sheet { marks: Vec::new(), y: 0.0, limits, cut: false };
    foot.foot(content, body.cut);
    // Long notes are cut too; then the sentence must stand there after all.
    if foot.cut && !body.cut {
        foot = Sheet { marks: Vec::new(), y: 0.0, limits, cut: true };
        foot.foot(content, true);
    }
    let begins = FOOT - foot.y;
    foot.marks.iter_mut().for_each(|mark| mark.shift(begins));
    let ends = body.y;
    body.marks.extend(foot.marks);
    Page { marks: body.marks, colour, body_ends: ends + 8.0, foot_begins: begins }
}

impl Mark {
    fn shift(&mut self, down: f32) {
        match self {
            Self::Text { lines, .. } => lines.iter_mut().for_each(|line| line.y += down),
            Self::Badge { y, .. }
            | Self::Code { y, .. }
            | Self::Bar { y, .. }
            | Self::Band { y, .. } => *y += down,
            Self::Open(_) | Self::Close => {}
        }
    }
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    tagged: Tagged,
    weight: Weight,
    size: f32,
    ink: Ink,
    lines: usize,
}

const fn style(tagged: Tagged, weight: Weight, size: f32, ink: Ink) -> Style {
    Style { tagged, weight, size, ink, lines: ALL }
}

impl Style {
    fn at_most(self, lines: usize) -> Self {
        Self { lines, ..self }
    }
}

const PLAIN: Style = style(Tagged::Paragraph, Weight::Regular, 9.6, Ink::Black);
const SMALL: Style = style(Tagged::Paragraph, Weight::Regular, 8.4, Ink::Grey);

struct Sheet {
    marks: Vec<Mark>,
    y: f32,
    limits: Limits,
    /// Whether something was left out.
    cut: bool,
}

impl Sheet {
    fn pt(&self, points: f32) -> f32 {
        points * self.limits.scale
    }

    fn gap(&mut self, points: f32) {
        self.y += self.pt(points);
    }

    /// Sets a text from here down; its size shrinks with the page.
    fn text(&mut self, phrase: &Phrase, style: Style, x: f32, width: f32) {
        self.text_at(phrase, style, self.pt(style.size), x, width);
    }

    fn text_at(&mut self, phrase: &Phrase, style: Style, size: f32, x: f32, width: f32) {
        if phrase.is_empty() {
            return;
        }
        let leading = size * 1.32;
        let set = phrase.set(style.weight);
        let (lines, all) = set.lines(size, width, style.lines.min(self.limits.lines));
        self.cut |= !all || phrase.cut;
        let lines: Vec<Line> = lines
            .into_iter()
            .enumerate()
            .map(|(at, parts)| Line { x, y: self.y + size * 1.05 + leading * at as f32, parts })
            .collect();
        self.y += leading * lines.len() as f32;
        let Style { tagged, weight, ink, .. } = style;
        self.marks.push(Mark::Text { tagged, lines, weight, size, ink });
    }

    /// Sets a text as large as it goes on so many lines, and never cuts it.
    fn large(&mut self, phrase: &Phrase, style: Style, sizes: &[f32], x: f32, width: f32) {
        let set = phrase.set(style.weight);
        let fits = |size: &&f32| set.lines(self.pt(**size), width, style.lines).1;
        let least = sizes.last().copied().unwrap_or(style.size);
        let size = sizes.iter().find(fits).copied().unwrap_or(least);
        self.text_at(phrase, Style { lines: ALL, ..style }, self.pt(size), x, width);
    }

    fn head(&mut self, content: &Content) {
        match &content.test {
            Some(test) => {
                let begins = self.y;
                let at = self.marks.len();
                self.gap(7.0);
                let band = style(Tagged::Paragraph, Weight::Bold, 15.0, Ink::Black);
                self.text(test, band, LEFT + 14.0, WIDTH - 28.0);
                self.gap(7.0);
                self.marks.insert(at, Mark::Band { y: begins, height: self.y - begins });
                self.gap(14.0);
            }
            None => {
                self.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: PAGE.0, height: 9.0 });
            }
        }
        let begins = self.y;
        let side = self.pt(104.0);
        self.marks.push(Mark::Badge { x: LEFT, y: begins, side });
        let (x, width) = (LEFT + side + 20.0, WIDTH - side - 20.0);
        let kind = style(Tagged::Paragraph, Weight::Bold, 11.0, Ink::Issuer);
        self.text(&content.kind, kind, x, width);
        self.gap(2.0);
        let title = style(Tagged::Title, Weight::Bold, 14.0, Ink::Black);
        // Of a title that is longer than a page may show, the rest is elsewhere.
        let sizes = [23.0, 20.0, 17.0, 15.0, 13.0];
        self.large(&content.title, title.at_most(3), &sizes, x, width);
        for note in &content.title_notes {
            self.text(note, SMALL, x, width);
        }
        self.gap(5.0);
        for (label, names) in &content.who {
            let line = label.clone().then(": ", names.clone());
            self.text(&line, PLAIN, x, width);
        }
        self.y = self.y.max(begins + side);
        self.gap(13.0);
    }

    fn holder(&mut self, content: &Content) {
        self.marks.push(Mark::Bar { x: LEFT, y: self.y, width: WIDTH, height: 1.2 });
        self.gap(8.0);
        self.text(&content.holder_label, SMALL, LEFT, WIDTH);
        if content.named {
            let name = style(Tagged::Paragraph, Weight::Bold, 11.0, Ink::Black).at_most(1);
            self.large(&content.holder, name, &[20.0, 17.0, 14.0, 11.0], LEFT, WIDTH);
        } else {
            self.text(&content.holder, PLAIN, LEFT, WIDTH);
        }
        self.gap(9.0);
        self.marks.push(Mark::Bar { x: LEFT, y: self.y, width: WIDTH, height: 1.2 });
        self.gap(10.0);
    }

    fn lists(&mut self, content: &Content) {
        let mut left = self.limits.items;
        for List { heading, items } in &content.lists {
            self.heading(heading);
            let shown = items.len().min(left);
            left -= shown;
            if shown > 0 {
                self.marks.push(Mark::Open(Group::List));
                items.iter().take(shown).for_each(|item| self.item(item));
                self.marks.push(Mark::Close);
            }
            if shown < items.len() {
                self.cut = true;
                for sentence in more(&content.more, items.len() - shown) {
                    self.text(&sentence, PLAIN, LEFT, WIDTH);
                }
            }
            self.gap(9.0);
        }
    }

    fn heading(&mut self, heading: &Phrase) {
        let style = style(Tagged::Heading, Weight::Bold, 11.6, Ink::Issuer);
        self.text(heading, style, LEFT, WIDTH);
        self.gap(2.0);
    }

    fn item(&mut self, item: &Item) {
        let inside = |style: Style| Style { tagged: Tagged::Inside, ..style };
        let indent = 12.0;
        self.marks.push(Mark::Open(Group::Item));
        self.marks.push(Mark::Open(Group::Label));
        let begins = self.y;
        self.text(&Phrase::of("•", None), inside(PLAIN), LEFT, indent);
        self.y = begins;
        self.marks.push(Mark::Close);
        self.marks.push(Mark::Open(Group::Body));
        self.text(&item.text, inside(PLAIN), LEFT + indent, WIDTH - indent);
        self.text(&item.detail, inside(SMALL), LEFT + indent, WIDTH - indent);
        self.marks.push(Mark::Close);
        self.marks.push(Mark::Close);
        self.gap(2.4);
    }

    /// The facts in three columns, filled one after the other and about as long.
    fn facts(&mut self, content: &Content) {
        let count = content.facts.len().min(self.limits.facts);
        self.cut |= count < content.facts.len();
        if count == 0 {
            return;
        }
        let gap = 18.0;
        let width = (WIDTH - 2.0 * gap) / 3.0;
        let facts = &content.facts[..count];
        let heights: Vec<f32> = facts.iter().map(|fact| self.height(fact, width)).collect();
        let highest = columns(&heights);
        self.marks.push(Mark::Open(Group::List));
        let begins = self.y;
        let (mut column, mut ends) = (0.0, begins);
        for (fact, height) in facts.iter().zip(&heights) {
            if self.y > begins && self.y + height > begins + highest + 0.5 && column < 2.0 {
                column += 1.0;
                self.y = begins;
            }
            self.fact(fact, LEFT + column * (width + gap), width);
            ends = ends.max(self.y);
        }
        self.y = ends;
        self.marks.push(Mark::Close);
    }

    fn fact(&mut self, (label, value): &(Phrase, Phrase), x: f32, width: f32) {
        let inside = |style: Style| Style { tagged: Tagged::Inside, ..style };
        self.marks.push(Mark::Open(Group::Item));
        self.marks.push(Mark::Open(Group::Label));
        let label_style = style(Tagged::Inside, Weight::Regular, 7.8, Ink::Grey);
        self.text(label, label_style, x, width);
        self.marks.push(Mark::Close);
        self.marks.push(Mark::Open(Group::Body));
        self.text(value, inside(Style { size: 9.0, ..PLAIN }), x, width);
        self.marks.push(Mark::Close);
        self.marks.push(Mark::Close);
        self.gap(6.0);
    }

    /// How high a fact is in a column of this width.
    fn height(&self, fact: &(Phrase, Phrase), width: f32) -> f32 {
        let mut trial = Sheet { marks: Vec::new(), y: 0.0, limits: self.limits, cut: false };
        trial.fact(fact, 0.0, width);
        trial.y
    }

    /// Status, address and notes beside the QR code.
    fn foot(&mut self, content: &Content, cut: bool) {
        self.marks.push(Mark::Bar { x: LEFT, y: self.y, width: WIDTH, height: 1.2 });
        self.y += 9.0;
        let begins = self.y;
        // Not smaller on a full page: phones must read it from paper.
        let side = 104.0;
        self.marks.push(Mark::Code { x: LEFT, y: begins, side });
        let (x, width) = (LEFT + side + 16.0, WIDTH - side - 16.0);
        let status = style(Tagged::Paragraph, Weight::Bold, 10.4, Ink::Black);
        for sentence in &content.status {
            self.text(sentence, status, x, width);
        }
        self.gap(3.0);
        self.text(&content.check, PLAIN, x, width);
        let address = style(Tagged::Address, Weight::Bold, 9.0, Ink::Black).at_most(1);
        self.large(&content.address, address, &[9.0, 8.4, 7.8, 7.2], x, width);
        self.gap(4.0);
        if cut {
            self.text(&content.shortened, Style { ink: Ink::Black, ..SMALL }, x, width);
        }
        for note in &content.notes {
            self.text(note, Style { size: 7.9, ..SMALL }.at_most(12), x, width);
        }
        self.y = self.y.max(begins + side);
    }
}

/// The least height at which these, in their order, go into three columns.
fn columns(heights: &[f32]) -> f32 {
    let fits = |most: f32| {
        let (mut column, mut filled) = (1, 0.0);
        for height in heights {
            if filled > 0.0 && filled + height > most + 0.5 {
                column += 1;
                filled = 0.0;
            }
            filled += height;
        }
        column <= 3
    };
    let total: f32 = heights.iter().sum();
    let (mut low, mut high) = (total / 3.0, total);
    for _ in 0..24 {
        let middle = f32::midpoint(low, high);
        if fits(middle) { high = middle } else { low = middle }
    }
    high
}
