//! What stands on pages, in reading order, before any of it is written. Places count from the upper left corner.

use super::lines::Line;
use super::tree::NodeId;
use crate::paper::Sheet;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub marks: Vec<Mark>,
    /// Lines of grids and under words: left, top, right, bottom.
    pub rules: Vec<[i32; 4]>,
}

/// Something on a page.
#[derive(Debug)]
pub(super) struct Mark {
    /// What it belongs to; nothing: it repeats or decorates.
    pub node: Option<NodeId>,
    pub x_mpt: i32,
    /// Of the baseline of words, of the top of a picture.
    pub y_mpt: i32,
    pub what: What,
}

/// Words or a picture.
#[derive(Debug)]
pub(super) enum What {
    Words(Line),
    Picture { number: usize, size_mpt: [i32; 2] },
}

/// The text area of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub width_mpt: i32,
    pub height_mpt: i32,
    pub left_mpt: i32,
    pub right_mpt: i32,
    pub top_mpt: i32,
    pub bottom_mpt: i32,
}

impl Area {
    pub fn of(sheet: Sheet) -> Self {
        let [above, right, below, left] = sheet.margins_um;
        Self {
            width_mpt: mpt(sheet.width_um),
            height_mpt: mpt(sheet.height_um),
            left_mpt: mpt(left),
            right_mpt: mpt(sheet.width_um - right),
            top_mpt: mpt(above),
            bottom_mpt: mpt(sheet.height_um - below),
        }
    }
}

/// Thousandths of a point from micrometres: 72 points are 25,400 µm.
pub(super) fn mpt(um: i32) -> i32 {
    i32::try_from(i64::from(um) * 360 / 127).unwrap_or(i32::MAX)
}
