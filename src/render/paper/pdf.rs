//! Writes the page as PDF: PDF/A-3a and PDF/UA-1 at once, as the writer's own rules check them;
//! tags in reading order, one typeface of which only the letters used are embedded, sRGB, no
//! transparency of text, no script, and the credential as associated file.

use super::Paper;
use super::content::Content;
use super::layout::{Group, Ink, Line, Mark, PAGE, Page, Tagged};
use crate::model::Date;
use crate::render::typeface::{Weight, typeface};
use crate::render::{QrCode, RenderError};
use crate::texts::RenderText;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect, Size};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;
use std::sync::OnceLock;

/// The name of the attached file.
const FILE: &str = "certificate.json";
const MEDIA_TYPE: &str = "application/vc+ld+json";

pub fn write(paper: &Paper<'_>, content: &Content, page: &Page) -> Result<Vec<u8>, RenderError> {
    let mut document = Document::new_with(settings()?);
    document.embed_file(attachment(paper)?).ok_or_else(|| failed("two files of one name"))?;
    document.set_metadata(metadata(paper, content));
    let destination = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(content.name.clone(), destination));
    document.set_outline(outline);

    let code = QrCode::of(paper.address)?;
    let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| failed("no page"))?;
    let mut sheet = document.start_page_with(settings);
    let link = link(page).map(|rect| {
        let target = Target::Action(LinkAction::new(paper.address.to_owned()).into());
        let about = RenderText::QrAbout { address: paper.address }.to(paper.language);
        let link = LinkAnnotation::new(rect, target);
        sheet.add_tagged_annotation(Annotation::new_link(link, Some(about.into_owned())))
    });
    let tree = draw(paper, page, sheet.surface(), code, link)?;
    sheet.finish();
    document.set_tag_tree(tree);
    document.finish().map_err(|error| failed(&format!("{error:?}")))
}

/// Draws the page and gives back its tags.
fn draw(
    paper: &Paper<'_>,
    page: &Page,
    surface: Surface<'_>,
    code: QrCode,
    link: Option<Identifier>,
) -> Result<TagTree, RenderError> {
    let mut writer =
        Writer { surface, open: vec![TagGroup::new(Tag::Section)], paper, page, code, link };
    for mark in &page.marks {
        writer.mark(mark)?;
    }
    let Writer { surface, mut open, .. } = writer;
    surface.finish();
    let mut tree = TagTree::new().with_lang(Some(paper.language.tag().to_owned()));
    tree.push(open.pop().ok_or_else(|| failed("no tags"))?);
    Ok(tree)
}

fn failed(what: &str) -> RenderError {
    RenderError::Paper(what.to_owned())
}

fn settings() -> Result<SerializeSettings, RenderError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| failed(&format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() })
}

/// The signed credential: what this paper was made from.
fn attachment(paper: &Paper<'_>) -> Result<EmbeddedFile, RenderError> {
    let issued = paper.view.issued.map_or(paper.status.on, crate::model::Timestamp::date);
    Ok(EmbeddedFile {
        path: FILE.to_owned(),
        mime_type: Some(MimeType::new(MEDIA_TYPE).ok_or_else(|| failed("media type"))?),
        description: Some(RenderText::AttachedAbout.to(paper.language).into_owned()),
        association_kind: AssociationKind::Source,
        data: paper.credential.to_vec().into(),
        modification_date: Some(midnight(issued)),
        compress: Some(true),
        location: None,
    })
}

fn metadata(paper: &Paper<'_>, content: &Content) -> Metadata {
    let issuer = paper.view.issuer.iter().map(|issuer| issuer.name.clone());
    Metadata::new()
        .title(content.name.clone())
        .authors(issuer.collect())
        .language(paper.language.tag().to_owned())
        .creation_date(midnight(paper.status.on))
        .document_id(paper.address.to_owned())
        .producer("bewijs".to_owned())
}

fn midnight(day: Date) -> DateTime {
    let (year, month, day) = day.parts();
    DateTime::new(u16::try_from(year).unwrap_or(0))
        .month(u8::try_from(month).unwrap_or(1))
        .day(u8::try_from(day).unwrap_or(1))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// Where the address stands.
fn link(page: &Page) -> Option<Rect> {
    let (lines, size, weight) = page.marks.iter().find_map(|mark| match mark {
        Mark::Text { tagged: Tagged::Address, lines, size, weight, .. } => {
            Some((lines, *size, *weight))
        }
        _ => None,
    })?;
    let (first, last) = (lines.first()?, lines.last()?);
    let face = typeface(weight);
    let width =
        |line: &Line| line.parts.iter().map(|(text, _)| face.width(text, size)).sum::<f32>();
    let right = lines.iter().map(|line| line.x + width(line)).fold(first.x, f32::max);
    Rect::from_ltrb(first.x, first.y - size, right, last.y + size * 0.3)
}

/// The typeface as the writer wants it, read once.
fn font(weight: Weight) -> Font {
    static FONTS: [OnceLock<Font>; 2] = [const { OnceLock::new() }; 2];
    let place = match weight {
        Weight::Regular => &FONTS[0],
        Weight::Bold => &FONTS[1],
    };
    let read = || {
        Font::new(typeface(weight).bytes().into(), 0)
            .expect("the font that is compiled in can be read")
    };
    place.get_or_init(read).clone()
}

struct Writer<'a> {
    surface: Surface<'a>,
    /// The group that is being filled, and those around it.
    open: Vec<TagGroup>,
    paper: &'a Paper<'a>,
    page: &'a Page,
    code: QrCode,
    link: Option<Identifier>,
}

impl Writer<'_> {
    fn mark(&mut self, mark: &Mark) -> Result<(), RenderError> {
        match mark {
            Mark::Open(group) => self.open.push(TagGroup::new(kind(*group))),
            Mark::Close => {
                if let Some(group) = self.open.pop() {
                    self.put(group);
                }
            }
            Mark::Text { tagged, lines, weight, size, ink } => {
                let children = self.lines(lines, *weight, *size, *ink);
                self.tag(*tagged, lines, children);
            }
            Mark::Badge { x, y, side } => self.badge(*x, *y, *side)?,
            Mark::Code { x, y, side } => self.code(*x, *y, *side)?,
            Mark::Bar { x, y, width, height } => {
                let (red, green, blue) = self.page.colour.parts();
                self.ornament(*x, *y, *width, *height, rgb::Color::new(red, green, blue));
            }
            Mark::Band { y, height } => {
                let (x, width) = (50.0, PAGE.0 - 100.0);
                self.ornament(x, *y, width, *height, rgb::Color::new(0, 0, 0));
                let yellow = rgb::Color::new(255, 212, 0);
                self.ornament(x + 2.0, *y + 2.0, width - 4.0, *height - 4.0, yellow);
            }
        }
        Ok(())
    }

    fn put(&mut self, node: impl Into<Node>) {
        if let Some(group) = self.open.last_mut() {
            group.push(node);
        }
    }

    fn tag(&mut self, tagged: Tagged, lines: &[Line], children: Vec<Identifier>) {
        let mut group = match tagged {
            Tagged::Inside => {
                children.into_iter().for_each(|child| self.put(child));
                return;
            }
            Tagged::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(plain(lines)))),
            Tagged::Heading => {
                let second = NonZeroU16::MIN.saturating_add(1);
                TagGroup::new(Tag::Hn(second, Some(plain(lines))))
            }
            Tagged::Paragraph | Tagged::Address => TagGroup::new(Tag::P),
        };
        match self.link.take_if(|_| tagged == Tagged::Address) {
            Some(link) => {
                let mut inside = TagGroup::new(Tag::Link);
                inside.push(link);
                children.into_iter().for_each(|child| inside.push(child));
                group.push(inside);
            }
            None => children.into_iter().for_each(|child| group.push(child)),
        }
        self.put(group);
    }

    /// Draws lines; one tagged piece for each language of each.
    fn lines(&mut self, lines: &[Line], weight: Weight, size: f32, ink: Ink) -> Vec<Identifier> {
        let face = typeface(weight);
        let colour = match ink {
            Ink::Black => rgb::Color::new(0, 0, 0),
            Ink::Grey => rgb::Color::new(64, 64, 64),
            Ink::Issuer => {
                let (red, green, blue) = self.page.colour.parts();
                rgb::Color::new(red, green, blue)
            }
        };
        self.surface.set_fill(Some(fill(colour)));
        let mut pieces = Vec::new();
        for line in lines {
            let mut x = line.x;
            for (text, tag) in &line.parts {
                let span = SpanTag::empty().with_lang(tag.as_deref());
                pieces.push(self.surface.start_tagged(ContentTag::Span(span)));
                let at = Point::from_xy(x, line.y);
                let direction = TextDirection::LeftToRight;
                self.surface.draw_text(at, font(weight), size, text, false, direction);
                self.surface.end_tagged();
                x += face.width(text, size);
            }
        }
        pieces
    }

    fn badge(&mut self, x: f32, y: f32, side: f32) -> Result<(), RenderError> {
        // Before anything is set aside for its pixels.
        crate::render::size(self.paper.picture).ok_or_else(|| failed("the picture's size"))?;
        let picture = resvg::tiny_skia::Pixmap::decode_png(self.paper.picture)
            .map_err(|_| failed("the picture cannot be read"))?;
        let (width, height) = (picture.width(), picture.height());
        let longest = width.max(height) as f32;
        let size = Size::from_wh(side * width as f32 / longest, side * height as f32 / longest)
            .ok_or_else(|| failed("the picture has no size"))?;
        let pixels = picture.take_demultiplied();
        let image = Image::from_rgba8(pixels, width, height);
        let identifier = self.surface.start_tagged(ContentTag::Other);
        let place = krilla::geom::Transform::from_translate(x, y);
        self.surface.push_transform(&place);
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.end_tagged();
        self.figure(self.paper.artwork.about(), self.signed(), (x, y, side), identifier);
        Ok(())
    }

    fn code(&mut self, x: f32, y: f32, side: f32) -> Result<(), RenderError> {
        let module = side / self.code.width() as f32;
        let mut path = PathBuilder::new();
        for (column, row, length) in self.code.runs() {
            let (left, top) = (x + column as f32 * module, y + row as f32 * module);
            let run = Rect::from_xywh(left, top, length as f32 * module, module);
            path.push_rect(run.ok_or_else(|| failed("a module has no size"))?);
        }
        let path = path.finish().ok_or_else(|| failed("an empty QR code"))?;
        let identifier = self.surface.start_tagged(ContentTag::Other);
        self.surface.set_fill(Some(fill(rgb::Color::new(0, 0, 0))));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
        let about = RenderText::QrAbout { address: self.paper.address }.to(self.paper.language);
        self.figure(about.into_owned(), None, (x, y, side), identifier);
        Ok(())
    }

    /// The language of the artwork's description, when it is not the paper's.
    fn signed(&self) -> Option<String> {
        super::content::signed_tag(self.paper).map(|tag| tag.as_ref().to_owned())
    }

    fn figure(
        &mut self,
        about: String,
        lang: Option<String>,
        (x, y, side): (f32, f32, f32),
        content: Identifier,
    ) {
        let place = Rect::from_xywh(x, y, side, side).map(|rect| BBox::new(0, rect));
        let figure = Tag::Figure(Some(about)).with_bbox(place).with_lang(lang);
        let mut figure = TagGroup::new(figure);
        figure.push(content);
        self.put(figure);
    }

    fn ornament(&mut self, x: f32, y: f32, width: f32, height: f32, colour: rgb::Color) {
        let Some(rect) = Rect::from_xywh(x, y, width, height) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        let Some(path) = path.finish() else { return };
        let artifact = Artifact::new(ArtifactType::Layout, Some(rect));
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        self.surface.set_fill(Some(fill(colour)));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }
}

fn kind(group: Group) -> TagKind {
    match group {
        Group::List => Tag::L(ListNumbering::None).into(),
        Group::Item => Tag::LI.into(),
        Group::Label => Tag::Lbl.into(),
        Group::Body => Tag::LBody.into(),
    }
}

fn fill(colour: rgb::Color) -> Fill {
    Fill { paint: colour.into(), opacity: krilla::num::NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn plain(lines: &[Line]) -> String {
    lines.iter().flat_map(|line| &line.parts).map(|(text, _)| text.as_str()).collect()
}
