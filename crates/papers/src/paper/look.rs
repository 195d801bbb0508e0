//! How official papers look, after GB/T 9704-2012: sheet, faces, sizes and line spacing.

use serde::{Deserialize, Serialize};

/// White space above the text, in micrometres (天头).
const HEAD_MARGIN_UM: i32 = 37_000;
/// White space below the text.
const FOOT_MARGIN_UM: i32 = 35_000;
/// White space at the binding edge (订口).
const LEFT_MARGIN_UM: i32 = 28_000;
/// White space at the other edge.
const RIGHT_MARGIN_UM: i32 = 26_000;
const SHORT_UM: i32 = 210_000;
const LONG_UM: i32 = 297_000;

/// How a sheet of A4 lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side, for wide tables; the margins turn with it.
    Landscape,
}

/// A sheet and its margins, in micrometres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Width of the sheet.
    pub width_um: i32,
    /// Height of the sheet.
    pub height_um: i32,
    /// Margins: above, right, below, left.
    pub margins_um: [i32; 4],
}

impl Sheet {
    /// Width and height left for text.
    #[must_use]
    pub fn room_um(&self) -> [i32; 2] {
        let [above, right, below, left] = self.margins_um;
        [self.width_um - left - right, self.height_um - above - below]
    }

    /// Length of a line in thousandths of a point: 72 points are 25,400 µm.
    pub(crate) fn room_mpt(&self) -> i32 {
        i32::try_from(i64::from(self.room_um()[0]) * 360 / 127).unwrap_or(i32::MAX)
    }
}

impl Orientation {
    /// The sheet. Turned, the binding edge is above.
    #[must_use]
    pub fn sheet(self) -> Sheet {
        match self {
            Self::Portrait => Sheet {
                width_um: SHORT_UM,
                height_um: LONG_UM,
                margins_um: [HEAD_MARGIN_UM, RIGHT_MARGIN_UM, FOOT_MARGIN_UM, LEFT_MARGIN_UM],
            },
            Self::Landscape => Sheet {
                width_um: LONG_UM,
                height_um: SHORT_UM,
                margins_um: [LEFT_MARGIN_UM, HEAD_MARGIN_UM, RIGHT_MARGIN_UM, FOOT_MARGIN_UM],
            },
        }
    }
}

/// A face of type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Face {
    /// 仿宋: the body.
    #[default]
    Fang,
    /// 小标宋: titles.
    Song,
    /// 黑体: first headings, heads of tables.
    Hei,
    /// 楷体: second headings.
    Kai,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fang, Self::Song, Self::Hei, Self::Kai];

    /// The family that office programs know it by. It is named there, never shipped: it is licensed to its user.
    #[must_use]
    pub fn office_family(self) -> &'static str {
        match self {
            Self::Fang => "仿宋_GB2312",
            Self::Song => "方正小标宋简体",
            Self::Hei => "黑体",
            Self::Kai => "楷体_GB2312",
        }
    }

    /// What an office program takes where that family is missing.
    #[must_use]
    pub fn office_other(self) -> &'static str {
        match self {
            Self::Fang => "FangSong",
            Self::Song => "SimSun",
            Self::Hei => "SimHei",
            Self::Kai => "KaiTi",
        }
    }
}

/// A face in a size on a line of a height, in thousandths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The face.
    pub face: Face,
    /// Height of the type.
    pub size_mpt: i32,
    /// From line to line.
    pub leading_mpt: i32,
    /// Added after each character.
    pub tracking_mpt: i32,
}

const fn look(face: Face, size_mpt: i32, leading_mpt: i32) -> Look {
    Look { face, size_mpt, leading_mpt, tracking_mpt: 0 }
}

// 22 lines on 225 mm and 28 characters on 156 mm: a line takes 28.99 pt, a character 15.793 pt, so 三号 (16 pt) is set a
// fifth of a point tighter.
const fn on_the_grid(face: Face) -> Look {
    Look { face, size_mpt: 16_000, leading_mpt: 28_950, tracking_mpt: -207 }
}

/// 二号小标宋.
pub(crate) const TITLE: Look = look(Face::Song, 22_000, 35_000);
/// 三号仿宋, 22 lines of 28 characters.
pub(crate) const BODY: Look = on_the_grid(Face::Fang);
/// 附件 and its number: 三号黑体.
pub(crate) const ANNEX: Look = on_the_grid(Face::Hei);
/// The lines of a cover.
pub(crate) const COVER: Look = look(Face::Fang, 16_000, 40_000);
/// Page number: 四号.
pub(crate) const PAGE_NUMBER: Look = look(Face::Fang, 14_000, 20_000);
/// The check lines, small enough for a digest on one line.
pub(crate) const CHECK: Look = look(Face::Fang, 8_000, 11_000);
/// Headings by level.
pub(crate) const HEADING: [Look; 4] = [on_the_grid(Face::Hei), on_the_grid(Face::Kai), on_the_grid(Face::Fang), on_the_grid(Face::Fang)];

/// How a heading of that depth looks.
pub(crate) fn heading_look(level: super::Level) -> Look {
    HEADING[level as usize]
}
