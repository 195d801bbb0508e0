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

    /// Who answers for it and how they are reached: what each is called, and what was said.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [("主办单位", &self.operator), ("咨询电话", &self.phone), ("技术支持电话", &self.support), ("备案号", &self.filing)];
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
}
