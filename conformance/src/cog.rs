//! `segur cog`: the INSEE code of a place of birth.

use std::fmt::Write as _;

use segur_core::Lang;
use segur_ins::cog::{self, Cog as Tables};
use serde_json::json;

use crate::cli::{Cog, ListFormat};
use crate::output::{Failure, Terminal};
use crate::{FINDINGS, FINE, tr};

/// Most suggestions when no place bears the name.
const SUGGESTIONS: usize = 10;

/// One answer.
struct Place {
    code: String,
    label: String,
    departement: Option<String>,
    from: Option<String>,
    until: Option<String>,
    in_period: bool,
}

pub(crate) fn run(options: &Cog, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let tables = Tables::embedded();
    let born = options.born.try_into().map_err(|_| {
        Failure::refused(
            "cette date est hors du calendrier",
            "this date is beyond the calendar",
        )
    })?;
    let departement = options.departement.as_deref();
    let mut places: Vec<Place> = tables
        .lookup(&options.name, born, departement)
        .iter()
        .map(place)
        .collect();
    if departement.is_none() {
        let key = cog::fold(&options.name);
        let countries = tables.countries(&options.name, usize::MAX).into_iter();
        places.extend(
            countries
                .filter(|country| cog::fold(country.label) == key)
                .map(country),
        );
    }
    let found = places.iter().any(|place| place.in_period);
    let mut suggestions = Vec::new();
    if places.is_empty() {
        let near = tables.complete(&options.name, Some(born), SUGGESTIONS);
        suggestions.extend(
            near.iter()
                .map(place)
                .filter(|p| departement.is_none_or(|d| p.is_in(d))),
        );
        if departement.is_none() {
            let near = tables.countries(&options.name, SUGGESTIONS).into_iter();
            suggestions.extend(near.map(country));
        }
    }
    let text = match options.format {
        ListFormat::Text => page(&places, &suggestions, lang),
        ListFormat::Json => {
            let list = |places: &[Place]| places.iter().map(Place::json).collect::<Vec<_>>();
            let value = json!({
                "places": list(&places),
                "suggestions": list(&suggestions),
                "source": cog::ATTRIBUTION,
            });
            serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
        }
    };
    terminal.print(text.as_bytes())?;
    Ok(if found { FINE } else { FINDINGS })
}

fn place(found: &cog::Match<'_>) -> Place {
    let period = found.commune.period();
    Place {
        code: found.commune.code().to_string(),
        label: found.commune.label().to_owned(),
        departement: Some(found.commune.departement()),
        from: period.from().map(|day| day.to_string()),
        until: period.until().map(|day| day.to_string()),
        in_period: found.in_period,
    }
}

/// The table of countries has no periods.
fn country(country: cog::Country<'_>) -> Place {
    Place {
        code: country.code.to_string(),
        label: country.label.to_owned(),
        departement: None,
        from: None,
        until: None,
        in_period: true,
    }
}

impl Place {
    fn is_in(&self, departement: &str) -> bool {
        self.departement
            .as_ref()
            .is_some_and(|d| d.eq_ignore_ascii_case(departement))
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "code": self.code,
            "label": self.label,
            "departement": self.departement,
            "from": self.from,
            "until": self.until,
            "in_period": self.in_period,
        })
    }
}

fn page(places: &[Place], suggestions: &[Place], lang: Lang) -> String {
    let mut out = String::new();
    lines(&mut out, places, lang);
    if places.is_empty() {
        out.push_str(tr(
            lang,
            "aucun lieu ne porte ce nom\n",
            "no place bears this name\n",
        ));
        if !suggestions.is_empty() {
            out.push_str(tr(lang, "proches :\n", "near:\n"));
            lines(&mut out, suggestions, lang);
        }
    }
    out
}

fn lines(out: &mut String, places: &[Place], lang: Lang) {
    for place in places {
        let departement = place
            .departement
            .as_deref()
            .unwrap_or(tr(lang, "pays", "country"));
        // Writing to a String cannot fail, here and below.
        let _ = write!(out, "{}  {:<4} {}", place.code, departement, place.label);
        let since = tr(lang, "depuis le", "since");
        let until = tr(lang, "avant le", "before");
        for (word, day) in [(since, &place.from), (until, &place.until)] {
            if let Some(day) = day {
                let _ = write!(out, ", {word} {day}");
            }
        }
        if !place.in_period {
            out.push_str(tr(lang, " [hors période]", " [out of period]"));
        }
        out.push('\n');
    }
}
