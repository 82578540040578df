//! What shape a document has: a small one's, where it begins and ends, what its labels name.

use super::rule::Look;
use crate::document::{Passage, PassageKind, Span};
pub(super) use crate::document::{Point, points};
use crate::model::{Kind, SectionKind};

/// A longer label is a sentence.
const LONGEST_LABEL: usize = 60;

/// Among so many passages at its head, a document is told in labels.
const HEAD: usize = 80;

impl Look<'_> {
    /// Where it is told what the whole document lacks: at its end.
    pub(super) fn end(&self) -> Span {
        let end = self.document.text().len();
        end..end
    }

    /// Where it is told what the whole document is about: its title, else its first line.
    pub(super) fn head(&self) -> Span {
        if let Some(title) = self.document.title() {
            return title.span.clone();
        }
        let (text, front) = (self.document.text(), self.document.front());
        let start = front.end + (text[front.end..].len() - text[front.end..].trim_start().len());
        start..start + text[start..].lines().next().map_or(0, str::len)
    }
}

/// Whether a place is, or has, a line of metadata.
#[must_use]
pub(super) fn is_field(look: &Look<'_>, place: &Span) -> bool {
    let fields = look.document.fields();
    let behind = fields.partition_point(|field| field.line.start < place.end);
    // Lines of fields do not reach over many others.
    fields[behind.saturating_sub(3)..behind].iter().any(|field| place.start < field.line.end)
}

/// Whether it is told as small incidents are, or as what nearly happened: no impact, nothing that went well is asked for.
#[must_use]
pub(super) fn is_brief(look: &Look<'_>) -> bool {
    use SectionKind::{ContributingFactors, Impact, LessonsLearned, WentWell, WentWrong};
    let has = |kind| look.document.section(kind).is_some();
    look.postmortem.kind == Kind::NearMiss
        || ![Impact, ContributingFactors, WentWell, WentWrong, LessonsLearned].into_iter().any(has)
}

/// Whether a label or the first cell of a row is called as a section of a kind is: `**Impact**: 300 customers`.
#[must_use]
pub(super) fn is_labelled(look: &Look<'_>, kind: SectionKind) -> bool {
    let text = look.document.text();
    let names_it = |label: &str| {
        // `Timeline, UTC:`, `Impact (customers):`
        let bare = label.split([',', '(', '（', '、']).next().unwrap_or(label);
        let names = |label: &str| look.vocabulary.section(label) == Some(kind);
        label.len() <= LONGEST_LABEL && (names(label) || names(bare))
    };
    let labels = |line: &str| line.split_once([':', '：']).is_some_and(|(label, _)| names_it(label));
    // The attestation's labels are about the rest of the document.
    let attested =
        look.document.section(SectionKind::Attestation).map_or(text.len(), |own| own.heading.start);
    let head = look.document.passages().take(HEAD).take_while(|passage| passage.whole().start < attested);
    head.filter(Passage::is_prose).any(|passage| {
        let said = &text[passage.span()];
        matches!(passage.kind(), PassageKind::Cell { .. }) && names_it(said) || said.lines().any(labels)
    })
}

/// The chains of whys, each a point a why.
#[must_use]
pub(super) fn whys(look: &Look<'_>) -> Vec<Vec<Point>> {
    look.document.whys()
}
