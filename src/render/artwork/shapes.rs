//! The shapes of badges and where what stands on them stands, on a square of 600.

use super::Colour;
use crate::model::CertificateKind;
use std::fmt::Write;

/// Where things stand on a shape.
pub(super) struct Plan {
    pub shape: Shape,
    /// Whether the inside is white, and what stands on it in the issuer's colour.
    pub open: bool,
    /// Middle of everything, from left to right.
    pub middle: f32,
    /// Foot of the initials.
    pub initials: f32,
    pub initials_width: f32,
    /// Middle and height of the title's room.
    pub title: (f32, f32),
    pub title_width: f32,
    /// Middle of the ribbon with the kind.
    pub ribbon: f32,
    pub ribbon_width: f32,
    pub mark: Mark,
    /// Middle of the mark.
    pub mark_at: f32,
}

/// The outer form.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Shield,
    Hexagon,
    Stack,
    Ring,
    Plate,
}

/// The small sign at the foot.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    /// Something was judged and found good.
    Tick,
    /// So many of four: the whole, or a part.
    Quarters(u8),
    /// Three of one kind.
    Three,
    Nothing,
}

pub(super) fn plan(kind: Option<CertificateKind>) -> Plan {
    let assessed = Plan {
        shape: Shape::Hexagon,
        open: false,
        middle: 300.0,
        initials: 178.0,
        initials_width: 230.0,
        title: (302.0, 168.0),
        title_width: 420.0,
        ribbon: 428.0,
        ribbon_width: 420.0,
        mark: Mark::Tick,
        mark_at: 512.0,
    };
    let shield = |mark| Plan {
        shape: Shape::Shield,
        initials_width: 300.0,
        initials: 168.0,
        title: (289.0, 168.0),
        ribbon: 408.0,
        ribbon_width: 430.0,
        mark,
        mark_at: 500.0,
        ..assessed
    };
    match kind {
        Some(CertificateKind::Microcredential) => assessed,
        Some(CertificateKind::Microdegree) => Plan {
            shape: Shape::Stack,
            middle: 274.0,
            initials: 208.0,
            initials_width: 300.0,
            title: (320.0, 150.0),
            ribbon: 432.0,
            mark: Mark::Three,
            mark_at: 508.0,
            ..assessed
        },
        Some(CertificateKind::EvcBewijsVanBekwaamheid | CertificateKind::EvcCompetentiebewijs) => {
            shield(Mark::Tick)
        }
        Some(CertificateKind::EvcBewijsVanBeroepskwalificatie) => shield(Mark::Quarters(4)),
        Some(CertificateKind::EvcBewijsVanDeelkwalificatie) => shield(Mark::Quarters(2)),
        Some(CertificateKind::Participation) => Plan {
            shape: Shape::Ring,
            open: true,
            initials: 188.0,
            title: (308.0, 160.0),
            title_width: 400.0,
            ribbon: 430.0,
            ribbon_width: 360.0,
            mark: Mark::Nothing,
            ..assessed
        },
        None => Plan { shape: Shape::Plate, mark: Mark::Nothing, ribbon: 460.0, ..assessed },
    }
}

impl Shape {
    /// The form in this colour, white at its edge, so that it stands off from any ground.
    pub fn draw(self, svg: &mut String, colour: Colour) {
        let dark = colour.darker(25);
        match self {
            Self::Shield => {
                // Halves of two depths, as on an escutcheon.
                let shield = "M300 12C388 60 470 74 548 76V310C548 446 446 538 300 588C154 538 52 \
                              446 52 310V76C130 74 212 60 300 12z";
                let right = "M300 12C388 60 470 74 548 76V310C548 446 446 538 300 588z";
                let inner = "M300 36C386 80 462 92 530 95V310C530 434 438 518 300 568C162 518 70 \
                             434 70 310V95C138 92 214 80 300 36z";
                edge(svg, shield);
                fill(svg, colour, shield);
                fill(svg, colour.darker(14), right);
                line(svg, inner);
            }
            Self::Hexagon => {
                let hexagon = polygon(&ring(6, 300.0, 300.0, 286.0), 26.0);
                edge(svg, &hexagon);
                shaded(svg, colour, dark, &hexagon);
                line(svg, &polygon(&ring(6, 300.0, 300.0, 264.0), 22.0));
            }
            Self::Stack => {
                for (x, y, tint) in [(64.0, 14.0, 45), (38.0, 40.0, 22)] {
                    let behind = sheet(x, y, 524.0);
                    edge(svg, &behind);
                    fill(svg, colour.tint(tint), &behind);
                }
                let front = sheet(12.0, 66.0, 524.0);
                edge(svg, &front);
                shaded(svg, colour, dark, &front);
                line(svg, &sheet(28.0, 82.0, 492.0));
            }
            Self::Ring => {
                let _ = write!(
                    svg,
                    "<circle cx=\"300\" cy=\"300\" r=\"292\" fill=\"#ffffff\"/>\
                     <circle cx=\"300\" cy=\"300\" r=\"278\" fill=\"none\" stroke=\"{colour}\" \
                     stroke-width=\"16\"/><circle cx=\"300\" cy=\"300\" r=\"256\" fill=\"none\" \
                     stroke=\"{colour}\" stroke-width=\"4\" stroke-dasharray=\"4 12\"/>"
                );
            }
            Self::Plate => {
                let plate = sheet(12.0, 12.0, 576.0);
                edge(svg, &plate);
                shaded(svg, colour, dark, &plate);
                line(svg, &sheet(30.0, 30.0, 540.0));
            }
        }
    }
}

impl Mark {
    /// The sign in this colour, its middle here.
    pub fn draw(self, svg: &mut String, ink: &str, (x, y): (f32, f32)) {
        match self {
            Self::Tick => {
                let _ = write!(
                    svg,
                    "<path fill=\"none\" stroke=\"{ink}\" stroke-width=\"9\" \
                     stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"M{} {}l14 15l26 -30\"/>",
                    x - 20.0,
                    y + 1.0
                );
            }
            Self::Quarters(full) => {
                for at in 0..4_u8 {
                    let x = x - 78.0 + 40.0 * f32::from(at);
                    let inside = if at < full { ink } else { "none" };
                    let _ = write!(
                        svg,
                        "<rect x=\"{x}\" y=\"{}\" width=\"34\" height=\"16\" rx=\"4\" \
                         fill=\"{inside}\" stroke=\"{ink}\" stroke-width=\"3\"/>",
                        y - 8.0
                    );
                }
            }
            Self::Three => {
                for aside in [-36.0, 0.0, 36.0] {
                    let hexagon = polygon(&ring(6, x + aside, y, 15.0), 2.0);
                    let _ = write!(svg, "<path fill=\"{ink}\" d=\"{hexagon}\"/>");
                }
            }
            Self::Nothing => {}
        }
    }
}

fn edge(svg: &mut String, data: &str) {
    let _ = write!(
        svg,
        "<path fill=\"#ffffff\" stroke=\"#ffffff\" stroke-width=\"10\" \
         stroke-linejoin=\"round\" d=\"{data}\"/>"
    );
}

fn fill(svg: &mut String, colour: Colour, data: &str) {
    let _ = write!(svg, "<path fill=\"{colour}\" d=\"{data}\"/>");
}

fn line(svg: &mut String, data: &str) {
    let _ = write!(
        svg,
        "<path fill=\"none\" stroke=\"#ffffff\" stroke-opacity=\"0.55\" stroke-width=\"3\" \
         d=\"{data}\"/>"
    );
}

/// Darker towards the foot.
fn shaded(svg: &mut String, from: Colour, to: Colour, data: &str) {
    let _ = write!(
        svg,
        "<linearGradient id=\"shade\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">\
         <stop offset=\"0\" stop-color=\"{from}\"/><stop offset=\"1\" stop-color=\"{to}\"/>\
         </linearGradient><path fill=\"url(#shade)\" d=\"{data}\"/>"
    );
}

/// A square with round corners.
fn sheet(x: f32, y: f32, side: f32) -> String {
    let (right, foot) = (x + side, y + side);
    polygon(&[(x, y), (right, y), (right, foot), (x, foot)], 34.0)
}

/// Corners of a regular polygon, the first one at the top.
fn ring(corners: u8, x: f32, y: f32, radius: f32) -> Vec<(f32, f32)> {
    (0..corners)
        .map(|at| {
            let turn = f32::from(at) / f32::from(corners) * std::f32::consts::TAU;
            (x + radius * turn.sin(), y - radius * turn.cos())
        })
        .collect()
}

/// A polygon whose corners are rounded from `round` before to `round` behind them.
fn polygon(corners: &[(f32, f32)], round: f32) -> String {
    let mut data = String::new();
    let towards = |(x, y): (f32, f32), (to_x, to_y): (f32, f32)| {
        let length = (to_x - x).hypot(to_y - y).max(1.0);
        (x + (to_x - x) / length * round, y + (to_y - y) / length * round)
    };
    for (at, corner) in corners.iter().enumerate() {
        let before = corners[(at + corners.len() - 1) % corners.len()];
        let behind = corners[(at + 1) % corners.len()];
        let (from, to) = (towards(*corner, before), towards(*corner, behind));
        let command = if at == 0 { 'M' } else { 'L' };
        let _ = write!(
            data,
            "{command}{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
            from.0, from.1, corner.0, corner.1, to.0, to.1
        );
    }
    data.push('z');
    data
}
