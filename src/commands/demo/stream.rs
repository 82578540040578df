//! A history as `git fast-import` reads it: commits, branches and tags of people who do not exist.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// A moment of the story: days from today (negative is past) and a clock time in UTC.
#[derive(Debug, Clone, Copy)]
pub(super) struct When(pub(super) i64, pub(super) &'static str);

/// A commit of the story.
#[derive(Debug)]
pub(super) struct Commit<'s> {
    /// By which texts may name it; a tag's name may follow behind a blank.
    pub(super) name: &'s str,
    pub(super) branch: &'s str,
    /// The name of the commit that it follows; empty for a root.
    pub(super) after: &'s str,
    pub(super) when: When,
    /// Index into the people.
    pub(super) who: usize,
    pub(super) message: &'s str,
    /// Paths and texts, both with placeholders.
    pub(super) files: &'s [(&'s str, &'s str)],
    /// What placeholders of these files mean here.
    pub(super) words: &'s [(&'s str, &'s str)],
}

/// A named commit as later texts may mention it.
#[derive(Debug)]
struct Known {
    mark: usize,
    seconds: i64,
    subject: String,
}

/// The stream so far.
#[derive(Debug)]
pub(super) struct Stream {
    today: NaiveDate,
    people: &'static [&'static str],
    text: Vec<u8>,
    known: BTreeMap<String, Known>,
    /// Object names by mark, as git has told them.
    ids: BTreeMap<usize, String>,
    marks: usize,
}

impl Stream {
    pub(super) fn new(today: NaiveDate, people: &'static [&'static str]) -> Self {
        let (known, ids) = (BTreeMap::new(), BTreeMap::new());
        Self { today, people, text: Vec::new(), known, ids, marks: 0 }
    }

    /// What is to be imported now; the stream is empty behind it.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text)
    }

    /// Learns object names from git's file of marks.
    pub(super) fn learn(&mut self, marks: &str) {
        for line in marks.lines() {
            let pair = line.strip_prefix(':').and_then(|line| line.split_once(' '));
            if let Some((mark, id)) = pair.and_then(|(mark, id)| Some((mark.parse().ok()?, id))) {
                self.ids.insert(mark, id.to_owned());
            }
        }
    }

    /// Whether a commit mentions one that git has not named yet.
    pub(super) fn must_wait(&self, commit: &Commit) -> bool {
        let mentions = |text: &str, name: &str| {
            text.contains(&format!("{{commit {name}}}")) || text.contains(&format!("{{full {name}}}"))
        };
        let unnamed = self.known.iter().filter(|(_, known)| !self.ids.contains_key(&known.mark));
        unnamed.map(|(name, _)| name).any(|name| {
            mentions(commit.message, name) || commit.files.iter().any(|(_, text)| mentions(text, name))
        })
    }

    /// Adds a commit.
    pub(super) fn commit(&mut self, commit: &Commit) {
        self.marks += 1;
        let seconds = self.seconds(commit.when);
        let message = self.filled(commit.message, commit.words) + "\n";
        let person = format!("{} {seconds} +0000", self.people[commit.who]);
        self.line(&format!("commit refs/heads/{}", commit.branch));
        self.line(&format!("mark :{}", self.marks));
        self.line(&format!("author {person}\ncommitter {person}"));
        self.data(&message);
        if let Some(parent) = self.known.get(commit.after) {
            let mark = parent.mark;
            self.line(&format!("from :{mark}"));
        }
        for (path, text) in commit.files {
            let path = self.filled(path, commit.words);
            self.line(&format!("M 100644 inline {path}"));
            let text = self.filled(text, commit.words);
            self.data(&text);
        }
        let subject = message.lines().next().unwrap_or_default().to_owned();
        self.known.insert(commit.name.to_owned(), Known { mark: self.marks, seconds, subject });
    }

    /// Adds an annotated tag on a named commit.
    pub(super) fn tag(&mut self, tag: &str, commit: &str, when: When, who: usize) {
        let seconds = self.seconds(when);
        let known = self.known.get(commit).expect("the story tags commits that it has told");
        let (mark, subject) = (known.mark, known.subject.clone());
        self.line(&format!("tag {tag}\nfrom :{mark}"));
        self.line(&format!("tagger {} {seconds} +0000", self.people[who]));
        self.data(&format!("Release {tag}\n"));
        self.known.insert(tag.to_owned(), Known { mark, seconds, subject });
    }

    fn line(&mut self, line: &str) {
        self.text.extend_from_slice(line.as_bytes());
        self.text.push(b'\n');
    }

    fn data(&mut self, data: &str) {
        self.line(&format!("data {}", data.len()));
        self.line(data);
    }

    fn seconds(&self, When(day, clock): When) -> i64 {
        let time =
            NaiveTime::parse_from_str(clock, "%H:%M").expect("the story's clock times are clock times");
        self.day(day).and_time(time).and_utc().timestamp()
    }

    fn day(&self, offset: i64) -> NaiveDate {
        let days = Days::new(offset.unsigned_abs());
        let day =
            if offset < 0 { self.today.checked_sub_days(days) } else { self.today.checked_add_days(days) };
        day.unwrap_or(self.today)
    }

    /// A text with its placeholders filled: words of the commit first, since they may hold others.
    fn filled(&self, text: &str, words: &[(&str, &str)]) -> String {
        let mut text = text.to_owned();
        for (word, meaning) in words {
            text = text.replace(&format!("{{{word}}}"), meaning);
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            filled.push_str(before);
            match behind.split_once('}').and_then(|(inside, after)| Some((self.meaning(inside)?, after))) {
                Some((meaning, after)) => {
                    filled.push_str(&meaning);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = behind;
                }
            }
        }
        filled.push_str(rest);
        filled
    }

    fn meaning(&self, placeholder: &str) -> Option<String> {
        let (kind, name) = placeholder.split_once(' ')?;
        if kind == "day" {
            return Some(self.day(name.trim_start_matches('+').parse().ok()?).to_string());
        }
        let known = self.known.get(name)?;
        let id = || self.ids.get(&known.mark).cloned();
        match kind {
            "full" => id(),
            "commit" => Some(id()?.chars().take(7).collect()),
            "subject" => Some(known.subject.clone()),
            "when" => {
                let mut when = String::new();
                let time = DateTime::<Utc>::from_timestamp(known.seconds, 0)?;
                write!(when, "{}", time.format("%Y-%m-%d %H:%M")).ok()?;
                Some(when)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Stream {
        Stream::new(NaiveDate::from_ymd_opt(2026, 3, 10).unwrap(), &["Ana <ana@x.example>"])
    }

    fn commit<'s>(name: &'s str, after: &'s str, files: &'s [(&'s str, &'s str)]) -> Commit<'s> {
        Commit {
            name,
            branch: "main",
            after,
            when: When(-2, "09:30"),
            who: 0,
            message: "begin",
            files,
            words: &[],
        }
    }

    #[test]
    fn days_count_from_today_and_words_may_hold_them() {
        let stream = stream();
        assert_eq!(
            stream.filled("{day -9} {day +1} {due}", &[("due", "{day -10}")]),
            "2026-03-01 2026-03-11 2026-02-28"
        );
    }

    #[test]
    fn braces_of_a_program_stay() {
        assert_eq!(stream().filled("fn f() { x } {name}", &[]), "fn f() { x } {name}");
    }

    #[test]
    fn a_text_that_mentions_a_commit_waits_until_git_has_named_it() {
        let mut stream = stream();
        stream.commit(&commit("one", "", &[]));
        let second = commit("two", "one", &[("a.md", "{commit one}, {when one}, {subject one}")]);
        assert!(stream.must_wait(&second));
        stream.learn(":1 0123456789abcdef\n");
        assert!(!stream.must_wait(&second));
        let _ = stream.take();
        stream.commit(&second);
        let text = String::from_utf8(stream.take()).unwrap();
        assert!(text.contains("0123456, 2026-03-08 09:30, begin"), "{text}");
        assert!(text.contains("from :1\n"), "{text}");
    }
}
