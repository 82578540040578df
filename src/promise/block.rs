//! The parts of a commit message that count: not what is quoted or fenced, and of a squash, commit by commit.
//!
//! `git merge --squash` writes `commit <id>` above each message and indents it by four, the newest first; GitHub and GitLab
//! write `* subject` and the body below it, the oldest first.

/// What one commit said, as it stands in a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block<'m> {
    /// The commit that the squash names for it.
    pub(super) commit: Option<&'m str>,
    /// Its first line.
    pub(super) subject: &'m str,
    /// Its lines that count, without leading blanks and bullets.
    pub(super) lines: Vec<&'m str>,
}

/// The blocks of a message, in the order in which they were said.
pub(super) fn blocks(message: &str) -> Vec<Block<'_>> {
    let mut blocks = vec![Block::default()];
    let mut fence: Option<(char, usize)> = None;
    let mut is_squash = false;
    for line in message.lines() {
        let text = line.trim_start();
        is_squash |= line.starts_with("Squashed commit of the following");
        let header = line.strip_prefix("commit ").filter(|id| is_squash && is_commit(id.trim_end()));
        if let Some(commit) = header {
            // A fence that one message left open ends with it.
            fence = None;
            blocks.push(Block { commit: Some(commit.trim_end()), ..Block::default() });
            continue;
        }
        if let Some((mark, length)) = fence {
            let closes = run(text, mark) >= length && text.trim_end().chars().all(|c| c == mark);
            fence = if closes { None } else { fence };
            continue;
        }
        let opening = ['`', '~'].into_iter().find(|mark| run(text, *mark) >= 3);
        if let Some(mark) = opening {
            fence = Some((mark, run(text, mark)));
            continue;
        }
        if text.starts_with('>') {
            continue;
        }
        let bullet = text.strip_prefix("* ").map(str::trim_start);
        if let Some(subject) = bullet.filter(|_| line.starts_with('*')) {
            blocks.push(Block { subject: subject.trim_end(), ..Block::default() });
        }
        take(blocks.last_mut().expect("there is always one"), line, bullet.unwrap_or(text).trim_end());
    }
    if blocks.iter().any(|block| block.commit.is_some()) {
        // What stands above the first header is said last.
        blocks.reverse();
    }
    blocks
}

fn take<'m>(block: &mut Block<'m>, line: &str, text: &'m str) {
    // The headers of a commit stand at the margin, its message does not.
    let is_header = block.commit.is_some() && !line.starts_with([' ', '\t']);
    if is_header || text.is_empty() {
        return;
    }
    if block.subject.is_empty() {
        block.subject = text;
    }
    block.lines.push(text);
}

/// How often a text begins with a sign.
fn run(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).count()
}

/// Whether a text is a commit's whole name.
fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
