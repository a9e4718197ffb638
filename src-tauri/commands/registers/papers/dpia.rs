//! A starting document for an impact assessment: the practice's own processing, risks and measures as they are today, what
//! is missing, and the questions that only the controller can answer.

use domain::privacy::activity::{Field, Word};
use domain::privacy::authority::rights;

use super::super::activities::lines_of;
use super::super::facts::{ActivityFacts, ProcessorFacts};
use super::super::used::{self, Used};
use super::super::words::{self, pick};
use super::super::{processors, reviews};
use super::{Who, activities};
use crate::commands::{CommandError, Desk};
use crate::print::report::{Cell, Part, Report, ReportSection, ReportTable};
use crate::print::words::Language;
use crate::store::{self, Connection};

type Say = fn(Language, &'static str, &'static str, &'static str) -> &'static str;
const SAY: Say = pick;

/// Measures in place, by what they protect from.
fn in_place(used: &Used, words: &[Word], language: Language) -> String {
    let proposals = domain::privacy::activity::propose(&used.used);
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let line = proposals.iter().flat_map(|one| &one.measures).find(|line| line.word == *word);
        lines.extend(line.map(|line| words::line(line, language)));
    }
    lines.join("\n")
}

fn risks(used: &Used, language: Language) -> Part {
    let t = |french, arabic, english| SAY(language, french, arabic, english);
    use Word as W;
    let row = |risk: &str, sources: &str, effects: &str, measures: &[Word]| {
        let blank = t("Gravité\u{a0}:\nVraisemblance\u{a0}:", "الخطورة:\nالاحتمال:", "Severity:\nLikelihood:");
        vec![
            Cell::strong(risk),
            sources.into(),
            effects.into(),
            match in_place(used, measures, language) {
                none if none.is_empty() => Cell::warning(t("aucune constatée", "لا شيء", "none found")),
                measures => measures.into(),
            },
            Cell::soft(blank),
        ]
    };
    Part::Table(ReportTable {
        columns: vec![
            (t("Événement redouté", "الحدث المخشي", "Feared event").to_owned(), 1.1),
            (t("Sources", "المصادر", "Sources").to_owned(), 1.3),
            (t("Effets sur les personnes", "آثاره على الأشخاص", "Effects on persons").to_owned(), 1.3),
            (t("Mesures en place", "التدابير القائمة", "Measures in place").to_owned(), 2.1),
            (t("À évaluer", "للتقييم", "To be judged").to_owned(), 1.15),
        ],
        rows: vec![
            row(
                t("Accès illégitime", "ولوج غير مشروع", "Illegitimate access"),
                t(
                    "Curiosité interne, vol d’un poste ou d’une sauvegarde, mot de passe deviné, maladresse",
                    "فضول داخلي، سرقة جهاز أو نسخة، تخمين كلمة مرور، خطأ",
                    "Curiosity inside, theft of a computer or backup, a guessed password, clumsiness",
                ),
                t(
                    "Atteinte au secret médical, à la vie familiale ou professionnelle, discrimination",
                    "المساس بالسر الطبي والحياة الأسرية أو المهنية، التمييز",
                    "Breach of medical secrecy, harm to family or working life, discrimination",
                ),
                &[W::Encrypted, W::Sealed, W::OwnAccounts, W::Locks, W::Roles, W::NoConnection, W::OneServer],
            ),
            row(
                t("Modification non désirée", "تغيير غير مرغوب", "Unwanted change"),
                t(
                    "Erreur de saisie ou de patient, malveillance, logiciel malveillant",
                    "خطأ في الإدخال أو في المريض، نية سيئة، برنامج خبيث",
                    "A wrong entry or patient, malice, malware",
                ),
                t("Erreur de soin, rendez-vous perdu", "خطأ علاجي، ضياع موعد", "Wrong treatment, a lost appointment"),
                &[W::Journal, W::Roles, W::OwnAccounts, W::VerifiedBackups],
            ),
            row(
                t("Disparition", "اختفاء المعطيات", "Disappearance"),
                t(
                    "Panne, incendie, vol, rançongiciel, mots de passe et clés perdus",
                    "عطل، حريق، سرقة، فدية، ضياع كلمات المرور والمفاتيح",
                    "Failure, fire, theft, ransomware, lost passwords and keys",
                ),
                t("Retard ou rupture des soins", "تأخر العلاج أو انقطاعه", "Care delayed or broken off"),
                &[W::VerifiedBackups, W::SecondPlace],
            ),
        ],
        empty: String::new(),
    })
}

/// What is missing today, as the program sees it.
async fn gaps(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    used: &Used,
    language: Language,
) -> Result<Vec<String>, CommandError> {
    let t = |french, arabic, english| SAY(language, french, arabic, english);
    let mut gaps: Vec<String> = Vec::new();
    let mut add = |open: bool, text: &str| gaps.extend(open.then(|| text.to_owned()));
    add(
        who.settings.officer.is_empty(),
        t(
            "Personne n’est désigné pour la protection des données.",
            "لم يُعيَّن أحد لحماية المعطيات.",
            "Nobody is named for data protection.",
        ),
    );
    add(
        who.law().declaration && who.settings.declaration.is_empty(),
        t(
            "Le numéro de déclaration ou d’autorisation manque.",
            "رقم التصريح أو الإذن ناقص.",
            "The number of the declaration or authorisation is missing.",
        ),
    );
    add(
        !used.used.backed_up,
        t(
            "Aucune sauvegarde vérifiée depuis une semaine.",
            "لا نسخة احتياطية متحققا منها منذ أسبوع.",
            "No verified backup for a week.",
        ),
    );
    add(
        !used.used.second_place,
        t(
            "Les sauvegardes n’ont pas de second emplacement.",
            "ليس للنسخ الاحتياطية مكان ثان.",
            "Backups have no second place.",
        ),
    );
    add(
        used.used.servers.iter().any(|server| server.discretion == "name"),
        t(
            "L’agenda publié contient des noms de patients.",
            "الأجندة المنشورة تتضمن أسماء المرضى.",
            "The published agenda holds patients’ names.",
        ),
    );
    let accepted = store::registers::all::<ActivityFacts>(connection).await?;
    let waiting = domain::privacy::activity::propose(&used.used)
        .iter()
        .any(|one| !accepted.iter().any(|row| row.retired_on.is_none() && row.facts.kind == one.kind));
    add(
        waiting,
        t(
            "Le registre des traitements n’est pas entièrement accepté.",
            "سجل المعالجات لم يُقبل كله.",
            "The record of processing is not wholly accepted.",
        ),
    );
    let all = store::registers::all::<ProcessorFacts>(connection).await?;
    let in_force = || all.iter().filter(|row| row.retired_on.is_none());
    add(
        in_force().any(|row| row.facts.contract_on.is_none()),
        t("Un sous-traitant n’a pas de contrat.", "معالج من الباطن بلا عقد.", "A processor has no contract."),
    );
    add(
        in_force().any(|row| processors::unsafe_transfer(&row.facts, who.country)),
        t(
            "Un transfert à l’étranger n’a pas de garantie.",
            "نقل إلى الخارج بلا ضمانة.",
            "A transfer abroad has no safeguard.",
        ),
    );
    add(
        reviews::due_on(desk, connection).await? < who.today(),
        t(
            "La revue annuelle de la sécurité est en retard.",
            "المراجعة السنوية للسلامة متأخرة.",
            "The yearly review of security is overdue.",
        ),
    );
    Ok(gaps)
}

fn questions(language: Language) -> Vec<Part> {
    let t = |french, arabic, english| SAY(language, french, arabic, english);
    [
        t("Chaque donnée recueillie est-elle nécessaire\u{a0}? Lesquelles pourrait-on ne plus demander\u{a0}?", "هل كل معطى يُجمع ضروري؟ وما الذي يمكن الاستغناء عنه؟", "Is every item collected needed? Which could be left out?"),
        t("Comment les personnes sont-elles informées, y compris au téléphone et pour les mineurs\u{a0}?", "كيف يُخبر الأشخاص، بما في ذلك هاتفيا وبالنسبة للقاصرين؟", "How are persons told, on the phone and for minors too?"),
        t("Qui d’autre accède aux locaux et aux postes (ménage, maintenance, remplaçants)\u{a0}?", "من غيركم يدخل المحلات أو يستعمل الأجهزة (التنظيف، الصيانة، المعوضون)؟", "Who else enters the rooms or uses the computers (cleaning, maintenance, locums)?"),
        t("Où sont gardées les clés de récupération et la seconde sauvegarde, et qui peut y accéder\u{a0}?", "أين تُحفظ مفاتيح الاسترجاع والنسخة الثانية، ومن يصل إليها؟", "Where are the recovery keys and the second backup kept, and who can reach them?"),
        t("Quels autres outils traitent des données de patients (messagerie, téléphone, télétransmission)\u{a0}?", "ما هي الأدوات الأخرى التي تعالج معطيات المرضى (البريد، الهاتف، الإرسال الإلكتروني)؟", "Which other tools process patients’ data (mail, phone, claims)?"),
        t("Les mesures en place rendent-elles chaque risque acceptable\u{a0}? Sinon, lesquelles ajouter, quand, par qui\u{a0}?", "هل تجعل التدابير القائمة كل خطر مقبولا؟ وإلا فما الذي يضاف، ومتى، ومن يقوم به؟", "Do the measures make each risk acceptable? If not: which to add, when, by whom?"),
    ]
    .into_iter()
    .map(|question| Part::Question(question.to_owned(), String::new()))
    .collect()
}

fn context(who: &Who, used: &Used, language: Language) -> Vec<Part> {
    let t = |french, arabic, english| SAY(language, french, arabic, english);
    let pair = |label: &str, value: Cell| (label.to_owned(), value);
    let people = &used.used;
    let staff = match language {
        Language::French => format!(
            "praticiens\u{a0}: {} · secrétaires\u{a0}: {} · administrateurs\u{a0}: {}",
            people.practitioners, people.secretaries, people.administrators
        ),
        Language::Arabic => format!(
            "الأطباء: {} · الكتابة: {} · المدبرون: {}",
            people.practitioners, people.secretaries, people.administrators
        ),
        Language::English => format!(
            "practitioners: {} · secretaries: {} · administrators: {}",
            people.practitioners, people.secretaries, people.administrators
        ),
    };
    let hosts: Vec<&str> = people.servers.iter().map(|server| server.host.as_str()).collect();
    let places = if people.lets_out() {
        t(
            "Ordinateurs du cabinet, base chiffrée\u{a0}; sauvegardes chiffrées\u{a0}; au dehors, ce qui est nommé ci-dessous",
            "حواسيب العيادة بقاعدة مشفرة، ونسخ احتياطية مشفرة، وفي الخارج ما هو مذكور أدناه",
            "The practice’s computers, an encrypted database; encrypted backups; outside, what is named below",
        )
    } else {
        t(
            "Ordinateurs du cabinet, base chiffrée\u{a0}; sauvegardes chiffrées\u{a0}; pas de serveur extérieur",
            "حواسيب العيادة بقاعدة مشفرة، ونسخ احتياطية مشفرة، دون خادم خارجي",
            "The practice’s computers, an encrypted database; encrypted backups; no server outside",
        )
    };
    let backup =
        used.backup_at.map_or_else(|| t("aucune", "لا شيء", "none").to_owned(), |at| words::moment(at, &who.zone));
    vec![
        who.answering(language),
        Part::Pairs(vec![
            pair(t("Patients au fichier", "المرضى المسجلون", "Patients on file"), used.patients.to_string().into()),
            pair(t("Comptes actifs, par rôle", "الحسابات النشطة حسب الدور", "Active accounts, by role"), staff.into()),
            pair(t("Supports", "الدعامات", "Where data are"), places.into()),
            pair(t("Agenda publié vers", "الأجندة منشورة نحو", "Agenda published to"), hosts.join(", ").into()),
            pair(
                t("Rendez-vous en ligne par", "حجز المواعيد عبر", "Online booking by"),
                people.portal.as_ref().map(|portal| portal.host.clone()).unwrap_or_default().into(),
            ),
            pair(
                t("Messages aux patients par", "رسائل المرضى عبر", "Messages to patients by"),
                people.mail_server.clone().unwrap_or_default().into(),
            ),
            pair(t("Dernière sauvegarde vérifiée", "آخر نسخة متحقق منها", "Last verified backup"), backup.into()),
        ]),
    ]
}

/// The document.
pub(super) async fn document(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Report, CommandError> {
    let t = |french, arabic, english| SAY(language, french, arabic, english);
    let used = used::read(desk, connection).await?;
    let all = activities::all(desk, connection, who, language).await?;
    let short = |field| words::field(field, language).to_owned();
    let cell = |one: &activities::Told, field: Field| Cell::from(lines_of(&one.fields, field).join("\n"));
    let table = ReportTable {
        columns: vec![
            (t("Traitement", "المعالجة", "Processing").to_owned(), 1.2),
            (short(Field::Purposes), 1.6),
            (short(Field::Data), 1.6),
            (short(Field::Recipients), 1.3),
            (short(Field::Retention), 1.4),
        ],
        rows: all
            .iter()
            .map(|one| {
                vec![
                    Cell::strong(one.fields.name.as_str()),
                    cell(one, Field::Purposes),
                    cell(one, Field::Data),
                    cell(one, Field::Recipients),
                    cell(one, Field::Retention),
                ]
            })
            .collect(),
        empty: String::new(),
    };
    let grounds = ReportTable {
        columns: vec![
            (t("Traitement", "المعالجة", "Processing").to_owned(), 1.0),
            (short(Field::Grounds), 2.0),
            (short(Field::Transfers), 1.4),
        ],
        rows: all
            .iter()
            .map(|one| {
                vec![Cell::strong(one.fields.name.as_str()), cell(one, Field::Grounds), cell(one, Field::Transfers)]
            })
            .collect(),
        empty: String::new(),
    };
    let rights: Vec<String> = rights(who.country)
        .iter()
        .map(|(right, article)| format!("{} · {}", words::right(*right, language), words::cited(article, language)))
        .collect();
    let gaps = gaps(desk, connection, who, &used, language).await?;
    let gaps = if gaps.is_empty() {
        Part::Box(
            t("Le logiciel ne voit rien qui manque.", "لا يرى البرنامج نقصا.", "The software sees nothing missing.")
                .to_owned(),
        )
    } else {
        Part::List(gaps)
    };
    let mut open = questions(language);
    open.push(Part::Heading(t("Avis et décision", "الرأي والقرار", "Opinion and decision").to_owned()));
    open.push(Part::Signatures(vec![
        t(
            "Avis de la personne chargée de la protection des données",
            "رأي المكلف بحماية المعطيات",
            "Opinion of whoever is named for data protection",
        )
        .to_owned(),
        t("Décision du responsable du traitement", "قرار المسؤول عن المعالجة", "Decision of the controller").to_owned(),
    ]));
    let intro = t(
        "Document de départ, rempli d’après l’usage réel du logiciel ce jour. Ce que le logiciel ne peut pas savoir est posé en questions\u{a0}; l’analyse n’est faite que lorsque le responsable y a répondu, a évalué les risques et a décidé.",
        "وثيقة انطلاق مملوءة حسب الاستعمال الفعلي للبرنامج اليوم. ما لا يعرفه البرنامج مطروح كأسئلة، ولا يتم التقييم إلا بعد أن يجيب المسؤول ويقدر المخاطر ويقرر.",
        "A starting document, filled from how the software is really used today. What the software cannot know is asked; the assessment is done only when the controller has answered, judged the risks and decided.",
    );
    let sections = vec![
        ReportSection::new(t("1. Contexte", "1. السياق", "1. Context"), context(who, &used, language)),
        ReportSection::new(t("2. Les traitements", "2. المعالجات", "2. The processing"), vec![Part::Table(table)]),
        ReportSection::new(
            t("3. Nécessité et proportionnalité", "3. الضرورة والتناسب", "3. Necessity and proportionality"),
            vec![
                Part::Table(grounds),
                Part::Heading(t("Droits des personnes", "حقوق الأشخاص", "Persons’ rights").to_owned()),
                Part::List(rights),
            ],
        ),
        ReportSection::new(
            t("4. Risques et mesures", "4. المخاطر والتدابير", "4. Risks and measures"),
            vec![risks(&used, language)],
        ),
        ReportSection::new(
            t("5. Ce qui manque aujourd’hui", "5. ما ينقص اليوم", "5. What is missing today"),
            vec![gaps],
        ),
        ReportSection::new(t("6. Questions ouvertes", "6. أسئلة مفتوحة", "6. Open questions"), open),
    ];
    let title = t(
        "Analyse d’impact relative à la protection des données",
        "تقييم الأثر على حماية المعطيات",
        "Data-protection impact assessment",
    );
    let law = if who.law().assessment.is_empty() { who.law().cited } else { who.law().assessment };
    Ok(who.report(language, title, words::cited(law, language), vec![Part::Text(intro.to_owned())], sections))
}
