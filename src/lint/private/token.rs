//! Addresses that open what they point to: a token or signature among their parameters.

use crate::document::Span;

/// Parameters whose value lets in whoever has it.
const NAMES: [&str; 20] = [
    "access_token",
    "accesstoken",
    "api_key",
    "api_token",
    "apikey",
    "auth",
    "auth_token",
    "authkey",
    "client_secret",
    "id_token",
    "jwt",
    "pass",
    "passwd",
    "password",
    "private_token",
    "refresh_token",
    "secret",
    "sig",
    "signature",
    "token",
];
/// The same of large stores of objects, whose signed addresses are good for hours or days.
const SIGNED: [&str; 4] = ["x-amz-signature", "x-amz-security-token", "x-goog-signature", "sig"];
/// A shorter value opens nothing.
const LEAST: usize = 12;

/// The values of such parameters, in the text's order.
pub(in crate::lint) fn tokens(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '`' | ')' | ']' | '|' | '\\');
        let length = text[at..].find(ends).unwrap_or(text.len() - at);
        let address = &text[at..at + length];
        let Some(query) = address.find(['?', '#']) else { continue };
        let mut from = at + query + 1;
        for pair in address[query + 1..].split(['&', ';', '#']) {
            if let Some((name, value)) = pair.split_once('=') {
                let start = from + name.len() + 1;
                let value = value.trim_end_matches(['.', ',', ':', ';', '*', '_']);
                if opens(name, value) {
                    found.push(start..start + value.len());
                }
            }
            from += pair.len() + 1;
        }
    }
    found
}

fn opens(name: &str, value: &str) -> bool {
    let name = name.trim_start_matches("amp").to_ascii_lowercase();
    let is_known = NAMES.contains(&name.as_str()) || SIGNED.contains(&name.as_str());
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%+/=".contains(&byte);
    let has = |fits: fn(&u8) -> bool| value.as_bytes().iter().any(&fits);
    let lower = value.to_ascii_lowercase();
    let is_stand_in =
        ["xxx", "your", "redacted", "example", "secret", "token", "...", "***", "placeholder", "changeme"];
    is_known
        && value.len() >= LEAST
        && value.bytes().all(is_sign)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !is_stand_in.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_let_in_are_found() {
        for (text, value) in [
            ("see https://x.io/d?id=7&token=f3a9c1d27b8e44.", "f3a9c1d27b8e44"),
            ("<https://b.s3.amazonaws.com/k?X-Amz-Signature=9f2c71d3b4e5a6978812>", "9f2c71d3b4e5a6978812"),
            ("[x](https://x.io/#access_token=ab12cd34ef56gh)", "ab12cd34ef56gh"),
        ] {
            assert_eq!(tokens(text).into_iter().map(|span| &text[span]).collect::<Vec<_>>(), [value]);
        }
    }

    #[test]
    fn stand_ins_and_other_parameters_are_none() {
        for text in [
            "https://x.io/?token=<token>",
            "https://x.io/?token=XXXXXXXXXXXX1",
            "https://x.io/?token=$TOKEN_OF_12345",
            "https://x.io/?page=f3a9c1d27b8e44",
            "https://x.io/?token=short1",
            "https://x.io/?sort=token&dir=asc12345678",
            "token=f3a9c1d27b8e44",
            "https://x.io/?author=f3a9c1d27b8e44",
            "https://x.io/?password=your-password-123",
        ] {
            assert_eq!(tokens(text), Vec::<Span>::new(), "{text}");
        }
    }
}
