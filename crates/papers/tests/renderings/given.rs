//! Papers as a bureau prints them, full and empty. The city and everybody in it are made up.

use papers::paper::{
    Block, Cell, Check, Cover, Level, Orientation, Pairs, Paper, Paragraph, Picture, Place, Row, Signatures, Span, Table, TextSize, ticks,
    ticks_in_line,
};

/// Characters that fonts lose.
pub const RARE: &str = "龘靐齉𠮷";

const INDUSTRIES: [&str; 6] =
    ["特色食品加工业", "纺织服装加工业", "生物医药制造业", "农矿专用设备制造业", "结构性金属制品制造业", "新材料制造业"];
const SYSTEMS: [&str; 8] = ["产品设计*", "工艺设计", "营销管理*", "售后服务", "计划排程", "生产管控*", "质量管理*", "设备管理*"];

/// Name and paper of every kind.
pub fn all() -> Vec<(&'static str, Paper)> {
    vec![
        ("application-full", application(true)),
        ("application-empty", application(false)),
        ("summary-full", summary(true)),
        ("summary-empty", summary(false)),
        ("self-assessment-full", self_assessment(true)),
        ("self-assessment-empty", self_assessment(false)),
        ("decision", decision(1)),
        ("payment-list", payment_list(60)),
        ("nothing", Paper::default()),
    ]
}

fn checked() -> Option<Check> {
    Some(Check {
        code: "7K2M-9QXD-4TLA".to_owned(),
        address: Some("https://example.invalid/verify".to_owned()),
        head: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".to_owned(),
    })
}

/// What is filled in, or nothing.
fn or_empty(full: bool, text: &str) -> String {
    if full { text.to_owned() } else { String::new() }
}

/// An application with a cover, pairs, boxes to tick and two commitments.
pub fn application(full: bool) -> Paper {
    let filled = |text: &str| or_empty(full, text);
    let cover = Cover {
        entries: [("项目名称", "智能车间改造"), ("所属行业", "特色食品加工业"), ("项目单位", "某某市𠮷祥食品有限公司")]
            .map(|(label, value)| (label.to_owned(), filled(value)))
            .to_vec(),
        foot: Some(if full {
            "申请日期：2026年1月20日".to_owned()
        } else {
            "申请日期：　　　年　　月　　日".to_owned()
        }),
    };
    Paper {
        title: "某某市中小企业数字化转型改造项目\n评测验收申请书".to_owned(),
        annex: Some("附件1.1".to_owned()),
        cover: Some(cover),
        blocks: vec![
            Block::heading(Level::One, 1, "评测验收申请书"),
            Block::heading(Level::Two, 1, "申请企业基本信息"),
            Block::Table(applicant(full)),
            Block::heading(Level::Two, 2, "项目基本信息"),
            Block::Table(project(full)),
            Block::heading(Level::Two, 3, "申报承诺"),
            Block::body(
                "我公司承担的中小企业数字化改造试点项目已完成建设并运行，已具备测评验收条件，现提请对项目进行评测验收。评测验收所需材料均真实、\
                 完整，如有不实，我单位愿承担法律责任。",
            ),
            Block::Signatures(Signatures {
                places: vec![
                    Place { signed: full.then(|| RARE.to_owned()), ..Place::to_sign("法定代表人") },
                    Place { label: "单位（盖章）".to_owned(), signed: None },
                ],
                day: full.then(|| "2026年1月20日".to_owned()),
            }),
            Block::PageBreak,
            Block::heading(Level::One, 2, "服务商承诺书"),
            Block::Space { lines: 1 },
            Block::Paragraph(commitment(full)),
            Block::Signatures(Signatures { places: vec![Place::to_seal("集成（改造）服务商")], day: None }),
        ],
        check: checked(),
        ..Paper::default()
    }
}

fn commitment(full: bool) -> Paragraph {
    let name = or_empty(full, "某某市𠮷祥食品有限公司");
    let rest = "提供优质的产品或服务，且价格优惠合理，符合“服务商让一点”的原则，如有不实，我单位愿承担相应后果。";
    Paragraph { spans: vec![Span::plain("我单位承诺为"), Span::filled(&name, 8), Span::plain(rest)], ..Paragraph::body("") }
}

fn applicant(full: bool) -> Table {
    let filled = |text: &str| or_empty(full, text);
    let industries = INDUSTRIES.iter().enumerate().map(|(place, name)| (full && place == 0, *name));
    let qualities =
        ["无", "创新型中小企业", "专精特新中小企业", "专精特新“小巨人”企业"].into_iter().map(|name| (full && name == "无", name));
    Pairs::default()
        .one("企业名称", filled("某某市𠮷祥食品有限公司"))
        .two(("统一社会信用代码", &filled("91000000MA0P00001X")), ("法人代表", &filled(RARE)))
        .one("通讯地址", filled("某某市某某区工业大道100号创新产业园3号楼"))
        .two(("联系人", &filled("张三")), ("联系方式", &filled("138****1234")))
        .cells("所属细分行业", Cell::lines(ticks(industries)))
        .cells("优质中小企业情况", Cell::lines(ticks(qualities)))
        .table()
}

fn project(full: bool) -> Table {
    let mut table = Pairs::default()
        .one("项目名称", or_empty(full, "智能车间改造"))
        .one("项目实施期限", if full { "2024年7月至2025年12月".to_owned() } else { "　　　年　　月至　　　年　　月".to_owned() })
        .table();
    let amount = |label: &str, wan: &str, unit: &str| {
        Paragraph::from(vec![Span::plain(label), Span::filled(&or_empty(full, wan), 6), Span::plain(unit)])
    };
    table.rows.push(vec![Cell::label("项目投资额").down(3), Cell::lines(vec![amount("总投资额：", "128.50", "万元")]).across(3)].into());
    for (label, yuan) in [("数字化改造相关的软件、云服务支出：", "985000.00"), ("网关、路由等必要数据采集传输设备支出：", "300000.00")]
    {
        table.rows.push(vec![Cell::lines(vec![amount(label, yuan, "元")]).across(3)].into());
    }
    let systems = ticks_in_line(SYSTEMS.iter().enumerate().map(|(place, name)| (full && place % 3 == 0, *name)));
    table.rows.push(vec![Cell::label("项目部署软件/系统/平台情况（多选）"), Cell::lines(vec![systems]).across(3)].into());
    let levels = ticks_in_line(["二级", "三级", "四级"].map(|level| (full && level == "三级", level)));
    table.rows.push(vec![Cell::label("企业改造后\n数字化水平"), Cell::lines(vec![levels]).across(3)].into());
    table
}

/// A report with long texts, a picture and a table of before and after.
pub fn summary(full: bool) -> Paper {
    let text = "企业成立于2008年，主营乳制品与杂粮的精深加工，现有职工126人、生产设备87台（套）。改造前，计划排程、质量管理主要依靠人工，\
                “数据孤岛”问题突出；改造后部署了MES、ERP与能耗管理平台，设备联网率由12%提高到86.5%，万元产值综合能耗下降9.3%。";
    let mut blocks = vec![Block::heading(Level::Two, 1, "项目基本情况")];
    blocks.extend(Block::typed(&or_empty(full, &format!("{text}\n{}", text.repeat(3)))));
    blocks.push(Block::heading(Level::Two, 2, "主要建设内容完成情况"));
    for (number, name) in (1..).zip(["数字化基础方面", "数字化管理方面", "数字化成效方面"]) {
        blocks.push(Block::heading(Level::Three, number, name));
        blocks.extend(Block::typed(&or_empty(full, text)));
    }
    if full {
        blocks.push(Block::Picture(Picture::read(pictures::png(), "图1　生产管控系统运行界面").unwrap()));
    }
    blocks.push(Block::heading(Level::Two, 3, "项目实施成效"));
    blocks.push(Block::Table(before_after(full)));
    Paper {
        title: "中小企业数字化转型试点项目改造总结报告".to_owned(),
        annex: Some("附件1.2".to_owned()),
        blocks,
        check: checked(),
        ..Paper::default()
    }
}

fn before_after(full: bool) -> Table {
    let head = ["一级指标", "二级指标", "采集项", "改造前", "改造后"].map(Cell::head).to_vec();
    let mut rows = vec![Row::from(vec![Cell::head("改造成效").across(3), Cell::head("改造前").down(2), Cell::head("改造后").down(2)])];
    rows.push(head[..3].to_vec().into());
    for (item, place) in ["网络建设", "设备数字化", "设备联网", "数据采集", "信息系统", "网络安全", "数据安全"].into_iter().zip(0..)
    {
        let mut cells = Vec::new();
        match place {
            0 => cells.extend([Cell::label("数字化基础").down(7), Cell::label("设备系统").down(3)]),
            3 => cells.push(Cell::label("数据采集")),
            4 => cells.push(Cell::label("信息系统")),
            5 => cells.push(Cell::label("信息安全").down(2)),
            _ => {}
        }
        let words = ["仅有办公网络，车间无网络覆盖", "建成5G工业网络，覆盖全部车间与仓库，支撑AGV调度"];
        cells.extend([Cell::label(item), Cell::value(or_empty(full, words[0])), Cell::value(or_empty(full, words[1]))]);
        rows.push(cells.into());
    }
    Table {
        caption: Some("表1　项目实施成效".to_owned()), widths: vec![13, 14, 15, 29, 29], head_rows: 2, rows, size: TextSize::SmallFour
    }
}

/// Nine columns, merged cells over several pages.
pub fn self_assessment(full: bool) -> Paper {
    let head = ["一级指标", "二级指标", "采集项", "序号", "题目", "选项", "选项类型", "得分", "佐证材料索引（注明章节号以及具体页码数）"];
    let mut rows = vec![Row::from(head.map(Cell::head).to_vec())];
    for question in 1..=15_usize {
        for option in 0..5 {
            rows.push(question_row(full, question, option).into());
        }
    }
    rows.push(vec![Cell::label("总分").across(7), Cell::middle(or_empty(full, "86.5")), Cell::value("")].into());
    Paper {
        title: "企业改造后数字化水平自评估报告".to_owned(),
        annex: Some("附件1.3".to_owned()),
        blocks: vec![
            Block::heading(Level::Two, 1, "数字化基础、管理及成效评测表"),
            Block::Table(Table {
                caption: None,
                widths: vec![10, 10, 10, 5, 19, 21, 7, 7, 11],
                head_rows: 1,
                rows,
                size: TextSize::SmallFive,
            }),
        ],
        check: checked(),
        ..Paper::default()
    }
}

fn question_row(full: bool, question: usize, option: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    if option == 0 && question % 5 == 1 {
        cells.push(Cell::label(format!("数字化基础{}%", 50 - question)).down(25));
    }
    if option == 0 {
        let title =
            format!("企业上年度每百元营业收入中综合能源消费量相比于前年变化情况（第{question}题）\n具体数据［{}］", or_empty(full, "12.5"));
        cells.extend([Cell::label("设备系统40%").down(5), Cell::label("网络建设").down(5)]);
        cells.extend([Cell::middle(question.to_string()).down(5), Cell::value(title).down(5)]);
    }
    let words = ["无", "企业车间建成工控网络，支持自动化控制应用", "(20%,40%]", "(40%,60%]", "网络全面覆盖生产现场与环节，具备扩展能力"];
    cells.push(Cell::lines(ticks([(full && option == question % 5, words[option])])));
    if option == 0 {
        let at = or_empty(full, &format!("第二章第{question}节，第{}页", question * 3));
        cells.extend([Cell::middle("单选").down(5), Cell::middle(or_empty(full, "6")).down(5), Cell::value(at).down(5)]);
    }
    cells
}

/// A decision of one page.
pub fn decision(number: usize) -> Paper {
    let pairs = Pairs::default()
        .one("企业名称", format!("某某市第{number}数字化装备制造有限公司"))
        .two(("核定投入", "500000.00元"), ("核定等级", "二级"))
        .two(("奖补比例", "70%"), ("奖补上限", "350000.00元"))
        .one("奖补金额", "350000.00元（人民币叁拾伍万元整）");
    Paper {
        title: "关于给予中小企业数字化转型\n试点项目奖补资金的决定".to_owned(),
        number: Some(format!("某工信奖〔2026〕{number}号")),
        blocks: vec![
            Block::Paragraph(Paragraph::flush(format!("某某市第{number}数字化装备制造有限公司："))),
            Block::body(
                "你单位申报的中小企业数字化转型试点改造项目，经资格审查、项目审核、社会公示，符合申报指南规定的条件。依据申报指南第二条，\
                 决定给予一次性奖补，具体如下：",
            ),
            Block::Table(pairs.table()),
            Block::body("请在收到本决定之日起10个工作日内提交收款账户信息。如对本决定有异议，可在公示期内书面提出。"),
            Block::Signatures(Signatures {
                places: vec![Place::to_seal("某某市工业和信息化局")], day: Some("2026年3月6日".to_owned())
            }),
        ],
        check: checked(),
        ..Paper::default()
    }
}

/// A wide list on sheets that lie on their side.
pub fn payment_list(lines: usize) -> Paper {
    let head = ["序号", "企业名称", "统一社会信用代码", "等级", "核定投入（元）", "奖补金额（元）", "开户银行及账号", "备注"];
    let mut rows = vec![Row::from(head.map(Cell::head).to_vec())];
    for line in 1..=lines {
        rows.push(Row::from(vec![
            Cell::middle(line.to_string()),
            Cell::value(format!("某某市第{line}数字化装备制造有限公司")),
            Cell::middle(format!("91000000MA0P{line:05}X")),
            Cell::middle("二级"),
            Cell::figure("500000.00"),
            Cell::figure("350000.00"),
            Cell::value("某某银行某某支行 6200 0000 0000 0000 123"),
            Cell::value(""),
        ]));
    }
    Paper {
        title: "某某市中小企业数字化转型试点奖补资金拨付清单".to_owned(),
        number: Some("2026年第1批".to_owned()),
        orientation: Orientation::Landscape,
        blocks: vec![
            Block::Table(Table { widths: vec![5, 21, 20, 6, 12, 12, 19, 5], head_rows: 1, rows, size: TextSize::Five, caption: None }),
            Block::Signatures(Signatures { places: ["制表人", "审核人", "批准人"].map(Place::to_sign).to_vec(), day: None }),
        ],
        check: checked(),
        ..Paper::default()
    }
}

pub mod pictures {
    //! Pictures drawn here.

    use std::io::Write as _;

    /// A PNG through which something shines, 300 by 120 points.
    pub fn png() -> Vec<u8> {
        png_of(6, |x, y| [(x / 2) as u8, (y * 2) as u8, 160, if (x + y) % 40 < 30 { 255 } else { 60 }].to_vec())
    }

    /// A PNG of one kind of colour with eight bits.
    pub fn png_of(kind: u8, point: impl Fn(u32, u32) -> Vec<u8>) -> Vec<u8> {
        let mut rows = Vec::new();
        for y in 0..120 {
            rows.push(0);
            (0..300).for_each(|x| rows.extend(point(x, y)));
        }
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(&rows).unwrap();
        let head = [&300_u32.to_be_bytes()[..], &120_u32.to_be_bytes(), &[8, kind, 0, 0, 0]].concat();
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in [(b"IHDR", head), (b"IDAT", packer.finish().unwrap()), (b"IEND", Vec::new())] {
            out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            out.extend_from_slice(name);
            let mut sum = flate2::Crc::new();
            sum.update(name);
            sum.update(&data);
            out.extend(data);
            out.extend(sum.sum().to_be_bytes());
        }
        out
    }
}
