use proptest::prelude::*;

use super::*;

#[test]
fn published_codes_hold() {
    let check = |code: &str, organisation: bool| {
        let parsed = CreditCode::parse(code).unwrap();
        assert_eq!(parsed.as_str(), code);
        assert_eq!(parsed.organisation_code_holds(), organisation, "{code}");
        assert_eq!(CreditCode::with_check_character(&code[..17]), Ok(parsed));
    };
    check("91440300708461136T", true);
    check("91330100799655058B", true);
    check("914403001922038216", true);
    check("91110000802100433B", true);
    check("9100000012345678XU", false);
}

#[test]
fn readings() {
    let check = |input: &str| assert_eq!(CreditCode::parse(input).unwrap().as_str(), "91440300708461136T");
    check(" 91440300708461136t\n");
    check("91 440300 708461136 T");
    check("９１４４０３００７０８４６１１３６Ｔ");
    check("\u{feff}91440300708461136T");
}

#[test]
fn refusals() {
    let check = |input: &str, expected: &str| {
        let message = CreditCode::parse(input).unwrap_err().to_string();
        assert!(message.contains(expected), "{input}: {message}");
    };
    check("", "应为18位，现有0位");
    check("91440300708461136", "应为18位，现有17位");
    check("91440300708461136T9", "现有19位");
    check("9144O300708461136T", "第5位“O”不在规定的字符之内（字母 I、O、S、V、Z 不使用，可能是“0”）");
    check("9I440300708461136T", "第2位“I”");
    check("9I440300708461136T", "可能是“1”");
    check("91440300708461136s", "第18位“S”");
    check("91440300708461136s", "可能是“5”");
    check("914403007084Z1136T", "可能是“2”");
    check("91-40300708461136T", "第3位“-”不在规定的字符之内（只用数字");
    check("91A40300708461136T", "第3位“A”应为数字");
    check("91440300708461136U", "校验位不符");
    check("91440300708461136U", "推算为“T”，仅供核对");
    check("统一社会信用代码", "第1位“统”");
}

#[test]
fn kinds() {
    let check = |prefix: &str, label: &str| {
        let code = CreditCode::with_check_character(&format!("{prefix}000000MA0N00001")).unwrap();
        assert_eq!(code.registration_kind().label(), label, "{prefix}");
        assert_eq!(code.is_individual_business(), prefix == "92");
        assert_eq!(code.registering_division(), "000000");
    };
    check("91", "企业");
    check("92", "个体工商户");
    check("93", "农民专业合作社");
    check("11", "机关");
    check("12", "事业单位");
    check("13", "群众团体及其他编办登记机构");
    check("52", "社会组织");
    check("31", "法律服务机构");
    check("71", "宗教组织");
    check("81", "工会");
    check("N2", "农村集体经济组织");
    check("Y1", "其他");
}

#[test]
fn in_files_it_is_a_string() {
    #[derive(Serialize, Deserialize)]
    struct File {
        code: CreditCode,
    }
    let file: File = toml::from_str("code = \"91440300708461136t\"").unwrap();
    assert_eq!(toml::to_string(&file).unwrap().trim(), "code = \"91440300708461136T\"");
    assert!(toml::from_str::<File>("code = \"91440300708461136U\"").is_err());
}

fn any_code() -> impl Strategy<Value = CreditCode> {
    "9[123][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}".prop_map(|first| CreditCode::with_check_character(&first).unwrap())
}

proptest! {
    #[test]
    fn any_single_change_is_noticed(code in any_code(), place in 0usize..18, value in 0usize..31) {
        let mut changed = code.as_str().as_bytes().to_vec();
        prop_assume!(changed[place] != ALPHABET[value]);
        changed[place] = ALPHABET[value];
        prop_assert!(CreditCode::parse(std::str::from_utf8(&changed).unwrap()).is_err());
    }

    #[test]
    fn neighbours_swapped_are_noticed(code in any_code(), place in 8usize..17) {
        let mut changed = code.as_str().as_bytes().to_vec();
        prop_assume!(changed[place] != changed[place + 1]);
        changed.swap(place, place + 1);
        prop_assert!(CreditCode::parse(std::str::from_utf8(&changed).unwrap()).is_err());
    }

    #[test]
    fn what_is_shown_reads_back(code in any_code()) {
        prop_assert_eq!(code.to_string().parse(), Ok(code));
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,24}") {
        let _ = CreditCode::parse(&text);
    }
}
