//! What the site is called and who answers for it, as its operator says: at the head and the foot of every page.

/// Nothing of it is made up: what is not said is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// 网站名称; the program's own name where there is none.
    pub name: Option<String>,
    /// 主办单位.
    pub operator: Option<String>,
    /// 咨询电话: where applicants ask about the policy.
    pub phone: Option<String>,
    /// 技术支持电话: where people ask about the site.
    pub support: Option<String>,
    /// 备案号, as the authorities gave it.
    pub filing: Option<String>,
}

/// What the site is called where nobody named it.
const NAME: &str = "数转";
/// What it is there for; said beside its name where the site has none of its own.
pub(crate) const PURPOSE: &str = "中小企业数字化转型公共服务";
const FILING: &str = "备案号";

impl About {
    /// What `read` has under each name: `SITE_NAME`, `SITE_OPERATOR`, `SITE_PHONE`, `SITE_SUPPORT_PHONE`, `SITE_FILING`. Blank is not said.
    pub fn read(read: impl Fn(&str) -> Option<String>) -> Self {
        let said = |name: &str| read(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            name: said("SITE_NAME"),
            operator: said("SITE_OPERATOR"),
            phone: said("SITE_PHONE"),
            support: said("SITE_SUPPORT_PHONE"),
            filing: said("SITE_FILING"),
        }
    }

    /// What the site is called.
    pub(crate) fn site(&self) -> &str {
        self.name.as_deref().unwrap_or(NAME)
    }

    /// What stands below a letter from it: its name, who answers for it, its address.
    pub fn below_letters(&self, origin: &str) -> Vec<String> {
        let lines = self.lines().filter(|(label, _)| *label != FILING).map(|(label, said)| format!("{label}：{said}"));
        let name = self.name.clone().unwrap_or_else(|| format!("{NAME} {PURPOSE}"));
        let (first, last) = ([name], [origin.to_owned(), "本邮件由系统发出，请勿直接回复。".to_owned()]);
        first.into_iter().chain(lines).chain(last).collect()
    }

    /// Who answers for it and how they are reached: what each is called, and what was said.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [("主办单位", &self.operator), ("咨询电话", &self.phone), ("技术支持电话", &self.support), (FILING, &self.filing)];
        all.into_iter().filter_map(|(label, said)| Some((label, said.as_deref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_left_out() {
        let about = About::read(|name| (name == "SITE_PHONE").then(|| " 12345 ".to_owned()).or((name == "SITE_NAME").then(String::new)));
        assert_eq!(about.site(), NAME);
        assert_eq!(about.lines().collect::<Vec<_>>(), [("咨询电话", "12345")]);
    }

    #[test]
    fn a_letter_says_who_sends_it() {
        let said = [("SITE_NAME", "某市平台"), ("SITE_OPERATOR", "某市工业和信息化局"), ("SITE_FILING", "备案1号")];
        let about = About::read(|name| said.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()));
        let below = about.below_letters("https://example.cn");
        assert_eq!(below, ["某市平台", "主办单位：某市工业和信息化局", "https://example.cn", "本邮件由系统发出，请勿直接回复。"]);
    }
}
