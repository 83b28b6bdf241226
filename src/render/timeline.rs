//! Articles by period → a bar chart on the terminal, CSV, JSON, or an SVG drawing.

use crate::render::page::Page;
use crate::render::{counted, sanitise, thousands};
use crate::search::{Period, Step, Timeline, TimelineBy};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// What a timeline shows, for its title.
#[derive(Clone, Copy, Debug)]
pub struct TimelineOf<'a> {
    /// What was asked, as typed; nothing for the whole archive.
    pub query: Option<&'a str>,
    /// Which days count.
    pub by: TimelineBy,
}

/// Columns of a page of which the width is not known.
const PAGE_COLUMNS: usize = 80;

/// Columns of the longest bar.
const MOST_BAR_COLUMNS: usize = 60;

/// Empty periods in a row that are still shown one by one.
const SHOWN_GAP: usize = 3;

/// Writes a line a period, with a bar as long as it has articles. A longer gap is one line, so
/// that it is seen.
///
/// # Errors
/// What the writer says.
pub fn render_timeline(timeline: &Timeline, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = timeline
        .periods
        .iter()
        .map(|period| cells(period, timeline.step))
        .collect();
    let widths: Vec<usize> = (0..3)
        .map(|column| {
            let widths = rows.iter().filter_map(|row| Some(row.get(column)?.len()));
            widths.max().unwrap_or_default()
        })
        .collect();
    let taken: usize = widths.iter().map(|width| width + 2).sum();
    let room = page.width.unwrap_or(PAGE_COLUMNS).saturating_sub(taken);
    let longest = room.clamp(10, MOST_BAR_COLUMNS);
    let most = timeline.periods.iter().map(|period| period.articles).max();
    let mut at = 0;
    while let (Some(period), Some(row)) = (timeline.periods.get(at), rows.get(at)) {
        let gap = timeline
            .periods
            .iter()
            .skip(at)
            .take_while(|period| period.articles == 0)
            .count();
        if gap > SHOWN_GAP {
            let step = timeline.step.as_str();
            let many = format!("{step}s");
            writeln!(out, "… {} without", counted(gap as u64, step, &many))?;
            at += gap;
            continue;
        }
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            match column {
                0 => line.push_str(&format!("{cell:width$}")),
                _ => line.push_str(&format!("  {cell:>width$}")),
            }
        }
        line.push_str("  ");
        line.push_str(&bar(period.articles, most.unwrap_or_default(), longest));
        writeln!(out, "{}", line.trim_end())?;
        at += 1;
    }
    Ok(())
}

/// Says how many articles a timeline counts, and how many of them stand in no period.
#[must_use]
pub fn timeline_summary(timeline: &Timeline, of: TimelineOf<'_>) -> String {
    let mut text = counted(timeline.articles, "article", "articles");
    if timeline.unplaced > 0 {
        let why = match of.by {
            TimelineBy::Published => "not dated to the",
            TimelineBy::About => "speak of no",
        };
        text.push_str(&format!(
            ", of which {} {why} {}",
            thousands(timeline.unplaced),
            timeline.step.as_str()
        ));
    }
    text
}

fn cells(period: &Period, step: Step) -> Vec<String> {
    let mut cells = vec![period.name(step), thousands(period.articles)];
    if period.all.is_some() {
        cells.push(
            period
                .share()
                .map_or("–".to_owned(), |share| format!("{share:.1}%")),
        );
    }
    cells
}

/// A bar in eighths of a column; something where there is something.
fn bar(articles: u64, most: u64, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most == 0 || articles == 0 {
        return String::new();
    }
    let parts = u128::from(articles) * columns as u128 * 8 / u128::from(most);
    let parts = usize::try_from(parts).unwrap_or(usize::MAX).max(1);
    let mut bar = "█".repeat(parts / 8);
    bar.push_str(EIGHTHS.get(parts % 8).copied().unwrap_or_default());
    bar
}

/// Writes a row a period: `period`, `first`, `last`, `articles`, and, where all were counted,
/// `all` and `share` in per cent. The gaps are rows with 0.
///
/// # Errors
/// What the writer says.
pub fn render_timeline_csv(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let has_share = timeline.periods.iter().any(|period| period.all.is_some());
    out.write_all(b"period,first,last,articles")?;
    out.write_all(if has_share {
        b",all,share\r\n"
    } else {
        b"\r\n"
    })?;
    for period in &timeline.periods {
        let days = period.days;
        let name = period.name(timeline.step);
        write!(
            out,
            "{name},{},{},{}",
            days.first(),
            days.last(),
            period.articles
        )?;
        if let Some(all) = period.all {
            let share = period.share().map(|share| format!("{share:.3}"));
            write!(out, ",{all},{}", share.unwrap_or_default())?;
        }
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    query: Option<&'a str>,
    by: &'static str,
    step: &'static str,
    articles: u64,
    unplaced: u64,
    periods: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    period: String,
    first: String,
    last: String,
    articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
}

/// Writes one document: `query`, `by`, `step`, `articles`, `unplaced` and `periods` with the
/// columns of [`render_timeline_csv`].
///
/// # Errors
/// What the writer says.
pub fn render_timeline_json(
    timeline: &Timeline,
    of: TimelineOf<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = Document {
        query: of.query,
        by: of.by.as_str(),
        step: timeline.step.as_str(),
        articles: timeline.articles,
        unplaced: timeline.unplaced,
        periods: timeline
            .periods
            .iter()
            .map(|period| Row {
                period: period.name(timeline.step),
                first: period.days.first().to_string(),
                last: period.days.last().to_string(),
                articles: period.articles,
                all: period.all,
                share: period.share(),
            })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The drawing, in its own units: width, height, and the room around the bars.
const DRAWING: [f64; 2] = [960.0, 360.0];
const LEFT: f64 = 64.0;
const RIGHT: f64 = 56.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = 40.0;

/// Periods named under the drawing.
const NAMED_PERIODS: usize = 8;

/// Draws bars, one a period, each telling its period and articles; the share of all articles, if
/// it was counted, as a line. The same timeline gives the same bytes.
///
/// # Errors
/// What the writer says.
#[expect(clippy::cast_precision_loss, reason = "a drawing is not that exact")]
pub fn render_timeline_svg(
    timeline: &Timeline,
    of: TimelineOf<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let [width, height] = DRAWING;
    let (room, depth) = (width - LEFT - RIGHT, height - TOP - BOTTOM);
    let periods = &timeline.periods;
    let most = periods
        .iter()
        .map(|period| period.articles)
        .max()
        .unwrap_or(0)
        .max(1);
    let slot = room / periods.len().max(1) as f64;
    let title = escaped(&format!(
        "{}: articles by {} {}",
        of.query.unwrap_or("The whole archive"),
        timeline.step.as_str(),
        match of.by {
            TimelineBy::Published => "of publication",
            TimelineBy::About => "spoken of",
        }
    ));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"15\">{title}</text>\n"
    );
    for (label, y) in [(thousands(most), TOP), ("0".to_owned(), TOP + depth)] {
        put(
            &mut svg,
            format_args!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>\n\
             <line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#ccc\"/>\n",
                LEFT - 8.0,
                y + 4.0,
                LEFT + room
            ),
        );
    }
    let every = periods.len().div_ceil(NAMED_PERIODS).max(1);
    for (number, period) in periods.iter().enumerate() {
        let x = LEFT + slot * number as f64;
        let name = period.name(timeline.step);
        let tall = depth * period.articles as f64 / most as f64;
        if period.articles > 0 {
            put(
                &mut svg,
                format_args!(
                    "<rect x=\"{x:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{tall:.2}\" \
                 fill=\"#3465a4\"><title>{name}: {}</title></rect>\n",
                    TOP + depth - tall,
                    (slot * 0.85).max(0.5),
                    counted(period.articles, "article", "articles")
                ),
            );
        }
        if number.is_multiple_of(every) {
            put(
                &mut svg,
                format_args!(
                    "<text x=\"{:.2}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>\n",
                    x + slot / 2.0,
                    height - BOTTOM + 20.0
                ),
            );
        }
    }
    let shares: Vec<Option<f64>> = periods.iter().map(Period::share).collect();
    let highest = shares.iter().flatten().copied().fold(0.0, f64::max);
    if highest > 0.0 {
        let points: Vec<String> = (0_u32..)
            .zip(&shares)
            .filter_map(|(number, share)| {
                let x = LEFT + slot * (f64::from(number) + 0.425);
                Some(format!(
                    "{x:.2},{:.2}",
                    TOP + depth - depth * (*share)? / highest
                ))
            })
            .collect();
        put(
            &mut svg,
            format_args!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"#cc0000\" stroke-width=\"1.5\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" fill=\"#cc0000\">{highest:.1}%</text>\n",
                points.join(" "),
                LEFT + room + 6.0,
                TOP + 4.0
            ),
        );
    }
    svg.push_str("</svg>\n");
    out.write_all(svg.as_bytes())
}

/// Adds to a text; that cannot fail.
fn put(text: &mut String, more: std::fmt::Arguments<'_>) {
    let _written = text.write_fmt(more);
}

/// The text as it may stand in XML.
fn escaped(text: &str) -> String {
    let text = sanitise(text).replace('\n', " ");
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Date;
    use crate::render::Emphasis;

    fn timeline(counts: &[u64], all: Option<u64>) -> Timeline {
        let first = Step::Month.period(Date::constant(2024, 11, 1));
        let periods = (first..).zip(counts).map(|(period, articles)| Period {
            days: Step::Month.days(period).unwrap(),
            articles: *articles,
            all,
        });
        Timeline {
            step: Step::Month,
            periods: periods.collect(),
            articles: counts.iter().sum::<u64>() + 2,
            unplaced: 2,
            widened: None,
        }
    }

    const OF: TimelineOf<'_> = TimelineOf {
        query: Some("wolf & <sheep>"),
        by: TimelineBy::Published,
    };

    fn written(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn bars_are_as_long_as_there_are_articles_and_gaps_are_seen() {
        let timeline = timeline(&[4, 0, 1, 0, 0, 0, 0, 8], None);
        let page = Page {
            width: Some(30),
            emphasis: Emphasis::Plain,
        };
        insta::assert_snapshot!(written(|out| render_timeline(&timeline, page, out)), @r"
        2024-11  4  ████████
        2024-12  0
        2025-01  1  ██
        … 4 months without
        2025-06  8  ████████████████
        ");
        assert_eq!(
            timeline_summary(&timeline, OF),
            "15 articles, of which 2 not dated to the month"
        );
    }

    #[test]
    fn shares_stand_beside_the_counts() {
        let timeline = timeline(&[4, 0], Some(40));
        let page = Page {
            width: Some(30),
            emphasis: Emphasis::Plain,
        };
        insta::assert_snapshot!(written(|out| render_timeline(&timeline, page, out)), @r"
        2024-11  4  10.0%  ███████████
        2024-12  0   0.0%
        ");
        let csv = written(|out| render_timeline_csv(&timeline, out));
        assert_eq!(
            csv,
            "period,first,last,articles,all,share\r\n\
             2024-11,2024-11-01,2024-11-30,4,40,10.000\r\n\
             2024-12,2024-12-01,2024-12-31,0,40,0.000\r\n"
        );
        let json = written(|out| render_timeline_json(&timeline, OF, out));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["periods"][0]["share"], 10.0);
        assert_eq!(json["unplaced"], 2);
    }

    #[test]
    fn a_drawing_is_xml_whatever_was_asked() {
        for timeline in [timeline(&[], None), timeline(&[3, 0, 5], Some(10))] {
            let svg = written(|out| render_timeline_svg(&timeline, OF, out));
            let mut reader = quick_xml::Reader::from_str(&svg);
            let mut bars = 0;
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Start(element) => {
                        bars += usize::from(element.name().as_ref() == "rect");
                    }
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(
                bars,
                timeline
                    .periods
                    .iter()
                    .filter(|period| period.articles > 0)
                    .count()
            );
        }
    }
}
