//! What an outsider does with an archive: unpacks it and runs the commands that came with it, which need OpenSSL alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use records::access::Acting;
use records::organisation::OrganisationKind as K;
use service::document;

use super::city::City;
use super::issued::press;
use super::machine;

/// Whole for the enterprise and for its bureau; each planted change is found, and nothing of others is in it.
pub async fn an_archive_is_checked_with_openssl_alone(city: &City) {
    let file = city.file("subsidy", &["paid"]).await;
    let own = city.applicant(&file).await;
    let organisation = own.organisation.to_string();
    let bureau = city.office(K::CityBureau).await;
    let of_bureau = unpacked(city, &bureau, &organisation, "bureau").await;
    assert_eq!(checked(&of_bureau), (true, "核验通过".to_owned()));
    let mine = unpacked(city, &own, &organisation, "own").await;
    assert_eq!(checked(&mine), (true, "核验通过".to_owned()));
    nothing_of_others(&mine, &organisation);
    of_its_publicities_and_payments(city, &mine, &of_bureau, &organisation).await;
    assert!(text(&of_bureau, "目录.txt").contains("监督报告/01-") && !text(&mine, "目录.txt").contains("监督报告/01-"));
    slots_are_told_apart(&mine);
    assert!(text(&of_bureau, RECORDS).lines().count() > text(&mine, RECORDS).lines().count(), "an office reads what offices did");
    heads_are_in_the_chain(&mine);
    every_change_is_found(&mine);
}

const CHAIN: &str = "台账/hohhot-subsidy/链.txt";
const LINES: &str = "公示和拨付情况.txt";
const RECORDS: &str = "台账/hohhot-subsidy/记录.txt";

async fn unpacked(city: &City, who: &Acting, organisation: &str, name: &str) -> PathBuf {
    let files = service::paper::Files::open(&city.folder.join("files"), None).unwrap();
    let mut bundle = document::archive(&city.desk(), &files, who, &press(), organisation).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = bundle.piece().await.unwrap() {
        bytes.extend(piece);
    }
    let folder = city.folder.join(format!("archive-{name}"));
    zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().extract(&folder).unwrap();
    folder
}

/// Whether the commands say that all holds, and their last line.
fn checked(folder: &Path) -> (bool, String) {
    let told = text(folder, "核验说明.txt");
    let command = told.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
    let output = Command::new("sh").arg("-c").arg(command).current_dir(folder).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said.lines().last().unwrap_or_default().to_owned())
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Of entries that the reader may not read there are digests and nothing else.
fn nothing_of_others(folder: &Path, organisation: &str) {
    for line in text(folder, CHAIN).lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        assert!(columns.len() == 3 && columns[0].parse::<i64>().is_ok(), "{line}");
        assert!(columns[1..].iter().all(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())), "{line}");
    }
    let own = format!("\"organisation\":\"{organisation}\"");
    let records = text(folder, RECORDS);
    assert!(records.lines().count() > 3 && records.lines().all(|line| line.contains(&own)), "{records}");
}

/// Its own lines and no other firm's; the whole bank account for itself alone.
async fn of_its_publicities_and_payments(city: &City, mine: &Path, of_bureau: &Path, organisation: &str) {
    let rows = city.store.payment_lists(None, &[]).await.unwrap();
    let mut others = 0;
    for row in rows {
        let stored = city.store.record("payment_list", &row.id).await.unwrap().unwrap();
        let list: records::payment_list::PaymentList = serde_json::from_str(&stored.state).unwrap();
        for item in list.items {
            let own = item.payee.as_str() == organisation;
            others += usize::from(!own);
            assert_eq!(read(mine).contains(&item.bank_account), own, "{}", item.bank_account);
            assert!(!text(of_bureau, LINES).contains(&item.bank_account), "{}", item.bank_account);
            for folder in [mine, of_bureau] {
                assert_eq!(text(folder, LINES).contains(&item.payee_name), own, "{}", item.payee_name);
            }
        }
    }
    assert!(others > 0, "nobody else was paid");
    assert!(text(mine, "目录.txt").contains(LINES));
}

/// All texts of an archive.
fn read(folder: &Path) -> String {
    let texts = files(folder).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt"));
    texts.map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// Each material has one slot, which its name carries.
fn slots_are_told_apart(folder: &Path) {
    for line in text(folder, "目录.txt").lines().filter(|line| line.contains("/材料/")) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert!(columns[0].contains(columns[1]), "{line}");
    }
}

/// The head at the foot of each paper of the archive stands in its chain.
fn heads_are_in_the_chain(folder: &Path) {
    let chain = text(folder, CHAIN);
    let papers: Vec<PathBuf> = files(folder).into_iter().filter(|file| file.to_string_lossy().contains("文书")).collect();
    let pdf = papers.iter().find(|file| file.extension().is_some_and(|ending| ending == "pdf")).unwrap();
    if !machine::skips_office() {
        let words = machine::words(pdf);
        let head = words.lines().find_map(|line| line.trim().strip_prefix("台账末条摘要：")).unwrap();
        assert!(chain.contains(head.trim()), "{head}");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all.sort();
    all
}

/// A file and what somebody makes of it.
type Plant = (PathBuf, Box<dyn Fn(String) -> String>);

fn every_change_is_found(folder: &Path) {
    let all = files(folder);
    let among =
        |word: &str| all.iter().find(|file| file.to_string_lossy().contains(word)).unwrap().strip_prefix(folder).unwrap().to_owned();
    let words = all.iter().find(|file| file.to_string_lossy().contains("文书") && file.extension().is_some_and(|ending| ending == "txt"));
    let words = words.unwrap().strip_prefix(folder).unwrap().to_owned();
    let changed = |place: usize, column: usize| {
        move |text: String| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let mut columns: Vec<String> = lines[place].split('\t').map(str::to_owned).collect();
            let first = if columns[column].starts_with('0') { "1" } else { "0" };
            columns[column].replace_range(..1, first);
            lines[place] = columns.join("\t");
            lines.join("\n") + "\n"
        }
    };
    let without = |text: String| text.lines().enumerate().filter(|(at, _)| *at != 2).map(|(_, line)| format!("{line}\n")).collect();
    let plants: Vec<Plant> = vec![
        (among("材料"), Box::new(|text: String| text + " ")),
        (words, Box::new(|text: String| text.replacen('1', "2", 1) + " ")),
        (CHAIN.into(), Box::new(changed(1, 1))),
        (CHAIN.into(), Box::new(changed(1, 2))),
        (CHAIN.into(), Box::new(without)),
        (RECORDS.into(), Box::new(|text: String| text.replacen("\"version\":", "\"version\":1", 1))),
        ("台账/hohhot-subsidy/起点.txt".into(), Box::new(|_| format!("{}\n", "f".repeat(64)))),
    ];
    for (file, change) in plants {
        let path = folder.join(&file);
        let before = std::fs::read(&path).unwrap();
        std::fs::write(&path, change(String::from_utf8_lossy(&before).into_owned())).unwrap();
        assert_eq!(checked(folder), (false, "核验未通过".to_owned()), "{file:?}");
        std::fs::write(&path, before).unwrap();
    }
}
