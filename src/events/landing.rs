//! Commits of the default branch as events: merges, squashed pull requests and reverts; without the names of people.

/// What a commit of a branch's own line says that happened; `None` for one that is no merge and no revert.
#[must_use]
pub fn landing(message: &str, parents: usize) -> Option<String> {
    let mut lines = message.lines().map(str::trim).skip_while(|line| line.is_empty());
    let subject = lines.next()?;
    let body = || lines.clone().find(|line| !line.is_empty());
    if let Some(reverted) = reverted(subject, message) {
        return Some(format!("Reverted: {reverted}"));
    }
    if let Some((number, title)) = squashed(subject) {
        return Some(format!("Merged #{number}: {title}"));
    }
    if parents < 2 {
        return None;
    }
    if let Some(number) =
        behind(subject, "Merge pull request #").or_else(|| behind(subject, "(pull request #"))
    {
        return Some(titled(&format!("#{number}"), body()));
    }
    let request = message.lines().find_map(|line| line.trim().strip_prefix("See merge request "));
    if let Some(number) = request.and_then(|request| request.rsplit_once('!')).map(|(_, number)| number) {
        let number: String = number.chars().take_while(char::is_ascii_digit).collect();
        return Some(titled(
            &format!("!{number}"),
            body().filter(|line| !line.starts_with("See merge request")),
        ));
    }
    let named = subject.split_once('\'').and_then(|(_, rest)| rest.split_once('\'')).map(|(name, _)| name);
    match named.filter(|_| subject.starts_with("Merge ")) {
        Some(name) => {
            let what = if subject.starts_with("Merge tag") { "tag" } else { "branch" };
            Some(format!("Merged {what} {}", without_person(name)))
        }
        None => Some(format!("Merged: {subject}")),
    }
}

fn titled(number: &str, title: Option<&str>) -> String {
    title.map_or_else(|| format!("Merged {number}"), |title| format!("Merged {number}: {title}"))
}

/// The number that follows a phrase.
fn behind<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let rest = &text[text.find(phrase)? + phrase.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// `Limit the pool (#123)`; Azure's `Merged PR 123: Limit the pool`.
fn squashed(subject: &str) -> Option<(&str, &str)> {
    if let Some(rest) = subject.strip_prefix("Merged PR ") {
        let (number, title) = rest.split_once(':')?;
        return number.bytes().all(|byte| byte.is_ascii_digit()).then(|| (number, title.trim()));
    }
    let (title, number) = subject.strip_suffix(')')?.rsplit_once("(#")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (number, title.trim()))
}

/// What a revert takes back, in git's own wording.
fn reverted<'t>(subject: &'t str, message: &str) -> Option<&'t str> {
    if let Some(quoted) = subject.strip_prefix("Revert \"") {
        return Some(quoted.rsplit_once('"').map_or(quoted, |(inside, _)| inside));
    }
    let is_revert = message.contains("\nThis reverts commit ");
    is_revert.then(|| subject.strip_prefix("Revert ").unwrap_or(subject))
}

/// A branch without the folder in front of it, which often is a person's.
fn without_person(branch: &str) -> &str {
    branch.rsplit('/').next().unwrap_or(branch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_tell_what_came_in_and_not_from_whom() {
        for (message, parents, expected) in [
            (
                "Merge pull request #12 from ana/fix-pool\n\nLimit the pool",
                2,
                Some("Merged #12: Limit the pool"),
            ),
            ("Merge pull request #12 from ana/fix-pool", 2, Some("Merged #12")),
            ("Limit the pool (#12)", 1, Some("Merged #12: Limit the pool")),
            ("Merged PR 12: Limit the pool", 1, Some("Merged #12: Limit the pool")),
            ("Merged in fix (pull request #12)\n\nLimit the pool", 2, Some("Merged #12: Limit the pool")),
            (
                "Merge branch 'ana/fix' into 'main'\n\nLimit the pool\n\nSee merge request shop/api!45",
                2,
                Some("Merged !45: Limit the pool"),
            ),
            ("Merge branch 'ana/fix-pool'", 2, Some("Merged branch fix-pool")),
            ("Merge remote-tracking branch 'origin/fix-pool' into main", 2, Some("Merged branch fix-pool")),
            ("Bring the pool in", 2, Some("Merged: Bring the pool in")),
            (
                "Revert \"Limit the pool (#12)\"\n\nThis reverts commit 1234.",
                1,
                Some("Reverted: Limit the pool (#12)"),
            ),
            ("Take it back\n\nThis reverts commit 1234.", 1, Some("Reverted: Take it back")),
            ("Limit the pool", 1, None),
            ("Fix (#x)", 1, None),
            ("", 2, None),
        ] {
            assert_eq!(landing(message, parents).as_deref(), expected, "{message:?}");
        }
    }
}
