//! What the tests need of the machine: fonts, LibreOffice, poppler. Without them they fail; `SKIP_OFFICE` in the environment
//! says that somebody knows they are missing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use papers::font::{FILES, Fonts, INSTALL};

/// The fonts of the machine, read once.
pub fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::read(font_files()).unwrap())
}

/// The files of the fonts that papers are set in.
pub fn font_files() -> Vec<Vec<u8>> {
    let find = |name: &str| find(Path::new("/usr/share/fonts"), name).unwrap_or_else(|| panic!("{name} is missing: install {INSTALL}"));
    FILES.iter().map(|name| std::fs::read(find(name)).unwrap()).collect()
}

/// The first file of that name in a folder or below it.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).find_map(|path| {
        if path.is_dir() { find(&path, name) } else { path.file_name().is_some_and(|found| found == name).then_some(path) }
    })
}

/// A folder for what a test makes, of its own.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Says so if office programs are left out on purpose.
pub fn skips_office() -> bool {
    let skips = std::env::var_os("SKIP_OFFICE").is_some();
    if skips {
        eprintln!("SKIP_OFFICE is set: nothing is opened in LibreOffice or read by poppler");
    }
    skips
}

/// What a program prints.
pub fn run(program: &str, arguments: &[&std::ffi::OsStr]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; run scripts/install test, or set SKIP_OFFICE"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The words of a PDF in the order they are written.
pub fn words(file: &Path) -> String {
    run("pdftotext", &["-raw".as_ref(), "-enc".as_ref(), "UTF-8".as_ref(), file.as_ref(), "-".as_ref()])
}

/// How many pages a PDF has.
pub fn pages(file: &Path) -> usize {
    let about = run("pdfinfo", &[file.as_ref()]);
    about.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap()
}

/// Converts files to PDF in LibreOffice, all in one start.
pub fn convert(files: &[PathBuf], folder: &Path) {
    convert_to("pdf", files, folder);
}

/// Converts files in LibreOffice, all in one start.
pub fn convert_to(format: &str, files: &[PathBuf], folder: &Path) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut arguments: Vec<&std::ffi::OsStr> = vec![profile.as_ref()];
    arguments.extend(["--headless", "--convert-to", format, "--outdir"].map(std::ffi::OsStr::new));
    arguments.push(folder.as_ref());
    arguments.extend(files.iter().map(|file| file.as_os_str()));
    run("soffice", &arguments);
}
