//! What becomes of rows.

use proptest::prelude::*;

use super::super::{
    ImportError,
    codes::{Notice, Warning},
    draft::PatientDraft,
    mapping::PatientField as F,
    people::KnownPatient,
    plan::{Counts, Outcome, Plan, plan},
};
use super::{go, read};

const HEADER: &str = "Nom;Prénom;Né le;Mobile;Fixe;Email;NIR;CIN;Adresse;Remarques\n";

fn planned(rows: &str, known: &[KnownPatient<usize>]) -> Plan<usize> {
    plan(read(&format!("{HEADER}{rows}")), known, &mut go).unwrap()
}

/// What the practice holds after a plan was applied to it.
fn applied(plan: &Plan<usize>, before: &[KnownPatient<usize>]) -> Vec<KnownPatient<usize>> {
    let stored = |d: &PatientDraft| {
        let remarks = d.remarks_with_kept(&|f| f.to_string());
        PatientDraft { remarks, kept: Vec::new(), ..d.clone() }
    };
    let mut after = before.to_vec();
    for update in &plan.updates {
        after[update.id].fields = stored(&update.after);
    }
    for (_, draft) in &plan.creates {
        after.push(KnownPatient { id: after.len(), fields: stored(draft), also_known_as: Vec::new() });
    }
    after
}

fn figures(plan: &Plan<usize>) -> (usize, usize, usize, usize) {
    let Counts { rows, created, updated, merged, rejected, .. } = plan.counts();
    assert_eq!(created + updated + merged + rejected, rows);
    (created, updated, merged, rejected)
}

#[test]
fn doubles_of_a_file_merge_into_the_first_and_nothing_is_lost() {
    let plan = planned(
        "BRETON;Clémence;25/01/1957;0612345678;;;257016918859781;;1 rue Gay;sourde\n\
         Breton;Clemence;25-01-57;0687654321;0140203040;c@exemple.fr;;;;le matin\n\
         BRETON;Clémence;1957-01-25;0699999988;0140203041;;;;;\n",
        &[],
    );
    assert_eq!(figures(&plan), (1, 0, 2, 0));
    assert_eq!(plan.rows[1].outcome, Outcome::MergedIntoRow(2));
    let d = &plan.creates[0].1;
    assert_eq!([&d.surname, &d.mobile, &d.phone, &d.email], ["BRETON", "+33612345678", "+33140203040", "c@exemple.fr"]);
    let remarks = d.remarks_with_kept(&|f| f.to_string());
    for value in ["sourde", "le matin", "+33687654321", "+33699999988", "+33140203041"] {
        assert!(remarks.contains(value), "{value}");
    }
    assert_eq!(plan.rows[1].warnings, [Warning::of(Notice::DifferentValue, F::Mobile)]);
}

#[test]
fn a_second_mobile_takes_the_free_place() {
    let plan =
        planned("BRETON;Clémence;25/01/1957;0612345678;;;;;;\nBRETON;Clémence;25/01/1957;0687654321;;;;;;\n", &[]);
    assert_eq!((plan.creates[0].1.phone.as_str(), plan.rows[1].warnings.as_slice()), ("+33687654321", &[][..]));
}

#[test]
fn doubtful_rows_are_created_and_say_so() {
    let plan = planned(
        "LEROY;Étienne;;0612345678;;;;;17 avenue de Baron;\n\
         Leroy;Étienne;12/04/1971;0748496830;;;;;24 chemin Noël;\n\
         LEROY;Etienne;21/04/1971;;;;;;;\n",
        &[],
    );
    assert_eq!(figures(&plan), (3, 0, 0, 0));
    assert!(plan.rows[2].warnings.iter().any(|w| w.notice == Notice::PossibleDuplicate && w.line.is_some()));
}

#[test]
fn people_who_share_something_stay_apart() {
    // A child under a parent's NIR; twins; father and son; homonyms born the same day with numbers of their own.
    let plan = planned(
        "DURAND;Marie;25/01/1980;0612345678;;;280016918859730;;;\n\
         DURAND;Léo;12/05/2015;0612345678;;;280016918859730;;;\n\
         PETIT;Anna;03/03/2010;;;;;;;\nPETIT;Lucie;03/03/2010;;;;;;;\n\
         ROUX;Paul;01/02/1950;0140203040;;;;;;\nROUX;Paul;01/02/1980;0140203040;;;;;;\n\
         TAZI;Meryem;06/03/1971;;;;;BE322748;;\nTAZI;Meryem;06/03/1971;;;;;K917996;;\n",
        &[],
    );
    assert_eq!(figures(&plan), (8, 0, 0, 0));
    assert!(plan.rows[7].warnings.iter().any(|w| w.notice == Notice::PossibleDuplicate));
    assert!(plan.rows[3].warnings.is_empty());
}

#[test]
fn a_row_that_says_nothing_else_merges() {
    let plan = planned(
        "BRUNET;Christophe;;0608381010;;a@b.fr;;;8 chemin Michel;fauteuil\nBrunet;Christophe;;06 08 38 10 10;;;;;8 chemin Michel;\nBRUNET;Christophe;;;;;;;;\n",
        &[],
    );
    // The third has the name only: anybody may have it.
    assert_eq!(figures(&plan), (2, 0, 1, 0));
}

#[test]
fn known_patients_get_what_they_lack_and_keep_what_they_have() {
    let first = planned("DUPONT;Jean;25/01/1957;0612345678;;;;;1 rue A;\nMARTIN;Zoé;03/02/1979;;;;;;;\n", &[]);
    let practice = applied(&first, &[]);
    let second = planned(
        "Dupont;Jean;25/01/1957;0687654321;;jean@exemple.fr;;;2 rue B;\nMARTIN;Zoé;03/02/1979;;;;;;;\nNEUF;Ada;04/04/1944;;;;;;;\n",
        &practice,
    );
    assert_eq!(figures(&second), (1, 1, 1, 0));
    assert_eq!(second.rows[1].outcome, Outcome::MergedIntoPatient(1));
    let update = &second.updates[0];
    assert_eq!(
        (update.id, update.after.address.as_str(), update.after.mobile.as_str()),
        (0, "1 rue A", "+33612345678")
    );
    assert_eq!(update.changed, [F::Phone, F::Email, F::Remarks]);
    assert!(update.after.kept.contains(&(F::Address, "2 rue B".to_owned())));
    assert!(second.rows[0].warnings.contains(&Warning::of(Notice::DifferentValue, F::Address)));
}

#[test]
fn a_second_import_changes_nothing_even_after_the_practice_has_worked_with_it() {
    let rows = "DUPONT;Jean;25/01/1957;0612345678;;;;;1 rue A;sourd\nDUPONT;Jean;25/01/1957;0687654321;0140203040;;;;2 rue B;le matin\n\
                SEUL;;;;;;;;;\nMARTIN;Lucas;32/13/2011;0612;;;;;;\nLEROY;Anne;;;;;;;;\n";
    let first = planned(rows, &[]);
    assert_eq!(figures(&first), (4, 0, 1, 0));
    let mut practice = applied(&first, &[]);
    assert_eq!(figures(&planned(rows, &practice)), (0, 0, 5, 0));
    // Married, moved, and a birth date learned: still the same rows.
    practice[3].fields.surname = "MOREAU".into();
    practice[3].fields.born = "1990-01-02".parse().ok();
    practice[1].fields.first_name = "Ada".into();
    let again = planned(rows, &practice);
    assert_eq!(again.counts().created, 0);
    // Merged into another patient since.
    let gone = practice.pop().unwrap();
    practice[0].also_known_as.push(gone.fields.external_id);
    assert_eq!(planned(rows, &practice).counts().created, 0);
}

#[test]
fn two_rows_that_are_one_patient_of_the_practice_are_one() {
    let fields = PatientDraft {
        surname: "Dupont".into(),
        birth_name: "Martin".into(),
        first_name: "Anne".into(),
        born: "1957-01-25".parse().ok(),
        ..PatientDraft::default()
    };
    let practice = [KnownPatient { id: 0, fields, also_known_as: Vec::new() }];
    let plan = planned("DUPONT;Anne;25/01/1957;;;;;;;\nMARTIN;Anne;25/01/1957;0612345678;;;;;;\n", &practice);
    assert_eq!(figures(&plan), (0, 1, 1, 0));
    assert_eq!(plan.updates.len(), 1);
    assert_eq!(plan.updates[0].changed.first(), Some(&F::Mobile));
}

#[test]
fn the_other_softwares_number_finds_people_of_the_same_name_only() {
    let rows = |text: &str, known: &[KnownPatient<usize>]| {
        plan(read(&format!("Id;Nom;Prénom;Né le;Ville\n{text}")), known, &mut go).unwrap()
    };
    let first = rows("1;DUPONT;Jean;;Paris\n2;MARTIN;Zoé;;\n", &[]);
    let practice = applied(&first, &[]);
    // The same software later: a birth date was added. Another software's 2 is somebody else.
    let second = rows("1;Dupont;Jean;25/01/1957;Paris\n2;LEROY;Anne;;\n", &practice);
    assert_eq!(figures(&second), (1, 1, 0, 0));
    assert_eq!(second.updates[0].changed, [F::Born]);
}

#[test]
fn planning_can_be_cancelled() {
    let text = format!("{HEADER}{}", "A;B;;;;;;;;\n".repeat(1_000));
    let stopped = plan::<usize>(read(&text), &[], &mut |done, _| {
        if done > 300 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    });
    assert_eq!(stopped.err(), Some(ImportError::Cancelled));
}

#[test]
fn many_rows_with_the_same_phone_or_name_stay_quick() {
    // Three thousand people on one telephone and three thousand of one name: one by one it would be 10^7 pairs.
    let rows: String = (0..3_000)
        .map(|i| {
            format!(
                "NOM{i};Prenom{i};;0612345678;;;;;;\nMARTIN;Marie;{:02}/{:02}/{};;;;;;;\n",
                i % 28 + 1,
                i / 28 % 12 + 1,
                1920 + i / 60
            )
        })
        .collect();
    let started = std::time::Instant::now();
    let plan = planned(&rows, &[]);
    assert_eq!(figures(&plan), (6_000, 0, 0, 0));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn whatever_the_rows_they_add_up_and_a_second_import_adds_nobody(
        rows in proptest::collection::vec(
            (
                proptest::sample::select(vec!["DUPONT", "Dupond", "Le Gall", "MARTIN", ""]),
                proptest::sample::select(vec!["Jean", "Jean-Marc", "Anne", "jean", ""]),
                proptest::sample::select(vec!["", "25/01/1957", "25/01/1975", "01/01/1960", "32/13/2011"]),
                proptest::sample::select(vec!["", "0612345678", "06 87 65 43 21", "0612", "0612345678 / 0140203040 (fils)"]),
                proptest::sample::select(vec!["", "257016918859781", "280016918859730", "257016918859700"]),
                proptest::sample::select(vec!["", "1 rue A", "2 rue B"]),
                proptest::sample::select(vec!["", "sourd", "le matin"]),
            ),
            1..25,
        )
    ) {
        let line = |(s, f, b, m, n, a, r): &(&str, &str, &str, &str, &str, &str, &str)| format!("{s};{f};{b};{m};;;{n};;{a};{r}\n");
        let text: String = rows.iter().map(line).collect();
        let first = planned(&text, &[]);
        figures(&first);
        let practice = applied(&first, &[]);
        let second = planned(&text, &practice);
        let (created, _, _, rejected) = figures(&second);
        prop_assert_eq!((created, rejected), (0, first.counts().rejected));
        // What a second import may still fill in is settled by the third.
        let practice = applied(&second, &practice);
        let third = planned(&text, &practice);
        prop_assert_eq!((third.counts().created, third.counts().updated), (0, 0), "{}", text);
    }
}
