//! The parts of a spreadsheet by their names, read within the budget of the file.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::budget::{Budget, Charged};
use crate::table::TableError;
use crate::xml_in::Xml;
use crate::zip_in::{self, Unopened};

/// Most parts: a workbook of many sheets and pictures has some hundred.
const MAX_PARTS: usize = 10_000;
/// What the file is when nothing better can be said of it.
const BROKEN: &str = "文件已损坏、不完整或设有密码，请用表格软件打开后另存为 .xlsx";

/// A part, event by event.
pub(super) type Part<'p, 'b> = Xml<BufReader<Charged<'p, ZipFile<'p, Cursor<&'b [u8]>>>>>;

/// A file that cannot be read, and nothing better to say of it.
pub(super) fn broken() -> TableError {
    TableError::Xlsx(BROKEN.into())
}

/// A spreadsheet's archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// By name in small letters: not every program keeps to those it wrote itself.
    places: HashMap<String, usize>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, TableError> {
        let archive = zip_in::open(Cursor::new(bytes), MAX_PARTS).map_err(|error| match error {
            Unopened::Entries => TableError::Xlsx(format!("文件内部的部分超过{MAX_PARTS}个")),
            Unopened::Broken(_) | Unopened::Read(_) => broken(),
        })?;
        let names = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).replace('\\', "/").to_lowercase());
        let places: HashMap<String, usize> = names.zip(0..).collect();
        // Two programs may read two different parts under one name.
        if places.len() == archive.len() { Ok(Self { archive, places }) } else { Err(broken()) }
    }

    /// A part; none of a name that no part has.
    pub(super) fn part<'p>(&'p mut self, name: &str, budget: &'p Budget) -> Result<Option<Part<'p, 'b>>, TableError> {
        let Some(at) = self.places.get(&name.to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_index(*at).map_err(|_| broken())?;
        Ok(Some(Xml::new(BufReader::new(budget.reader(part)))))
    }
}
