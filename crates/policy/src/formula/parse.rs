//! Formulas read by precedence: or < and < not < comparison < + − < × ÷ < the rest.

use super::lex::{Lexeme, Token, lex};
use super::{Arithmetic, Compare, Expr, Fold, Node, SyntaxError};
use std::ops::Range;

const DEEPEST: usize = 64;

/// Reads a formula.
///
/// # Errors
/// The first place that does not fit, with what was expected there.
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser { tokens: lex(text)?, at: 0, end: text.len(), depth: 0 };
    let expr = parser.or()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expr),
        Some((token, span)) => Err(SyntaxError::new(span.start, format!("此处多出{}", shown(token)))),
    }
}

struct Parser {
    tokens: Vec<Lexeme>,
    at: usize,
    end: usize,
    depth: usize,
}

type Parsed = Result<Expr, SyntaxError>;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn offset(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(_, span)| span.start)
    }

    fn last_end(&self) -> usize {
        self.tokens[..self.at].last().map_or(0, |(_, span)| span.end)
    }

    fn take_mark(&mut self, mark: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Mark(found)) if *found == mark);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.at += usize::from(found);
        found
    }

    fn need_mark(&mut self, mark: &str) -> Result<(), SyntaxError> {
        if self.take_mark(mark) {
            return Ok(());
        }
        let found = self.peek().map_or("公式结束".to_owned(), shown);
        Err(SyntaxError::new(self.offset(), format!("缺少“{mark}”，此处为{found}")))
    }

    fn or(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SyntaxError::new(self.offset(), "公式嵌套过深").suggest("请拆成多个 [[value]]"));
        }
        let mut left = self.and()?;
        while self.take_word("or") {
            let right = self.and()?;
            left = joined(left, right, Node::Or);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.not()?;
        while self.take_word("and") {
            let right = self.not()?;
            left = joined(left, right, Node::And);
        }
        Ok(left)
    }

    fn not(&mut self) -> Parsed {
        let start = self.offset();
        if !self.take_word("not") {
            return self.comparison();
        }
        let inner = self.comparison()?;
        let span = start..inner.span.end;
        Ok(Expr { node: Node::Not(Box::new(inner)), span })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        if self.take_word("in") {
            return self.words(left);
        }
        let Some(Token::Mark(mark)) = self.peek() else { return Ok(left) };
        let compare = match *mark {
            "=" => Compare::Equal,
            "!=" => Compare::Differs,
            "<" => Compare::Below,
            "<=" => Compare::AtMost,
            ">" => Compare::Above,
            ">=" => Compare::AtLeast,
            _ => return Ok(left),
        };
        self.at += 1;
        let right = self.sum()?;
        Ok(joined(left, right, |a, b| Node::Compare(compare, a, b)))
    }

    fn words(&mut self, left: Expr) -> Parsed {
        self.need_mark("[")?;
        let list = self.list("]")?;
        let span = left.span.start..self.last_end();
        Ok(Expr { node: Node::In(Box::new(left), list), span })
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Mark("+")) => Arithmetic::Add,
                Some(Token::Mark("-")) => Arithmetic::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = joined(left, right, |a, b| Node::Arithmetic(operator, a, b));
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.atom()?;
        loop {
            let operator = match self.peek() {
                Some(Token::Mark("*")) => Arithmetic::Multiply,
                Some(Token::Mark("/")) => Arithmetic::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.atom()?;
            left = joined(left, right, |a, b| Node::Arithmetic(operator, a, b));
        }
    }

    fn atom(&mut self) -> Parsed {
        let start = self.offset();
        if self.take_mark("(") {
            let inner = self.or()?;
            self.need_mark(")")?;
            return Ok(Expr { node: inner.node, span: start..self.last_end() });
        }
        let Some((token, span)) = self.tokens.get(self.at).cloned() else {
            return Err(SyntaxError::new(start, "公式不完整"));
        };
        self.at += 1;
        let node = match token {
            Token::Number(exact, unit) => Node::Number(exact, unit),
            Token::Date(date) => Node::Date(date),
            Token::Word(word) => Node::Word(word),
            Token::Name(name) => return self.named(name, span),
            Token::Mark(mark) => return Err(SyntaxError::new(start, format!("此处不应有“{mark}”"))),
        };
        Ok(Expr { node, span })
    }

    fn named(&mut self, name: String, span: Range<usize>) -> Parsed {
        if matches!(name.as_str(), "and" | "or" | "not" | "in" | "where") {
            return Err(SyntaxError::new(span.start, format!("此处不应有“{name}”")));
        }
        if !self.take_mark("(") {
            let node = match name.as_str() {
                "yes" => Node::YesNo(true),
                "no" => Node::YesNo(false),
                _ => Node::Name(name),
            };
            return Ok(Expr { node, span });
        }
        let node = match fold(&name) {
            Some(fold) => self.rows(fold)?,
            None => self.call(name)?,
        };
        Ok(Expr { node, span: span.start..self.last_end() })
    }

    fn rows(&mut self, fold: Fold) -> Result<Node, SyntaxError> {
        let start = self.offset();
        let Some(Token::Name(of)) = self.peek().cloned() else {
            return Err(SyntaxError::new(start, "此处应为行类别或其列，如 invoice.amount"));
        };
        self.at += 1;
        let filter = if self.take_word("where") { Some(Box::new(self.or()?)) } else { None };
        self.need_mark(")")?;
        Ok(Node::Rows { fold, of, filter })
    }

    fn call(&mut self, name: String) -> Result<Node, SyntaxError> {
        let args = if self.take_mark(")") { Vec::new() } else { self.list(")")? };
        if !self.take_mark(".") {
            return Ok(Node::Call(name, args));
        }
        match self.peek().cloned() {
            Some(Token::Name(column)) => {
                self.at += 1;
                Ok(Node::Lookup { table: name, keys: args, column })
            }
            _ => Err(SyntaxError::new(self.offset(), "“.”之后应为表的列名")),
        }
    }

    fn list(&mut self, close: &str) -> Result<Vec<Expr>, SyntaxError> {
        let mut all = vec![self.or()?];
        while self.take_mark(",") {
            all.push(self.or()?);
        }
        self.need_mark(close)?;
        Ok(all)
    }
}

fn joined(left: Expr, right: Expr, node: impl Fn(Box<Expr>, Box<Expr>) -> Node) -> Expr {
    let span = left.span.start..right.span.end;
    Expr { node: node(Box::new(left), Box::new(right)), span }
}

fn fold(name: &str) -> Option<Fold> {
    match name {
        "sum" => Some(Fold::Sum),
        "count" => Some(Fold::Count),
        "any" => Some(Fold::Any),
        "all" => Some(Fold::All),
        _ => None,
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Number(exact, _) => format!("数字 {}", exact.text()),
        Token::Date(date) => format!("日期 {date}"),
        Token::Word(word) => format!("'{word}'"),
        Token::Name(name) => format!("“{name}”"),
        Token::Mark(mark) => format!("“{mark}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = match parse(text) {
            Ok(expr) => brief(&expr),
            Err(error) => format!("{}: {}", error.offset, error.message),
        };
        assert_eq!(found, expected, "{text}");
    }

    fn brief(expr: &Expr) -> String {
        let all = |list: &[Expr]| list.iter().map(brief).collect::<Vec<_>>().join(" ");
        match &expr.node {
            Node::Number(exact, _) => exact.text(),
            Node::Date(date) => date.to_string(),
            Node::Word(word) => format!("'{word}'"),
            Node::YesNo(yes) => yes.to_string(),
            Node::Name(name) => name.clone(),
            Node::Not(inner) => format!("(not {})", brief(inner)),
            Node::And(a, b) => format!("(and {} {})", brief(a), brief(b)),
            Node::Or(a, b) => format!("(or {} {})", brief(a), brief(b)),
            Node::Compare(how, a, b) => format!("({how:?} {} {})", brief(a), brief(b)),
            Node::Arithmetic(how, a, b) => format!("({how:?} {} {})", brief(a), brief(b)),
            Node::In(a, list) => format!("(in {} {})", brief(a), all(list)),
            Node::Call(name, args) => format!("({name} {})", all(args)),
            Node::Rows { fold, of, filter } => {
                format!("({fold:?} {of}{})", filter.as_ref().map_or(String::new(), |test| format!(" {}", brief(test))))
            }
            Node::Lookup { table, keys, column } => format!("({table}.{column} {})", all(keys)),
        }
    }

    #[test]
    fn precedence_and_forms() {
        check("a + b * 70%", "(Add a (Multiply b 0.7))");
        check("a or b and not c = 1", "(or a (and b (not (Equal c 1))))");
        check("min(35万元, x)", "(min 35000000 x)");
        check("sum(invoice.counted where invoice.cost = 'software')", "(Sum invoice.counted (Equal invoice.cost 'software'))");
        check("standard(level, project.batch).cap", "(standard.cap level project.batch)");
        check("x in ['a', 'b']", "(in x 'a' 'b')");
        check("d >= 2024-07-01", "(AtLeast d 2024-07-01)");
        check("score >= 60分", "(AtLeast score 60)");
        check("count(member) >= 10家", "(AtLeast (Count member) 10)");
        check("a - 1", "(Subtract a 1)");
    }

    #[test]
    fn mistakes_name_their_place() {
        check("a +", "3: 公式不完整");
        check("min(a, b", "8: 缺少“)”，此处为公式结束");
        check("a ≥ b", "2: 公式中不能使用“≥”");
        check("2025-02-30", "0: 日期 2025-02-30 不存在");
        check("0.001元", "0: 金额不足一分");
        check("a b", "2: 此处多出“b”");
        check("'x", "0: 缺少右引号 '");
        check("123456789012345678901", "0: 数字 123456789012345678901 不合规或过大");
        check(&format!("1{}", "+1".repeat(150)), "300: 公式过长，最多300个词和符号");
    }
}
