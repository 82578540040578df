//! Tables of metadata: a key and its value beside it, or values below the names of their columns.

use super::{FieldKind, Form, Reader};
use crate::document::Spanned;
use crate::document::tables::{Row, Table};

impl Reader<'_> {
    /// Pairs of key and value in two columns, or four; else one row of values under known labels.
    pub(super) fn table(&mut self, table: &Table) {
        let columns = table.columns();
        let pairs = columns.is_multiple_of(2)
            && (1..columns)
                .step_by(2)
                .all(|column| self.label(table.run(self.page, &table.head, column)).is_none());
        if columns == 2 || pairs {
            for row in std::iter::once(&table.head).chain(&table.rows) {
                for column in (0..columns).step_by(2) {
                    let key = table.run(self.page, row, column);
                    if let Some(kind) = self.label(key.clone()) {
                        self.cell(kind, table, row, column + 1);
                        self.counted(&self.page.plain(key));
                    }
                }
            }
        } else if let [row] = table.rows.as_slice() {
            let kinds: Vec<Option<FieldKind>> =
                (0..columns).map(|column| self.label(table.run(self.page, &table.head, column))).collect();
            if kinds.iter().flatten().count() >= 2 {
                for (column, kind) in kinds.iter().enumerate() {
                    if let Some(kind) = kind {
                        self.cell(*kind, table, row, column);
                    }
                }
            }
        }
    }

    /// `| Duration (minutes) | 90 |`: a bare number is counted in what the label says.
    pub(super) fn counted(&mut self, label: &str) {
        let Some(field) = self.fields.last_mut().filter(|field| field.kind == FieldKind::Duration) else {
            return;
        };
        let is_number = field.value.value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if let Some((_, unit)) =
            label.split_once(['(', '（']).filter(|_| is_number && !field.value.value.is_empty())
        {
            field.value.value.push(' ');
            field.value.value.push_str(unit.trim_end_matches([')', '）', ' ']));
        }
    }

    fn cell(&mut self, kind: FieldKind, table: &Table, row: &Row, column: usize) {
        let value = table.text(self.page, row, column).into_owned();
        let Some(span) = table.span(self.page, row, column) else { return };
        self.add(kind, Form::Cell, Spanned { value, span }, row.span.clone());
    }
}
