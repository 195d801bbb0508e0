//! Chinese names of sections, keys and words of pack files, in the order they are told.

/// Sections in the order they are told.
pub const SECTIONS: &[(&str, &str)] = &[
    ("pack", "政策包"),
    ("applies", "适用范围"),
    ("text", "政策文本"),
    ("choice", "选项表"),
    ("rows", "行类别"),
    ("input", "事实"),
    ("indicator_set", "评测指标"),
    ("dimension", "一级指标"),
    ("indicator", "二级指标"),
    ("question", "采集项"),
    ("figure", "数据项"),
    ("scenario", "场景"),
    ("level", "等级线"),
    ("assessment", "评测口径"),
    ("variant", "口径"),
    ("condition", "条件"),
    ("recognise", "核定"),
    ("table", "表"),
    ("value", "计算项"),
    ("award", "奖补"),
    ("stack", "叠加"),
    ("calculator", "测算"),
    ("quota", "名额"),
    ("material", "材料"),
    ("known", "平台掌握的事实"),
    ("entitlement", "平台已作出的支持"),
    ("form", "表单"),
    ("official", "附表"),
    ("procedure", "事项"),
];

/// The last section, told after all others.
pub const STAGE: (&str, &str) = ("stage", "环节");

/// Keys in the order they are told. One name serves a key wherever it stands.
const KEYS: &[(&str, &str)] = &[
    ("title", "标题"),
    ("authority", "发布单位"),
    ("place", "实施地区"),
    ("uses", "引用的政策包"),
    ("label", "名称"),
    ("short", "简称"),
    ("file", "文件"),
    ("number", "题号"),
    ("type", "类型"),
    ("of", "所属"),
    ("parent", "上级"),
    ("also", "别名"),
    ("dimension", "一级指标"),
    ("indicator", "二级指标"),
    ("group", "类别"),
    ("constraint", "约束性"),
    ("criteria", "各级标准"),
    ("text", "正文"),
    ("kind", "方式"),
    ("options", "选项"),
    ("excludes", "排他"),
    ("part", "分子"),
    ("whole", "分母"),
    ("now", "当年"),
    ("before", "上年"),
    ("range", "区间"),
    ("weight", "权重"),
    ("weights", "权重"),
    ("score", "分数线"),
    ("scenarios", "场景数"),
    ("decides", "采用的口径"),
    ("beside", "并列的口径"),
    ("notice", "提示"),
    ("by", "依据"),
    ("source", "来源"),
    ("from", "起"),
    ("until", "止"),
    ("amends", "修订的版本"),
    ("rows", "行"),
    ("gives", "结果"),
    ("otherwise", "其余情形"),
    ("rule", "规则"),
    ("amount", "金额"),
    ("expr", "公式"),
    ("may_lower", "可核低"),
    ("when", "适用情形"),
    ("met", "要求"),
    ("person", "人工核实"),
    ("requires", "要求"),
    ("at_most", "上限"),
    ("exception", "例外"),
    ("recognised", "核定总额"),
    ("items", "逐项"),
    ("deductions", "扣减"),
    ("conditions", "须符合的条件"),
    ("mode", "叠加方式"),
    ("awards", "奖补"),
    ("paid", "已享受"),
    ("cap", "累计上限"),
    ("given", "直接填写"),
    ("vary", "并列项"),
    ("over", "并列取值"),
    ("note", "说明"),
    ("per", "分别计算"),
    ("counts", "计数对象"),
    ("rank", "排序"),
    ("pool", "资金"),
    ("share", "比例"),
    ("section", "部分"),
    ("fields", "字段"),
    ("fact", "事实"),
    ("same", "沿用的字段"),
    ("required", "必填"),
    ("min_chars", "最少字数"),
    ("max_chars", "最多字数"),
    ("columns", "列"),
    ("lines", "行目"),
    ("value", "显示的值"),
    ("assessment", "测评"),
    ("evidence", "佐证材料索引"),
    ("evidence_in", "佐证页码所指"),
    ("promise", "承诺"),
    ("signer", "签字"),
    ("under", "标题下一行"),
    ("left", "表上左侧"),
    ("right", "表上右侧"),
    ("head", "栏目名称"),
    ("width_chars", "栏宽"),
    ("notes", "表下的注"),
    ("form", "表样"),
    ("applicant", "申报主体"),
    ("grants", "结果"),
    ("listed", "可从已公布的名单登记"),
    ("needs", "所需资格"),
    ("prefills", "沿用的事项"),
    ("work", "办理方式"),
    ("actor", "办理主体"),
    ("does", "办理内容"),
    ("passed", "办理结果"),
    ("decision", "决定的措辞"),
    ("materials", "材料"),
    ("forms", "表单"),
    ("asks", "由办理人员填写"),
    ("judges", "由办理人员判断"),
    ("settles", "核定的等级或者得分"),
    ("lowers", "可核低的值"),
    ("reviewers", "评审专家人数"),
    ("sheet", "评审表"),
    ("apart", "评分差距上限"),
    ("blind", "评分互不可见"),
    ("elsewhere", "回避本地专家"),
    ("field", "匹配的领域"),
    ("full", "满分"),
    ("quotas", "占用的名额"),
    ("checks", "通过前须符合的条件"),
    ("paper_code", "核对纸质件校验码"),
    ("members", "参与单位"),
    ("profile", "沿用的单位信息"),
    ("several", "可以同时有多件"),
    ("programme", "项目"),
    ("facts", "固定的事实"),
    ("lead", "牵头限制"),
    ("official", "印成的附表"),
    ("cell", "在表中的位置"),
    ("each", "各填一行的选项"),
    ("invoice", "发票各列"),
    ("issued_on", "开票日期"),
    ("buyer", "购买方"),
    ("seller", "销售方"),
    ("applicant_is", "申报单位是"),
    ("net", "不含税金额"),
    ("tax", "税额"),
    ("total", "价税合计"),
    ("papers", "材料"),
    ("gathers", "汇总的申报件"),
    ("named_by", "行的名称"),
    ("optional", "可以不办理"),
    ("after", "前置环节"),
    ("limit", "时限"),
    ("correction", "补正时限"),
    ("days", "天数"),
    ("first_day", "起始日"),
    ("roll", "遇休息日顺延"),
    ("overdue", "逾期"),
    ("publicity", "公示"),
    ("objection", "异议"),
    ("advance", "预拨比例"),
    ("person_sets", "由人工确定"),
    ("print", "打印版式"),
    ("annex", "附件号"),
    ("landscape", "横排"),
    ("cover", "封面"),
    ("cover_day", "封面日期"),
    ("heading", "标题行"),
    ("with", "合印的表单"),
    ("path", "填写处"),
    ("table", "表"),
    ("widths", "列宽"),
    ("heads", "表头"),
    ("omit", "不打印"),
    ("order", "选项的次序"),
    ("words", "选项的文字"),
    ("behind", "其后的文字"),
    ("page", "另起一页的标题"),
    ("repeats", "重复打印的字段"),
    ("and_fields", "附打印各字段"),
    ("pictures", "附打印图片"),
    ("fill", "栏目的填写"),
    ("each", "每行一张"),
    ("promises_after", "承诺的位置"),
    ("unit", "单位"),
    ("reading", "条文理解"),
    ("clause", "条款"),
];

/// Keys whose text is said to people, told last.
const SENTENCES: [(&str, &str); 5] =
    [("says", "说明句"), ("failed", "不符合时"), ("limited", "受限时"), ("fix", "措施"), ("hint", "填写提示")];

/// Who acts or applies.
const ACTORS: [(&str, &str); 10] = [
    ("enterprise", "企业"),
    ("provider", "服务商"),
    ("district_bureau", "旗县区主管部门"),
    ("city_bureau", "市级主管部门"),
    ("region_bureau", "自治区（省）主管部门"),
    ("evaluator", "第三方评测机构"),
    ("auditor", "审计机构"),
    ("finance_bureau", "财政部门"),
    ("expert", "专家"),
    ("public", "社会公众"),
];

/// Words of closed lists by the key they stand at.
const WORDS: &[(&str, &[(&str, &str)])] = &[
    ("actor", &ACTORS),
    ("applicant", &ACTORS),
    ("applicant_is", &[("buyer", "购买方"), ("seller", "销售方"), ("neither", "既非购买方也非销售方")]),
    ("grants", &[("award", "资金"), ("standing", "资格")]),
    ("assessment", &[("questions", "评测题目"), ("scenarios", "应用场景")]),
    (
        "work",
        &[
            ("open", "开展"),
            ("fill", "填报"),
            ("join", "加入确认"),
            ("check", "审查"),
            ("assess", "评测"),
            ("audit", "核定投入"),
            ("review", "专家评审"),
            ("publicise", "公示"),
            ("pay", "拨付"),
        ],
    ),
    (
        "kind",
        &[
            ("working", "工作日"),
            ("natural", "自然日"),
            ("multi", "多选"),
            ("single", "单选"),
            ("ratio", "比例区间"),
            ("trend", "同比变化"),
        ],
    ),
    ("first_day", &[("counted", "含当日"), ("not_counted", "不含当日")]),
    ("overdue", &[("withdrawn", "按放弃申报处理"), ("next_batch", "进入下一批"), ("reminded", "只提醒")]),
    ("objection", &[("holds_payment", "排除前暂缓拨付"), ("recorded", "登记备查")]),
    ("mode", &[("sum", "合计"), ("best", "就高不重复"), ("exclude", "择一享受"), ("top_up", "补足差额")]),
    ("share", &[("first_come", "按序用完为止"), ("pro_rata", "按比例")]),
    (
        "type",
        &[
            ("yes_no", "是否"),
            ("choice", "选项"),
            ("money", "金额"),
            ("count", "整数"),
            ("level", "等级"),
            ("score", "分数"),
            ("share", "比例"),
            ("decimal", "小数"),
            ("date", "日期"),
            ("party", "单位名称"),
            ("text", "一行文字"),
            ("long_text", "多行文字"),
            ("month", "年月"),
            ("choices", "多选"),
            ("phone", "电话"),
            ("email", "电子邮箱"),
            ("credit_code", "统一社会信用代码"),
            ("table", "表格"),
            ("provider", "持有资格的单位"),
            ("shown", "只显示"),
        ],
    ),
    ("unit", &[("level", "等级"), ("money", "金额"), ("count", "整数"), ("share", "比例"), ("score", "分数"), ("decimal", "小数")]),
];

/// A section's Chinese name.
pub fn section(id: &str) -> &str {
    SECTIONS.iter().chain([&STAGE]).find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
}

/// A key's Chinese name; the key itself where it has none (ids of columns, weights, options).
pub fn key(id: &str) -> &str {
    KEYS.iter().chain(&SENTENCES).find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
}

/// Where a key comes among the others of its entry; unknown keys first.
pub fn order(id: &str) -> usize {
    KEYS.iter().chain(&SENTENCES).position(|(known, _)| *known == id).map_or(0, |at| at + 1)
}

/// A word of a closed list in Chinese, if it is one.
pub fn word<'w>(key: &str, text: &'w str) -> &'w str {
    let list = WORDS.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, list)| list);
    list.iter().find(|(word, _)| *word == text).map_or(text, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    /// Every key of the format has a Chinese name, so that a new key is not told in English.
    #[test]
    fn every_section_and_key_has_a_name() {
        let schema: serde_json::Value = serde_json::from_str(&crate::schema::pack_schema()).unwrap();
        let keys = |of: &serde_json::Value| of["properties"].as_object().map_or(Vec::new(), |all| all.keys().cloned().collect());
        let unnamed = |section: &String| super::section(section) == section;
        assert_eq!(keys(&schema).into_iter().filter(unnamed).collect::<Vec<_>>(), Vec::<String>::new());
        let parts = schema["$defs"].as_object().unwrap().values().flat_map(keys);
        let unnamed = |key: &String| !["id", "version", "level"].contains(&key.as_str()) && super::key(key) == key;
        assert_eq!(parts.filter(unnamed).collect::<Vec<_>>(), Vec::<String>::new());
    }
}
