//! The day of an incident that no field states: told by the text that says what happened, or by its timeline.

use chrono::NaiveDate;

use super::blocks::BlockKind;
use super::dates::Calendar;
use super::plain::Page;
use super::sections::Section;
use crate::model::SectionKind;

/// The day is told early or not at all.
const MOST_BLOCKS: usize = 60;

/// The first day that the summary, the impact, the timeline or the words above all sections tell, and where.
pub(crate) fn day(
    page: Page<'_>,
    sections: &[Section],
    calendar: Calendar<'_>,
) -> Option<(NaiveDate, &'static str)> {
    for (kind, place) in [
        (SectionKind::Summary, "summary"),
        (SectionKind::Impact, "impact"),
        (SectionKind::Timeline, "timeline"),
    ] {
        for section in sections.iter().filter(|section| section.kind == Some(kind)) {
            let named = calendar.find(&section.name).map(|found| found.day);
            let told = named.or_else(|| first(page, section.blocks, calendar, false));
            if let Some(day) = told {
                return Some((day, place));
            }
        }
    }
    // Above the first section of a post-mortem: below the title, or below no heading at all.
    let end = sections.iter().find(|section| section.kind.is_some()).map(|section| section.own_blocks.0 - 1);
    let day = first(page, (0, end.unwrap_or(page.blocks().len())), calendar, true)?;
    Some((day, "text"))
}

/// The day that the heading of the timeline tells: `Timeline (8 March 2026, all times in UTC)`.
pub(crate) fn headed(sections: &[Section], calendar: Calendar<'_>) -> Option<NaiveDate> {
    let of_timeline = sections.iter().filter(|section| section.kind == Some(SectionKind::Timeline));
    of_timeline.filter_map(|section| calendar.find(&section.name)).map(|found| found.day).next()
}

/// The first day in some blocks; `labelled`: lines that a label opens say when something else was.
fn first(
    page: Page<'_>,
    (from, to): (usize, usize),
    calendar: Calendar<'_>,
    labelled: bool,
) -> Option<NaiveDate> {
    let blocks = &page.blocks()[from..to];
    let said = blocks.iter().filter(|block| {
        let is_text = !matches!(block.kind, BlockKind::Code | BlockKind::Html | BlockKind::Row { .. });
        let is_cell = matches!(block.kind, BlockKind::Cell { .. });
        is_text && !block.quoted && !(labelled && is_cell)
    });
    said.take(MOST_BLOCKS).find_map(|block| {
        page.lines(Page::run(block)).find_map(|line| {
            let text = page.plain(line);
            let found = calendar.find(&text)?;
            let is_label = labelled && text[..found.start].contains([':', '：']);
            (!is_label).then_some(found.day)
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{Source, Vocabulary, parse};
    use crate::model::Fact;

    fn day(text: &str) -> Option<(String, Option<&'static str>)> {
        let vocabulary = Vocabulary::default();
        let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary);
        let whence = document.whence(Fact::Date);
        Some((document.into_postmortem().date?.to_string(), whence))
    }

    #[test]
    fn a_day_is_told_in_words_where_no_field_states_it() {
        let day_from = |place| Some(("2026-03-08".to_owned(), Some(place)));
        assert_eq!(day("# X\n\n## Summary\n\nOn March 8th, 2026 it broke.\n"), day_from("summary"));
        assert_eq!(day("# X\n\n## Timeline\n\n**8 March 2026**\n\n- 10:00 it broke\n"), day_from("timeline"));
        assert_eq!(day("# X\n\n## Timeline (2026-03-08)\n\n- 10:00 it broke\n"), day_from("timeline"));
        assert_eq!(day("# X\n\n*March 8, 2026 · Ana Lee*\n\nIt broke.\n"), day_from("text"));
    }

    #[test]
    fn a_timeline_that_is_headed_by_its_day_counts_more_than_a_name() {
        let vocabulary = Vocabulary::default();
        let read = |text: &str| {
            let document = parse(&Source { name: "2026-03-20-x.md", bytes: text.as_bytes() }, &vocabulary);
            document.into_postmortem().date.map(|day| day.to_string())
        };
        assert_eq!(read("# X\n\n## Timeline\n\n- 10:00 it broke\n").as_deref(), Some("2026-03-20"));
        assert_eq!(
            read("# X\n\n## Timeline (2026-03-08)\n\n- 10:00 it broke\n").as_deref(),
            Some("2026-03-08")
        );
    }

    #[test]
    fn other_days_and_forms_to_be_filled_in_tell_none() {
        for text in [
            "# X\n\nMeeting scheduled for: 2026-03-10\n\n## Summary\n\nIt broke.\n",
            "# X\n\nDate:\n\n## Summary\n\nOn 2026-03-08 it broke.\n",
            "# X\n\nDate: 03/04/2026\n\n## Summary\n\nOn 2026-03-08 it broke.\n",
            "# X\n\n## Action items\n\n- Mend it by 2026-03-08\n",
            "# X\n\n## Lessons learned\n\nAs on 2026-03-08.\n",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
