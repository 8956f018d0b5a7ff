//! What each side said, as a table.

use std::time::Instant;

/// The rows, printed as they come.
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
    since: Instant,
}

impl Table {
    pub(crate) fn new(title: &str) -> Self {
        println!("\n== {title}");
        Self {
            rows: Vec::new(),
            since: Instant::now(),
        }
    }

    /// One exchange: transaction, what was asked, what came back; it took as long as since the row before.
    pub(crate) fn row(&mut self, transaction: &str, what: &str, answer: impl Into<String>) {
        let took = self.since.elapsed().as_millis().to_string();
        self.timed_row(transaction, what, answer, &took);
    }

    /// One exchange that someone else timed, in milliseconds.
    pub(crate) fn timed_row(
        &mut self,
        transaction: &str,
        what: &str,
        answer: impl Into<String>,
        took: &str,
    ) {
        self.rows.push([
            transaction.to_owned(),
            what.to_owned(),
            answer.into(),
            format!("{took} ms"),
        ]);
        self.since = Instant::now();
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        let wide = |column: usize| {
            self.rows
                .iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths = [wide(0), wide(1), wide(2)];
        for [transaction, what, answer, took] in &self.rows {
            println!(
                "{transaction:0$}  {what:1$}  {answer:2$}  {took}",
                widths[0], widths[1], widths[2]
            );
        }
    }
}
