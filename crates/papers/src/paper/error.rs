//! A paper that cannot be written.

/// A paper that cannot be written; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The cells of a table do not fill its columns, or a merged cell leaves it.
    #[error("第{number}个表格第{row}行的单元格与列数不符")]
    Table {
        /// Which table, from 1.
        number: usize,
        /// Which of its rows, from 1.
        row: usize,
    },
    /// Not a PNG or JPEG file, or a damaged one.
    #[error("图片无法识别，请使用 PNG 或 JPEG 格式")]
    Picture,
    /// More points than a page can use.
    #[error("图片过大（超过{most_megapixels}百万像素），请缩小后再上传")]
    LargePicture {
        /// The limit.
        most_megapixels: u32,
    },
    /// Interlaced, or a kind no PDF can hold as it is.
    #[error("图片为隔行扫描或特殊色彩格式，请另存为普通 PNG 或 JPEG")]
    PictureForm,
    /// A font file that cannot be read or must not be embedded.
    #[error("字体文件无法读取或者不允许嵌入")]
    FontFile,
    /// No font of any of the families a face can be drawn in.
    #[error("缺少字体（{}），请安装 {install}", families.join("、"))]
    NoFont {
        /// Families that would do, the preferred first.
        families: Vec<&'static str>,
        /// What to install.
        install: &'static str,
    },
    /// No font at hand has this character: it would be an empty box.
    #[error("现有字体缺少“{character}”（U+{:04X}），无法出具，请安装收录该字的字体（如 {install}）", u32::from(*character))]
    NoGlyph {
        /// The character.
        character: char,
        /// What to install.
        install: &'static str,
    },
    /// The packing of a DOCX failed.
    #[error("无法生成文档：{0}")]
    Zip(#[from] zip::result::ZipError),
    /// The writing of a DOCX or the unpacking of a picture failed.
    #[error("无法生成文档：{0}")]
    Io(#[from] std::io::Error),
}
