//! One enterprise of the city: what its templates are filled in with.

use std::collections::BTreeMap;

use records::Moment;
use standards::credit_code::CreditCode;

use crate::chance::Chance;
use crate::city::{City, Path, Profile};

/// Investments from 30 to 600 万元, in steps that people would sign for.
const INVESTMENTS_WAN: [i64; 14] = [30, 42, 48, 56, 65, 80, 96, 120, 150, 180, 240, 320, 450, 600];

/// An enterprise and the path its files take.
#[derive(Clone, Debug)]
pub(crate) struct Enterprise {
    /// Its place in the city, from 0.
    pub(crate) at: usize,
    pub(crate) name: String,
    pub(crate) credit_code: String,
    pub(crate) place: String,
    pub(crate) provider: usize,
    pub(crate) level: u8,
    pub(crate) total_fen: i64,
    pub(crate) path: Path,
    /// Which batch it came with.
    pub(crate) batch: usize,
    pub(crate) words: BTreeMap<&'static str, String>,
}

/// All enterprises, batch by batch.
pub(crate) fn enterprises(city: &City) -> Vec<Enterprise> {
    let mut chance = Chance::new(20_260_101);
    let paths = city.batch.iter().enumerate().flat_map(|(batch, declared)| declared.path.iter().map(move |path| (batch, path)));
    let each = paths.flat_map(|(batch, path)| std::iter::repeat_n((batch, path), path.count));
    each.enumerate().map(|(at, (batch, path))| enterprise(city, at, batch, path.clone(), &mut chance)).collect()
}

fn enterprise(city: &City, at: usize, batch: usize, path: Path, chance: &mut Chance) -> Enterprise {
    let industry = chance.weighted(&city.industry, |industry| industry.weight);
    let place = &chance.weighted(&city.district, |district| district.weight).place;
    let profile = chance.weighted(&city.profile, |profile: &Profile| profile.weight);
    let (first, second) =
        (&city.names.first[at % city.names.first.len()], &city.names.second[at / city.names.first.len() % city.names.second.len()]);
    let name = format!("{}{first}{second}{}有限公司", city.mark, industry.word);
    let total_fen = INVESTMENTS_WAN[chance.below(INVESTMENTS_WAN.len())] * 1_000_000 + chance.below(90) as i64 * 10_000;
    let words = BTreeMap::from([
        ("name", name.clone()),
        ("industry", industry.id.clone()),
        ("person", chance.of(&city.names.people).clone()),
        ("number", (at + 1).to_string()),
        ("phone", format!("{:07}", 1_000_000 + at)),
        ("level", profile.level.to_string()),
        ("total_wan", wan(total_fen)),
        ("software_wan", wan(total_fen * 68 / 100)),
        ("hardware_wan", wan(total_fen * 29 / 100)),
    ]);
    Enterprise {
        at,
        name,
        credit_code: credit_code(1_000 + at),
        place: place.clone(),
        provider: chance.below(city.providers.names.len()),
        level: profile.level,
        total_fen,
        path,
        batch,
        words,
    }
}

/// Valid in form and of no real body: no authority registers for the division 000000.
pub(crate) fn credit_code(number: usize) -> String {
    let first17 = format!("91000000MA{number:07}");
    CreditCode::with_check_character(&first17).map(|code| code.as_str().to_owned()).unwrap_or(first17)
}

fn wan(fen: i64) -> String {
    format!("{}.{:02}", fen / 1_000_000, fen / 10_000 % 100)
}

impl Enterprise {
    /// A template with its words put in; dates count back from the moment the file is begun.
    pub(crate) fn filled(&self, template: &str, provider: &str, begun: Moment) -> String {
        let day = |back: i32| begun.day().add_days(-back);
        let dated = [
            ("contract_on", day(70).to_string()),
            ("invoice_on", day(40).to_string()),
            ("paid_on", day(30).to_string()),
            // What makes the numbers of its invoices its own, in every file it begins.
            ("invoice_year", day(40).to_string()[2..4].to_owned()),
            ("serial", format!("{:06}{:06}", self.at % 1_000_000, begun.day().days())),
            ("completed_on", day(10).to_string()),
            ("from_month", day(70).to_string()[..7].to_owned()),
            ("until_month", day(10).to_string()[..7].to_owned()),
            ("provider", provider.to_owned()),
        ];
        let own = self.words.iter().map(|(word, text)| (*word, text.clone()));
        own.chain(dated).fold(template.to_owned(), |text, (word, with)| text.replace(&format!("{{{word}}}"), &with))
    }
}
