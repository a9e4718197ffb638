//! x
use super::super::{Limits, mapping::Mapping, patients::PatientsFile, plan::plan, people::KnownPatient, codes::Warning};
use super::{france, go, morocco, shared, today};
use std::collections::BTreeMap;

#[test]
fn explore() {
    for (f, o) in [("import/patients-logiciel-a-cp1252.csv", france()), ("import/patients-maroc-utf8-bom.csv", morocco())] {
        let Some(bytes) = shared(f) else { return };
        let t = std::time::Instant::now();
        let file = PatientsFile::open(&bytes, &Mapping::default(), today(), &Limits::default()).unwrap();
        for c in file.columns() { println!("{} {:?} {:?} {:?}", c.header, c.field, c.basis, c.samples); }
        println!("{:?} {:?} {} {:?}", file.encoding(), file.separator(), file.rows(), t.elapsed());
        let rows = file.read(&o, &mut go).unwrap();
        println!("read {:?}", t.elapsed());
        let p = plan::<u32>(rows.clone(), &[], &mut go).unwrap();
        println!("plan {:?} {:?}", p.counts(), t.elapsed());
        let mut w: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for r in &p.rows { for x in &r.warnings { w.entry((x.notice, x.field)).or_default().push(r.line); } }
        for (k, v) in &w { println!("{k:?} {} {:?}", v.len(), &v[..v.len().min(8)]); }
        for r in &p.rows { if r.warnings.iter().any(|w| w.notice.as_str()=="possible_duplicate") { println!("{r:?}"); } }
        let known: Vec<_> = p.creates.iter().enumerate().map(|(i, (_, d))| {
            let mut d = d.clone(); d.remarks = d.remarks_with_kept(&|f| f.to_string()); d.kept.clear();
            KnownPatient { id: i, fields: d, also_known_as: vec![] }}).collect();
        let again = plan(rows, &known, &mut go).unwrap();
        println!("again {:?}", again.counts());
        for u in again.updates.iter().take(10) { println!("{} {:?}", u.line, u.changed); }
        let _: Vec<Warning> = vec![];
    }
}
