//! What an answer is in the cell of a workbook, and as the text that the form itself would keep.

use papers::sheet_in::{self, Choices, Kind, LineLook, Unit, Value, heard};
use standards::Date;
use standards::text::half_width;

/// What is wrong with a cell, and what to do about it.
pub(super) type Wrong = (String, String);

/// How a line is answered.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// Words, with their line ends.
    Words,
    /// A figure; of money the unit of one that names none.
    Figure(Option<Unit>),
    /// A share, of which a bare figure counts in hundredths.
    Share,
    /// 统一社会信用代码
    Code,
    /// A day.
    Day,
    /// A year and month.
    Month,
    /// One of several; its id is kept.
    One(Choices),
    /// One option of a question that takes several: 是 where it is ticked.
    Tick {
        /// All options of the question.
        all: Choices,
        /// The id of this one.
        own: String,
    },
    /// Any of several in one cell, parted by 、; their ids are kept.
    Several(Choices),
}

impl Ask {
    /// What the form would keep of a cell that is not empty; of a tick `yes` or `no`.
    ///
    /// # Errors
    /// The cell cannot mean an answer.
    pub(super) fn read(&self, text: &str) -> Result<String, Wrong> {
        let text = text.trim();
        match self {
            Self::Words => Ok(text.replace("\r\n", "\n")),
            Self::Figure(_) => Ok(text.to_owned()),
            Self::Share => share(text),
            Self::Code => heard(&Kind::CreditCode, text).map(written),
            Self::Day => heard(&Kind::Day { until: Date::MAX }, text).map(written),
            Self::Month => month(text).ok_or_else(|| (format!("“{text}”不是年月"), "请写成 2025-03 的样式".to_owned())),
            Self::One(choices) => heard(&Kind::Choice(choices.clone()), text).map(written),
            Self::Tick { .. } => tick(text),
            Self::Several(choices) => several(choices, text),
        }
    }

    /// A kept text as reading its cell would give it; what cannot be read is itself.
    pub(super) fn normal(&self, kept: &str) -> String {
        match self {
            Self::Share => without_percent(kept),
            Self::Tick { all, own } => if ticked(all, kept).contains(own) { "yes" } else { "no" }.to_owned(),
            Self::Several(choices) => ticked(choices, kept).join(","),
            other => other.read(kept).unwrap_or_else(|_| kept.trim().to_owned()),
        }
    }

    /// The cell of a kept text that is not empty. What is no option (any more) has none: an id says nothing to people, and an empty cell
    /// leaves it.
    pub(super) fn cell(&self, kept: &str) -> String {
        let label = |choices: &Choices, id: &str| choices.find(id).map_or(String::new(), |one| one.label.clone());
        match self {
            Self::One(choices) => label(choices, kept),
            Self::Share => records::application::with_unit(&without_percent(kept), Some("%")),
            Self::Tick { .. } => if self.normal(kept) == "yes" { YES } else { NO }.to_owned(),
            Self::Several(choices) => ticked(choices, kept).iter().map(|id| label(choices, id)).collect::<Vec<_>>().join("、"),
            other => other.normal(kept),
        }
    }

    /// What the drop-down offers.
    pub(super) fn options(&self) -> Vec<String> {
        match self {
            Self::One(choices) => choices.labels().map(str::to_owned).collect(),
            Self::Tick { .. } => vec![YES.to_owned(), NO.to_owned()],
            _ => Vec::new(),
        }
    }

    pub(super) fn look(&self) -> LineLook {
        match self {
            Self::Figure(_) => LineLook::Figure,
            Self::Day => LineLook::Day,
            _ => LineLook::Words,
        }
    }
}

const YES: &str = "是";
const NO: &str = "否";

/// The ids that a kept text names, in the order of the options.
pub(super) fn ticked(choices: &Choices, kept: &str) -> Vec<String> {
    let one = choices.find(kept).into_iter();
    let parts = kept.split([',', '，', '、']).filter_map(|part| choices.find(part));
    let named: Vec<&str> = one.chain(parts).map(|choice| choice.id.as_str()).collect();
    choices.all().iter().map(|choice| choice.id.clone()).filter(|id| named.contains(&id.as_str())).collect()
}

fn written(value: Value) -> String {
    match value {
        Value::Text(text) | Value::Option(text) | Value::Share(text) => text,
        Value::Day(day) => day.to_string(),
        Value::Fen(number) => number.to_string(),
        Value::Count(number) => number.to_string(),
        Value::Options(ids) => ids.join(","),
        // No form asks for a price.
        Value::Negotiable => String::new(),
    }
}

/// What people put where something is so: words, or the marks of printed forms.
fn tick(text: &str) -> Result<String, Wrong> {
    match half_width(text).to_uppercase().as_str() {
        "☑" | "√" | "✓" | "✔" | "■" | "V" | "Y" | "选" | "已选" => return Ok("yes".to_owned()),
        "□" | "×" | "X" | "N" | "未选" => return Ok("no".to_owned()),
        _ => {}
    }
    heard(&Kind::Choice(Choices::yes_no()), text).map(written).map_err(|(what, _)| (what, "选择的填“是”，不选的填“否”或者留空".to_owned()))
}

/// A cell that is formatted as a percentage says 0.7 where people see 70%: what may be either is asked about, not guessed.
fn share(text: &str) -> Result<String, Wrong> {
    let small = half_width(text).parse::<f64>().is_ok_and(|figure| figure != 0.0 && figure.abs() <= 1.0);
    if small {
        return Err((format!("“{text}”没有写明是百分之多少"), "请写明百分号，例如 70% 或者 0.7%".to_owned()));
    }
    Ok(without_percent(text))
}

/// The form has the sign beside its field.
fn without_percent(text: &str) -> String {
    text.trim().trim_end_matches(['%', '％']).trim_end().to_owned()
}

fn month(text: &str) -> Option<String> {
    let plain = half_width(text).replace('年', "-").replace('月', "").replace(['/', '.'], "-");
    let day = Date::parse(text).or_else(|_| Date::parse(&format!("{}-01", plain.trim()))).ok()?;
    Some(format!("{:04}-{:02}", day.year(), day.month()))
}

/// Names parted by 、 , ; or line ends. An option whose own name has such a mark in it is found by its whole name: of all that
/// a rest begins with, the longest.
fn several(choices: &Choices, text: &str) -> Result<String, Wrong> {
    let parts: Vec<&str> = text.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (mut at, mut ids) = (0, Vec::new());
    while at < parts.len() {
        let found = (at + 1..=parts.len()).rev().find_map(|end| choices.find(&parts[at..end].join("、")).map(|one| (end, one)));
        match found {
            Some((end, one)) => {
                ids.push(one.id.clone());
                at = end;
            }
            None => {
                return heard(&Kind::Choice(choices.clone()), parts[at])
                    .map(written)
                    .map_err(|(what, remedy)| (what, format!("{remedy}；几项之间用“、”隔开")));
            }
        }
    }
    Ok(ticked(choices, &ids.join(",")).join(","))
}

/// What may be chosen, from words of a pack.
pub(super) fn words<'w>(words: impl Iterator<Item = &'w policy::pack::Word>) -> Choices {
    Choices::new(words.map(|word| sheet_in::Choice { id: word.id.clone(), label: word.label.clone(), also: word.also.clone() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> Choices {
        let one = |id: &str, label: &str| sheet_in::Choice { id: id.into(), label: label.into(), also: Vec::new() };
        Choices::new(vec![one("plan", "计划、调度"), one("sell", "销售"), one("none", "以上均无")])
    }

    #[test]
    fn a_cell_is_what_the_form_would_keep() {
        let check = |ask: &Ask, text: &str, expected: &str| assert_eq!(ask.read(text).as_deref(), Ok(expected), "{ask:?} {text}");
        check(&Ask::Words, " 甲\r\n乙 ", "甲\n乙");
        check(&Ask::Figure(None), "12.5", "12.5");
        check(&Ask::Share, "70", "70");
        check(&Ask::Share, "70 ％", "70");
        check(&Ask::Share, "0.7%", "0.7");
        assert_eq!(Ask::Share.cell("0.7"), "0.7%");
        check(&Ask::Share, "0", "0");
        check(&Ask::Day, "2025年6月1日", "2025-06-01");
        check(&Ask::Month, "2025-03-01", "2025-03");
        check(&Ask::Month, "2025年3月", "2025-03");
        check(&Ask::Month, "２０２５/3", "2025-03");
        check(&Ask::One(choices()), "计划 调度", "plan");
        check(&Ask::Several(choices()), "销售、计划、调度", "plan,sell");
        check(&Ask::Several(choices()), "sell；计划,调度", "plan,sell");
        let tick = Ask::Tick { all: choices(), own: "sell".into() };
        for (text, expected) in [("是", "yes"), ("☑", "yes"), ("√", "yes"), ("有", "yes"), ("否", "no"), ("□", "no")] {
            check(&tick, text, expected);
        }
        assert_eq!((tick.cell("sell,plan").as_str(), tick.cell("plan").as_str()), ("是", "否"));
    }

    #[test]
    fn what_can_mean_no_answer_says_what_to_do() {
        let check = |ask: Ask, text: &str, what: &str| {
            let (said, remedy) = ask.read(text).expect_err(text);
            assert!(said.contains(what) && !remedy.is_empty(), "{text}: {said}");
        };
        check(Ask::Share, "0.7", "百分之多少");
        check(Ask::Share, "1", "百分之多少");
        check(Ask::Day, "45678", "45678");
        check(Ask::Month, "三月", "三月");
        check(Ask::Code, "123", "");
        check(Ask::One(choices()), "采购", "采购");
        check(Ask::Several(choices()), "销售、采购", "采购");
        check(Ask::Tick { all: choices(), own: "sell".into() }, "也许", "也许");
    }
}
