//! Kinds of registration that the first two characters of a credit code tell (GB 32100-2015).

/// What an organisation is registered as, after the first two characters of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegistrationKind {
    /// 91: an enterprise with a business licence, sole proprietorships and partnerships included.
    Enterprise,
    /// 92: an individual business, which is no legal person.
    IndividualBusiness,
    /// 93: a farmers' specialised cooperative.
    FarmersCooperative,
    /// 11: an organ of the state or the party.
    Government,
    /// 12: a public institution.
    PublicInstitution,
    /// 13 and 19: a mass organisation or other unit of the staffing authority.
    OtherEstablishment,
    /// 51, 52, 53, 59: an association, a private non-enterprise unit, a foundation.
    SocialOrganisation,
    /// 3x: a law firm or other legal service.
    LegalService,
    /// 7x: a place or school of religion.
    Religious,
    /// 8x: a trade union.
    TradeUnion,
    /// Nx: a rural collective economic organisation.
    RuralCollective,
    /// Anything else.
    Other,
}

impl RegistrationKind {
    pub(crate) fn of(authority: u8, kind: u8) -> RegistrationKind {
        match (authority, kind) {
            (b'9', b'1') => Self::Enterprise,
            (b'9', b'2') => Self::IndividualBusiness,
            (b'9', b'3') => Self::FarmersCooperative,
            (b'1', b'1') => Self::Government,
            (b'1', b'2') => Self::PublicInstitution,
            (b'1', b'3' | b'9') => Self::OtherEstablishment,
            (b'5', b'1' | b'2' | b'3' | b'9') => Self::SocialOrganisation,
            (b'3', _) => Self::LegalService,
            (b'7', _) => Self::Religious,
            (b'8', _) => Self::TradeUnion,
            (b'N', _) => Self::RuralCollective,
            _ => Self::Other,
        }
    }

    /// The Chinese name for screens and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Enterprise => "企业",
            Self::IndividualBusiness => "个体工商户",
            Self::FarmersCooperative => "农民专业合作社",
            Self::Government => "机关",
            Self::PublicInstitution => "事业单位",
            Self::OtherEstablishment => "群众团体及其他编办登记机构",
            Self::SocialOrganisation => "社会组织",
            Self::LegalService => "法律服务机构",
            Self::Religious => "宗教组织",
            Self::TradeUnion => "工会",
            Self::RuralCollective => "农村集体经济组织",
            Self::Other => "其他",
        }
    }
}
