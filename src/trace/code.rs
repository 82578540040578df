//! A text as its machine reads it, line by line: without comments and blanks.

use super::Syntax;

/// The lines of a file, as written and as code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Code {
    lines: Vec<String>,
    /// The blanks in front of each line; a tab counts as eight.
    indents: Vec<u32>,
    /// Which lines only name what they take from elsewhere.
    imports: Vec<bool>,
    /// How its comments and blocks are written.
    pub syntax: Syntax,
}

/// What the scan of a line ended in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    Comment,
    /// A text between three quotes.
    Text(char),
}

impl Code {
    /// Reads a file by the syntax that its path tells.
    #[must_use]
    pub fn read(path: &str, text: &str) -> Self {
        let syntax = Syntax::of(path);
        let (mut lines, mut indents, mut imports) = (Vec::new(), Vec::new(), Vec::new());
        let mut inside = Inside::Code;
        // As git counts lines: an end of line ends one, and what stands behind the last one is one more.
        for line in text.split_inclusive('\n') {
            let line = line.trim_end_matches(['\n', '\r']);
            indents.push(indent(line));
            imports.push(is_import(line));
            let (code, end) = scan(line, syntax, inside);
            lines.push(code);
            inside = end;
        }
        Self { lines, indents, imports, syntax }
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A line (from 0) as code; nothing where it is a comment or blank.
    #[must_use]
    pub fn line(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", String::as_str)
    }

    /// The columns in front of a line.
    #[must_use]
    pub fn indent(&self, at: usize) -> u32 {
        self.indents.get(at).copied().unwrap_or(0)
    }

    /// Whether a line only names what it takes from elsewhere: `use`, `import`, `#include`.
    #[must_use]
    pub fn is_import(&self, at: usize) -> bool {
        self.imports.get(at).copied().unwrap_or(false)
    }

    /// Whether a line says something of its own: more than brackets and signs.
    #[must_use]
    pub fn speaks(&self, at: usize) -> bool {
        self.line(at).chars().any(char::is_alphanumeric)
    }

    /// Some lines as one run of signs, without the commas that layout alone puts before a closing bracket.
    #[must_use]
    pub fn run(&self, lines: std::ops::Range<usize>) -> String {
        let end = lines.end.min(self.len());
        let mut run = String::new();
        for line in &self.lines[lines.start.min(end)..end] {
            run.push_str(line);
        }
        drop_last_commas(&run)
    }
}

fn drop_last_commas(run: &str) -> String {
    let mut kept = String::with_capacity(run.len());
    for c in run.chars() {
        if matches!(c, ')' | ']' | '}') && kept.ends_with(',') {
            kept.pop();
        }
        kept.push(c);
    }
    kept
}

fn is_import(line: &str) -> bool {
    let line = line.trim();
    let Some((first, rest)) = line.split_once([' ', '\t']) else { return false };
    match first {
        "#include" | "import" | "using" => true,
        "use" => line.ends_with([';', '{']),
        "from" => rest.contains(" import "),
        "require" | "require_relative" => true,
        "const" | "let" | "var" => rest.contains("= require("),
        _ => false,
    }
}

fn indent(line: &str) -> u32 {
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

/// The code of a line, and what its end is inside of.
fn scan(line: &str, syntax: Syntax, mut inside: Inside) -> (String, Inside) {
    let mut code = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        match inside {
            Inside::Comment => {
                let end = syntax.block.and_then(|(_, end)| Some(rest.find(end)? + end.len()));
                let Some(end) = end else { return (code, inside) };
                (rest, inside) = (&rest[end..], Inside::Code);
                continue;
            }
            Inside::Text(quote) => {
                let three: String = [quote; 3].iter().collect();
                let end = rest.find(&three).map(|at| at + three.len());
                code.push_str(rest[..end.unwrap_or(rest.len())].trim());
                let Some(end) = end else { return (code, inside) };
                (rest, inside) = (&rest[end..], Inside::Code);
                continue;
            }
            Inside::Code => {}
        }
        let at_word = code.is_empty() || line[..line.len() - rest.len()].ends_with([' ', '\t']);
        if let Some((begin, _)) = syntax.block.filter(|(begin, _)| rest.starts_with(begin)) {
            (rest, inside) = (&rest[begin.len()..], Inside::Comment);
            continue;
        }
        // `$#` and `${a#b}` of a shell are no comments.
        let is_comment =
            |mark: &&str| rest.starts_with(*mark) && (at_word || !matches!(*mark, "#" | ";" | "%"));
        if syntax.line.iter().any(is_comment) {
            return (code, inside);
        }
        let c = rest.chars().next().expect("the rest is not empty");
        if syntax.quotes.contains(&c) {
            let three: String = [c; 3].iter().collect();
            if syntax.same_quotes && rest.starts_with(&three) {
                code.push_str(&three);
                (rest, inside) = (&rest[three.len()..], Inside::Text(c));
                continue;
            }
            let end = closing(rest, c);
            push_text(&mut code, &rest[..end], c, syntax.same_quotes);
            rest = &rest[end..];
            continue;
        }
        if !c.is_whitespace() {
            code.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    (code, inside)
}

/// Where a text in quotes ends; at the end of the line where nothing closes it.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn push_text(code: &mut String, text: &str, quote: char, same: bool) {
    let inner = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    match inner.filter(|inner| same && quote == '\'' && !inner.contains(['"', '\\'])) {
        Some(inner) => code.extend(['"'].into_iter().chain(inner.chars()).chain(['"'])),
        None => code.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<String> {
        Code::read(path, text).lines
    }

    #[test]
    fn comments_and_blanks_are_no_code() {
        let c = "int a = 1; // one\n/* two\n three */ int  b;\n\tchar *u = \"http://x\";\n\n";
        assert_eq!(lines("a.c", c), ["inta=1;", "", "intb;", "char*u=\"http://x\";", ""]);
        let py = "x = 1  # one\nurl = 'a#b'\n\"\"\"a\n # b\n\"\"\"\n#c\n";
        assert_eq!(lines("a.py", py), ["x=1", "url=\"a#b\"", "\"\"\"a", "# b", "\"\"\"", ""]);
        assert_eq!(lines("a.sh", "n=$# # how many\n${a#b}\n"), ["n=$#", "${a#b}"]);
        assert_eq!(lines("a.rs", "fn f<'a>(x: &'a str) {} // y\n"), ["fnf<'a>(x:&'astr){}"]);
        assert_eq!(lines("a.html", "<p>it's</p><!-- x\n y --><b>\n"), ["<p>it's</p>", "<b>"]);
        assert_eq!(lines("notes.unknown", "# a // b\r\n"), ["#a//b"]);
    }

    #[test]
    fn a_comma_before_a_bracket_is_layout() {
        let one = Code::read("a.rs", "call(a, b);\n");
        let many = Code::read("a.rs", "call(\n    a,\n    b,\n);\n");
        assert_eq!(one.run(0..1), many.run(0..4));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_as_many_lines_as_git_counts(text in "(?s)[a-z\"'`#/*\\\\é\n\r\t -]{0,60}", name in "a\\.(py|c|rs|sh|js|html|sql|x)") {
            let code = Code::read(&name, &text);
            let counted = text.matches('\n').count() + usize::from(!text.is_empty() && !text.ends_with('\n'));
            proptest::prop_assert_eq!(code.len(), counted);
            proptest::prop_assert_eq!(code.indents.len(), counted);
        }
    }
}
