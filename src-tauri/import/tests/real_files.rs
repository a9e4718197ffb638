//! x
use super::super::{
    Limits, codes::Warning, mapping::Mapping, patients::PatientsFile, people::KnownPatient, plan::plan,
};
use super::{france, go, morocco, shared, today};
use std::collections::BTreeMap;

#[test]
fn explore() {
    for (f, o) in
        [("import/patients-logiciel-a-cp1252.csv", france()), ("import/patients-maroc-utf8-bom.csv", morocco())]
    {
        let Some(bytes) = shared(f) else { return };
        let t = std::time::Instant::now();
        let file = PatientsFile::open(&bytes, &Mapping::default(), today(), &Limits::default()).unwrap();
        for c in file.columns() {
            println!("{} {:?} {:?} {:?}", c.header, c.field, c.basis, c.samples);
        }
        println!("{:?} {:?} {} {:?}", file.encoding(), file.separator(), file.rows(), t.elapsed());
        let rows = file.read(&o, &mut go).unwrap();
        println!("read {:?}", t.elapsed());
        let p = plan::<u32>(rows.clone(), &[], &mut go).unwrap();
        println!("plan {:?} {:?}", p.counts(), t.elapsed());
        let mut w: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for r in &p.rows {
            for x in &r.warnings {
                w.entry((x.notice, x.field)).or_default().push(r.line);
            }
        }
        for (k, v) in &w {
            println!("{k:?} {} {:?}", v.len(), &v[..v.len().min(8)]);
        }
        for r in &p.rows {
            if r.warnings.iter().any(|w| w.notice.as_str() == "possible_duplicate") {
                println!("{r:?}");
            }
        }
        let known: Vec<_> = p
            .creates
            .iter()
            .enumerate()
            .map(|(i, (_, d))| {
                let mut d = d.clone();
                d.remarks = d.remarks_with_kept(&|f| f.to_string());
                d.kept.clear();
                KnownPatient { id: i, fields: d, also_known_as: vec![] }
            })
            .collect();
        let again = plan(rows, &known, &mut go).unwrap();
        println!("again {:?}", again.counts());
        for u in again.updates.iter().take(10) {
            println!("{} {:?}", u.line, u.changed);
        }
        let _: Vec<Warning> = vec![];
    }
}

#[test]
fn explore_agenda() {
    use super::super::agenda::{
        self,
        plan::{self as ap, EventOutcome, Planned, Who},
    };
    let (Some(csv), Some(ics)) =
        (shared("import/patients-logiciel-a-cp1252.csv"), shared("import/agenda-dr-lefevre.ics"))
    else {
        return;
    };
    let file = PatientsFile::open(&csv, &Mapping::default(), today(), &Limits::default()).unwrap();
    let p = plan::<usize>(file.read(&france(), &mut go).unwrap(), &[], &mut go).unwrap();
    let known: Vec<_> = p
        .creates
        .iter()
        .enumerate()
        .map(|(i, (_, d))| KnownPatient { id: i, fields: d.clone(), also_known_as: vec![] })
        .collect();
    for known in [&[][..], &known[..]] {
        let t = std::time::Instant::now();
        let f = agenda::read(&ics, &super::agenda::options("Europe/Paris"), &Limits::default(), &mut go).unwrap();
        println!("read {:?} {} {:?}", t.elapsed(), f.name, f.encoding);
        let plan = ap::plan(f, known, &|_| None, &[], &mut go).unwrap();
        println!("plan {:?} {:?} new {}", t.elapsed(), plan.counts(), plan.new_patients.len());
        let mut w: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for r in &plan.rows {
            for x in &r.warnings {
                w.entry((x.notice, x.field)).or_default().push(r.line);
            }
            let k = match &r.outcome {
                EventOutcome::Created(Planned::Visits { who, visit, at }) => {
                    let wh = match who {
                        Who::Known(_) => "known".into(),
                        Who::New(_) => "new".into(),
                        Who::Doubtful { only_one_of_the_name, .. } => {
                            println!("doubtful {:?} {}", r.title, only_one_of_the_name);
                            format!("doubtful {only_one_of_the_name}")
                        }
                    };
                    format!("{wh} {:?} {} {} note{}", visit.status, at.len(), visit.type_hint, !visit.note.is_empty())
                }
                EventOutcome::Created(Planned::Absences { label, spans }) => {
                    format!("absence {label} {} {:?}", spans.len(), spans.first())
                }
                EventOutcome::Rejected(x) => format!("{x:?}"),
                _ => "merged".into(),
            };
            *kinds.entry(k).or_default() += 1;
        }
        for (k, v) in &w {
            println!("{k:?} {} {:?}", v.len(), &v[..v.len().min(8)]);
        }
        println!("{kinds:#?}");
    }
}
