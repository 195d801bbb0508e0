//! The fonts that papers are set in: found on the machine when the server starts.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use papers::font::{FILES, INSTALL};
use service::document::Press;

/// Where fonts are looked for; SHUZHUAN_FONTS names another folder, looked at first.
const FOLDERS: [&str; 3] = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"];
/// Folders looked into at most: a wrong setting must not read a whole disk.
const FOLDERS_MOST: usize = 2_000;

/// The fonts of this machine. Without them the server runs and issues no paper; it says so when it starts, and every page
/// where somebody wants a paper does too.
pub fn press() -> Press {
    let own = std::env::var_os("SHUZHUAN_FONTS").map(PathBuf::from);
    let folders: VecDeque<PathBuf> = own.into_iter().chain(FOLDERS.map(PathBuf::from)).collect();
    let found = find(folders);
    match Press::of(found.iter().filter_map(|file| std::fs::read(file).ok()).collect()) {
        Ok(press) => press,
        Err(error) => {
            eprintln!("不能出具文书：{error}。也可以用环境变量 SHUZHUAN_FONTS 指定字体目录（需要 {}，来自 {INSTALL}）。", FILES.join("、"));
            Press::default()
        }
    }
}

/// The first of each file that papers use.
fn find(mut folders: VecDeque<PathBuf>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for _ in 0..FOLDERS_MOST {
        let Some(folder) = folders.pop_front() else { break };
        for path in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push_back(path);
            } else if is_wanted(&path) && !found.iter().any(|known| known.file_name() == path.file_name()) {
                found.push(path);
            }
        }
    }
    found
}

fn is_wanted(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FILES.iter().any(|file| name == *file))
}
