//! Random packs: facts of every type in rows of two depths, and formulas, tables, gates, awards and stacks over them
//! that use every operation the language has.

use super::dice::Dice;
use policy::files::PackFiles;
use std::fmt::Write;

/// What every random pack declares.
const DECLARED: &str = r#"
[choice.sort]
label = "类别"
options = [{ id = "a", label = "甲" }, { id = "b", label = "乙" }, { id = "c", label = "丙" }]
[rows.r]
label = "行"
[rows.k]
label = "细行"
parent = "r"
[input.f]
m1 = { type = "money", label = "金额一" }
m2 = { type = "money", label = "金额二" }
n1 = { type = "count", label = "个数一" }
n2 = { type = "count", label = "个数二" }
p1 = { type = "share", label = "比例" }
s1 = { type = "score", label = "得分" }
x1 = { type = "decimal", label = "数量" }
l1 = { type = "level", label = "等级" }
t1 = { type = "date", label = "日期一" }
t2 = { type = "date", label = "日期二" }
y1 = { type = "yes_no", label = "是否一" }
y2 = { type = "yes_no", label = "是否二" }
c1 = { type = "choice", of = "sort", label = "类别一" }
q1 = { type = "party", label = "单位一" }
[input.r]
m = { type = "money", label = "行金额" }
n = { type = "count", label = "行个数" }
t = { type = "date", label = "行日期" }
y = { type = "yes_no", label = "行是否" }
c = { type = "choice", of = "sort", label = "行类别" }
q = { type = "party", label = "行单位" }
[input.k]
m = { type = "money", label = "细行金额" }
p = { type = "share", label = "细行比例" }
y = { type = "yes_no", label = "细行是否" }
[[table]]
id = "bands"
label = "分段"
clause = "1"
by = [{ id = "amount", type = "money" }]
gives = [{ id = "share", type = "share" }, { id = "m", type = "money" }]
rows = [
  { amount = "[0元,1万元]", share = "3%", m = "1元" },
  { amount = "(1万元,5万元)", share = "2.5%", m = "2.5元" },
  { amount = "[5万元,)", share = "1%", m = "0.01元" },
]
otherwise = { share = "0%", m = "7元" }
[[table]]
id = "grid"
label = "两键"
clause = "1"
by = [{ id = "level", type = "level" }, { id = "sort", type = "choice", of = "sort" }]
gives = [{ id = "m", type = "money" }, { id = "n", type = "count" }, { id = "y", type = "yes_no" }]
rows = [
  { level = "0", sort = "*", m = "0元", n = 0, y = false },
  { level = "[1,2]", sort = "'a','c'", m = "10元", n = 3, y = true },
  { level = "[1,2]", sort = "'b'", m = "11元", n = 4, y = false },
  { level = "(2,)", sort = "*", m = "12.5元", n = 5, y = true },
]
[[table]]
id = "dated"
label = "按日期"
clause = "1"
by = [{ id = "on", type = "date" }]
gives = [{ id = "share", type = "share" }]
rows = [{ on = "(,2024-07-01)", share = "1/3" }, { on = "[2024-07-01,2025-06-30]", share = "50%" }]
otherwise = { share = "70%" }
"#;

const IDENTITY: &str = "[pack]\nid = \"random\"\nversion = \"1\"\ntitle = \"随机\"\nauthority = \"无\"\n[[text]]\nid = \"t\"\nfile = \"text/t.md\"\ntitle = \"随机\"\n";

/// The type of a formula.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Money,
    Count,
    Share,
    Date,
    YesNo,
}

/// Where a formula stands: the case, a row, or a row of a row.
type Place = usize;

/// A random pack's files.
pub fn pack(dice: &mut Dice) -> PackFiles {
    let mut writer = Writer { dice, values: Vec::new() };
    let mut rules = DECLARED.to_owned();
    for index in 0..writer.dice.below(6) {
        let text = writer.value(index);
        rules.push_str(&text);
    }
    rules.push_str(&writer.recognition());
    rules.push_str(&writer.conditions());
    rules.push_str(&writer.awards());
    let files = [("pack.toml", IDENTITY), ("rules.toml", rules.as_str()), ("text/t.md", "§1 随机。\n")];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

struct Writer<'d, 'b> {
    dice: &'d mut Dice<'b>,
    /// Values so far: name, type, row kind.
    values: Vec<(String, Kind, Place)>,
}

impl Writer<'_, '_> {
    fn value(&mut self, index: usize) -> String {
        let kind = self.dice.pick(&[Kind::Money, Kind::Money, Kind::Count, Kind::Share, Kind::Date, Kind::YesNo]);
        let place = self.dice.below(3);
        let expr = self.expr(kind, place, 3);
        let id = format!("v{index}");
        let rows = ["", "r", "k"][place];
        let name = if rows.is_empty() { id.clone() } else { format!("{rows}.{id}") };
        self.values.push((name, kind, place));
        let mut out = format!("[[value]]\nid = \"{id}\"\nlabel = \"值{index}\"\nexpr = \"{expr}\"\n");
        if !rows.is_empty() {
            let _ = writeln!(out, "rows = \"{rows}\"");
        }
        out
    }

    /// A recognition of the deeper rows and one of the rows above that sums it.
    fn recognition(&mut self) -> String {
        let mut out = format!("[[recognise]]\nrows = \"k\"\namount = \"k.m\"\ngives = \"counted\"\nlabel = \"计入\"\n{}", self.rules(2));
        let _ = write!(out, "[[recognise]]\nrows = \"r\"\namount = \"r.m\"\ngives = \"counted\"\nlabel = \"计入\"\n{}", self.rules(1));
        let _ = write!(out, "[[recognise.rule]]\nid = \"sum\"\nclause = \"1\"\nat_most = \"sum(k.counted)\"\n");
        for (name, place) in [("k.counted", 2), ("r.counted", 1)] {
            self.values.push((name.to_owned(), Kind::Money, place));
        }
        out
    }

    fn rules(&mut self, place: Place) -> String {
        let mut out = String::new();
        for index in 0..=self.dice.below(2) {
            let _ =
                write!(out, "[[recognise.rule]]\nid = \"g{index}\"\nclause = \"1\"\nrequires = \"{}\"\n", self.expr(Kind::YesNo, place, 2));
            let _ = write!(out, "[[recognise.rule]]\nid = \"c{index}\"\nclause = \"1\"\nat_most = \"{}\"\n", self.whole_fen(place));
            if self.dice.chance(1, 2) {
                let _ = writeln!(out, "when = \"{}\"", self.expr(Kind::YesNo, place, 1));
            }
        }
        out
    }

    fn whole_fen(&mut self, place: Place) -> String {
        let how = self.dice.pick(&["round_down", "round_up", "round_half_up"]);
        let step = self.dice.pick(&["0.01元", "1元", "100元"]);
        format!("{how}({}, {step})", self.expr(Kind::Money, place, 2))
    }

    fn conditions(&mut self) -> String {
        let mut out = String::new();
        for index in 0..3 {
            let _ = write!(out, "[[condition]]\nid = \"k{index}\"\nlabel = \"条件\"\nclause = \"1\"\n");
            match index {
                0 => out.push_str("person = \"请核实。\"\n"),
                _ => drop(writeln!(out, "met = \"{}\"", self.expr(Kind::YesNo, 0, 2))),
            }
            if self.dice.chance(1, 2) {
                let _ = writeln!(out, "when = \"{}\"", self.expr(Kind::YesNo, 0, 1));
            }
            if self.dice.chance(1, 3) {
                let _ = writeln!(out, "exception = {{ label = \"例外\", clause = \"1\" }}");
            }
        }
        out
    }

    fn awards(&mut self) -> String {
        let mut out = format!("[[value]]\nid = \"lowered\"\nlabel = \"可降\"\nmay_lower = true\nexpr = \"{}\"\n", self.whole_fen(0));
        for index in 0..4 {
            let amount = if index == 0 { "lowered".to_owned() } else { self.whole_fen(0) };
            let conditions = self.dice.pick(&["", "\"k0\"", "\"k1\", \"k2\""]);
            let _ = write!(
                out,
                "[[award]]\nid = \"a{index}\"\nlabel = \"奖补\"\nclause = \"1\"\namount = \"{amount}\"\nconditions = [{conditions}]\n"
            );
            if self.dice.chance(1, 2) {
                let _ = writeln!(out, "requires = \"{}\"", self.expr(Kind::YesNo, 0, 1));
            }
        }
        let mode = self.dice.pick(&["best", "sum", "exclude", "top_up"]);
        let _ = write!(out, "[[stack]]\nid = \"s\"\nmode = \"{mode}\"\nclause = \"1\"\nawards = [\"a1\", \"a2\", \"a3\"]\n");
        if mode == "top_up" || self.dice.chance(1, 2) {
            out.push_str("paid = \"f.m2\"\n");
        }
        if self.dice.chance(1, 2) {
            let _ = writeln!(out, "cap = \"{}\"", self.whole_fen(0));
        }
        out
    }

    fn expr(&mut self, kind: Kind, place: Place, depth: usize) -> String {
        if depth == 0 || self.dice.chance(1, 5) {
            return self.leaf(kind, place);
        }
        match self.dice.below(5) {
            0 => format!(
                "if({}, {}, {})",
                self.expr(Kind::YesNo, place, depth - 1),
                self.expr(kind, place, depth - 1),
                self.expr(kind, place, depth - 1)
            ),
            1 => format!("first_known({}, {})", self.expr(kind, place, depth - 1), self.expr(kind, place, depth - 1)),
            _ => self.own(kind, place, depth - 1),
        }
    }

    fn two(&mut self, kind: Kind, place: Place, depth: usize, between: &str) -> String {
        format!("({} {between} {})", self.expr(kind, place, depth), self.expr(kind, place, depth))
    }

    fn call(&mut self, name: &str, args: &[Kind], place: Place, depth: usize) -> String {
        let args: Vec<String> = args.iter().map(|kind| self.expr(*kind, place, depth)).collect();
        format!("{name}({})", args.join(", "))
    }

    fn own(&mut self, kind: Kind, place: Place, depth: usize) -> String {
        match kind {
            Kind::Money => self.money(place, depth),
            Kind::Count => self.count(place, depth),
            Kind::Share => self.share(place, depth),
            Kind::Date => self.date(place, depth),
            Kind::YesNo => self.yes_no(place, depth),
        }
    }

    fn money(&mut self, place: Place, depth: usize) -> String {
        use Kind::{Count, Money, Share};
        match self.dice.below(12) {
            0 => self.two(Money, place, depth, "+"),
            1 | 2 => self.two(Money, place, depth, "-"),
            3 => format!("({} * {})", self.expr(Money, place, depth), self.expr(Share, place, depth)),
            4 => format!("({} * {})", self.leaf(Count, place), self.expr(Money, place, depth)),
            5 => format!("({} / {})", self.expr(Money, place, depth), self.dice.pick(&["2", "3", "0.5", "7"])),
            6 => {
                let how = self.dice.pick(&["min", "max"]);
                self.call(how, &[Money, Money, Money], place, depth)
            }
            7 => {
                let how = self.dice.pick(&["round_down", "round_up", "round_half_up"]);
                format!("{how}({}, {})", self.expr(Money, place, depth), self.dice.pick(&["1元", "0.01元", "10元", "0.5元"]))
            }
            8 => {
                let of = self.dice.pick(&[Money, Count, Share]);
                let (amount, part, whole) = (self.expr(Money, place, depth), self.two(of, place, depth, "-"), self.expr(of, place, depth));
                format!("prorate({amount}, {part}, {whole})")
            }
            9 => self.sum(place, depth),
            10 => format!("marginal(bands, {})", self.expr(Money, place, depth)),
            _ => self.lookup(&["bands.m", "grid.m"], place, depth),
        }
    }

    /// Over rows below the place, if there are any.
    fn sum(&mut self, place: Place, depth: usize) -> String {
        let Some((rows, below)) = self.rows_below(place) else { return self.leaf(Kind::Money, place) };
        let filter = self.filter(below, depth);
        format!("sum({rows}.m{filter})")
    }

    fn filter(&mut self, below: Place, depth: usize) -> String {
        if self.dice.chance(1, 3) { String::new() } else { format!(" where {}", self.expr(Kind::YesNo, below, depth.min(1))) }
    }

    fn rows_below(&mut self, place: Place) -> Option<(&'static str, Place)> {
        match place {
            0 => Some(self.dice.pick(&[("r", 1), ("k", 2)])),
            1 => Some(("k", 2)),
            _ => None,
        }
    }

    fn lookup(&mut self, of: &[&str], place: Place, depth: usize) -> String {
        let (table, column) = self.dice.pick(of).split_once('.').unwrap_or_default();
        let keys = match table {
            "bands" => self.expr(Kind::Money, place, depth),
            "dated" => self.expr(Kind::Date, place, depth),
            _ => format!("f.l1, {}", self.sort(place)),
        };
        format!("{table}({keys}).{column}")
    }

    fn count(&mut self, place: Place, depth: usize) -> String {
        use Kind::{Count, Date, Money};
        match self.dice.below(9) {
            0 => self.two(Count, place, depth, "+"),
            1 => self.two(Count, place, depth, "-"),
            2 => self.call("months_between", &[Date, Date], place, depth),
            3 => self.call("days_between", &[Date, Date], place, depth),
            4 => self.call("year", &[Date], place, depth),
            5 => format!("steps({}, {})", self.expr(Money, place, depth), self.dice.pick(&["10万元", "1元", "0.07元"])),
            6 => self.lookup(&["grid.n"], place, depth),
            7 => {
                let how = self.dice.pick(&["min", "max"]);
                self.call(how, &[Count, Count], place, depth)
            }
            _ => match self.rows_below(place) {
                Some((rows, below)) => format!("count({rows}{})", self.filter(below, depth)),
                None => self.leaf(Count, place),
            },
        }
    }

    fn share(&mut self, place: Place, depth: usize) -> String {
        match self.dice.below(4) {
            0 => self.two(Kind::Share, place, 0, "*"),
            1 => self.two(Kind::Share, place, 0, "+"),
            _ => self.lookup(&["bands.share", "dated.share"], place, depth),
        }
    }

    fn date(&mut self, place: Place, depth: usize) -> String {
        match self.dice.below(3) {
            0 => format!("add_months({}, {})", self.expr(Kind::Date, place, depth), self.dice.pick(&["1", "18", "36", "0", "2400"])),
            1 => format!("add_days({}, {})", self.expr(Kind::Date, place, depth), self.dice.pick(&["1", "30", "0", "36500"])),
            _ => {
                let how = self.dice.pick(&["min", "max"]);
                self.call(how, &[Kind::Date, Kind::Date], place, depth)
            }
        }
    }

    fn yes_no(&mut self, place: Place, depth: usize) -> String {
        match self.dice.below(11) {
            0 => format!("(not {})", self.leaf(Kind::YesNo, place)),
            1 | 2 => self.two(Kind::YesNo, place, depth, "and"),
            3 => self.two(Kind::YesNo, place, depth, "or"),
            4 | 5 => {
                let kind = self.dice.pick(&[Kind::Money, Kind::Count, Kind::Share, Kind::Date]);
                let how = self.dice.pick(&["=", "!=", "<", "<=", ">", ">="]);
                self.two(kind, place, depth, how)
            }
            6 => format!("({} in [{}])", self.sort(place), self.dice.pick(&["'a', 'c'", "'b', 'c'", "'b'"])),
            7 => format!("({} = {})", self.sort(place), self.dice.pick(&["'b'", "f.c1"])),
            8 => {
                let kind = self.dice.pick(&[Kind::Money, Kind::YesNo, Kind::Date]);
                format!("known({})", self.expr(kind, place, depth))
            }
            9 => match self.rows_below(place) {
                Some((rows, below)) => {
                    let fold = self.dice.pick(&["any", "all"]);
                    format!("{fold}({rows} where {})", self.expr(Kind::YesNo, below, depth.min(1)))
                }
                None => "r.q = f.q1".to_owned(),
            },
            _ => self.dice.pick(&["(f.s1 >= 60分)", "(f.x1 < f.s1)", "(f.l1 >= 2)", "grid(f.l1, f.c1).y"]).to_owned(),
        }
    }

    fn sort(&mut self, place: Place) -> &'static str {
        if place == 0 { "f.c1" } else { self.dice.pick(&["f.c1", "r.c"]) }
    }

    fn leaf(&mut self, kind: Kind, place: Place) -> String {
        let values = self.values.iter().filter(|(_, own, at)| *own == kind && *at <= place).map(|(name, ..)| name.clone());
        let mut all: Vec<String> = values.collect();
        let own: &[&[&str]] = match kind {
            Kind::Money => &[&["0元", "5万元", "0.01元", "12.34元", "f.m1", "f.m2"], &["r.m"], &["k.m"]],
            Kind::Count => &[&["0", "3", "24个月", "f.n1", "f.n2", "f.l1"], &["r.n"], &[]],
            Kind::Share => &[&["70%", "5%", "0.25%", "f.p1"], &[], &["k.p"]],
            Kind::Date => &[&["2024-07-01", "2025-02-28", "f.t1", "f.t2"], &["r.t"], &[]],
            Kind::YesNo => &[&["yes", "no", "f.y1", "f.y2"], &["r.y"], &["k.y"]],
        };
        all.extend(own[..=place].iter().flat_map(|names| names.iter()).map(|name| (*name).to_owned()));
        let at = self.dice.below(all.len());
        all.swap_remove(at)
    }
}
