//! Statistics as a table: one line a figure, so that a spreadsheet can be pivoted: section, what of, figure, now, before.

use super::wire::{FiguresView, StatisticsView};
use crate::print::words::Language;

/// Words of the table, by language.
struct Words(Language);

impl Words {
    const fn of(&self, french: &'static str, arabic: &'static str, english: &'static str) -> &'static str {
        match self.0 {
            Language::French => french,
            Language::Arabic => arabic,
            Language::English => english,
        }
    }

    /// The figures of one group, with their names; shares in per cent.
    fn figures(&self, of: &FiguresView) -> Vec<(&'static str, String)> {
        let number = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
        vec![
            (self.of("Rendez-vous", "المواعيد", "Appointments"), of.appointments.to_string()),
            (self.of("Sans rendez-vous", "بدون موعد", "Walk-ins"), of.walk_ins.to_string()),
            (self.of("Échus", "حل وقتها", "Due"), of.due.to_string()),
            (self.of("Absences", "الغيابات", "No-shows"), of.no_shows.to_string()),
            (self.of("Part des absences (%)", "نسبة الغياب (%)", "No-show share (%)"), percent(of.no_show_share)),
            (self.of("Annulés", "الملغاة", "Cancelled"), of.cancelled.to_string()),
            (self.of("Annulés tardivement", "الملغاة متأخرا", "Cancelled late"), of.late_cancelled.to_string()),
            (
                self.of("Part annulée tardivement (%)", "نسبة الإلغاء المتأخر (%)", "Late share (%)"),
                percent(of.late_share),
            ),
            (self.of("Minutes ouvertes", "الدقائق المفتوحة", "Open minutes"), of.open_minutes.to_string()),
            (self.of("Minutes occupées", "الدقائق المحجوزة", "Booked minutes"), of.booked_minutes.to_string()),
            (self.of("Taux de remplissage (%)", "نسبة الامتلاء (%)", "Fill rate (%)"), percent(of.fill)),
            (self.of("Délai médian (jours)", "الأجل الوسيط (أيام)", "Median lead time (days)"), number(of.lead_median)),
            (self.of("Délai moyen (jours)", "متوسط الأجل (أيام)", "Mean lead time (days)"), number(of.lead_mean)),
            (self.of("Attente médiane (min)", "الانتظار الوسيط (دقائق)", "Median wait (min)"), number(of.wait_median)),
            (self.of("Attente moyenne (min)", "متوسط الانتظار (دقائق)", "Mean wait (min)"), number(of.wait_mean)),
        ]
    }

    fn band(&self, from: i64, to: Option<i64>, unit: &str) -> String {
        match to {
            Some(to) if to == from => format!("{from} {unit}"),
            Some(to) => format!("{from}–{to} {unit}"),
            None => format!("≥ {from} {unit}"),
        }
    }
}

/// Thousandths as per cent with a decimal comma, as spreadsheets here read it.
fn percent(share: Option<i64>) -> String {
    share.map_or_else(String::new, |share| format!("{},{}", share / 10, share % 10))
}

/// The table.
pub fn rows(view: &StatisticsView, language: Language) -> Vec<Vec<String>> {
    let words = Words(language);
    let mut rows = vec![vec![
        words.of("Rubrique", "القسم", "Section").to_owned(),
        words.of("Pour", "عن", "Of").to_owned(),
        words.of("Mesure", "المؤشر", "Figure").to_owned(),
        format!("{} – {}", view.from, view.until),
        format!("{} – {}", view.before_from, view.before_until),
    ]];
    let mut group = |section: &str, name: &str, now: &FiguresView, before: &FiguresView| {
        for ((figure, now), (_, before)) in words.figures(now).into_iter().zip(words.figures(before)) {
            rows.push(vec![section.to_owned(), name.to_owned(), figure.to_owned(), now, before]);
        }
    };
    group(words.of("Total", "المجموع", "Total"), "", &view.total, &view.before);
    for one in &view.practitioners {
        group(words.of("Praticien", "الطبيب", "Practitioner"), &one.name, &one.figures, &one.before);
    }
    for one in &view.types {
        group(words.of("Motif", "سبب الزيارة", "Type"), &one.name, &one.figures, &one.before);
    }
    let mut line = |section: &str, of: String, figure: &str, now: String, before: String| {
        rows.push(vec![section.to_owned(), of, figure.to_owned(), now, before]);
    };
    let appointments = words.of("Rendez-vous", "المواعيد", "Appointments");
    let fill = words.of("Taux de remplissage (%)", "نسبة الامتلاء (%)", "Fill rate (%)");
    let course = words.of("Évolution", "التطور", "Course");
    for step in &view.steps {
        let of = if step.from == step.until { step.from.clone() } else { format!("{} – {}", step.from, step.until) };
        line(course, of.clone(), appointments, step.appointments.to_string(), String::new());
        line(course, of, fill, percent(step.fill), String::new());
    }
    let arrivals = words.of("Arrivées", "الوافدون", "Arrivals");
    for hour in &view.hours {
        let of = format!("{:02}:00", hour.hour);
        line(words.of("Heure", "الساعة", "Hour"), of, arrivals, hour.arrivals.to_string(), hour.before.to_string());
    }
    let bands = [
        (words.of("Délai", "الأجل", "Lead time"), words.of("j", "يوم", "days"), &view.lead),
        (words.of("Attente", "الانتظار", "Wait"), words.of("min", "دقيقة", "min"), &view.wait),
    ];
    for (section, unit, all) in bands {
        for band in all {
            let of = words.band(band.from, band.to, unit);
            line(section, of, appointments, band.count.to_string(), band.before.to_string());
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_per_cent_with_a_comma() {
        assert_eq!(
            (percent(Some(1000)), percent(Some(83)), percent(None)),
            ("100,0".into(), "8,3".into(), String::new())
        );
    }

    #[test]
    fn bands_say_their_bounds() {
        let words = Words(Language::English);
        assert_eq!(words.band(0, Some(0), "days"), "0 days");
        assert_eq!(words.band(1, Some(3), "days"), "1–3 days");
        assert_eq!(words.band(31, None, "days"), "≥ 31 days");
    }
}
