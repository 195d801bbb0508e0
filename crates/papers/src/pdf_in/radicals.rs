//! Characters that some makers of PDFs write as radicals: a font draws 日 and the radical ⽇ with one glyph, and its table names either.

/// The characters of U+2F00 to U+2FD5, in order.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
    干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
    用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷\
    豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// Radicals of the supplement, and their characters.
const SUPPLEMENT: &str =
    "⻓长⻔门⻚页⻛风⻜飞⻝食⻢马⻥鱼⻦鸟⻩黄⻬齐⻮齿⻰龙⻳龟⻁虎⻅见⻉贝⻋车⻄西⻆角⻘青⻙韦⻤鬼⻨麦⻧卤⺟母⺠民⻑長⻣骨";

/// A text with characters in the place of radicals.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(character).collect()
}

fn character(one: char) -> char {
    match one {
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(one as usize - 0x2f00).unwrap_or(one),
        '\u{2e80}'..='\u{2eff}' => supplement(one).unwrap_or(one),
        _ => one,
    }
}

fn supplement(one: char) -> Option<char> {
    let mut all = SUPPLEMENT.chars();
    while let (Some(radical), Some(character)) = (all.next(), all.next()) {
        if radical == one {
            return Some(character);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        for (text, expected) in
            [("⽇期", "日期"), ("纳税⼈", "纳税人"), ("⾦⻝品⻓", "金食品长"), ("⼀", "一"), ("⿕", "龠"), ("⺀a日", "⺀a日")]
        {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(KANGXI.chars().count(), 0x2fd5 - 0x2f00 + 1);
    }
}
