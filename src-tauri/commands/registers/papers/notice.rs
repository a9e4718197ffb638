//! What the notice in the waiting room says: the practice's own data, in the words of whoever waits there.

use domain::privacy::activity::{Field, Kind, Word, propose};
use domain::privacy::authority::{Right, rights};

use super::super::activities::lines_of;
use super::super::used;
use super::super::words::{self, pick};
use super::{Who, activities};
use crate::commands::{CommandError, Desk};
use crate::print::notice::{Notice, NoticeBlock};
use crate::print::words::Language;
use crate::store::Connection;

/// Adds what is not there yet.
fn once(all: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// The notice.
pub(super) async fn notice(
    desk: &Desk,
    connection: &mut Connection,
    who: &Who,
    language: Language,
) -> Result<Notice, CommandError> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let used = used::read(desk, connection).await?;
    let told = activities::all(desk, connection, who, language).await?;
    // What concerns patients, and nothing of staff.
    let of_patients = |kind: Kind| !matches!(kind, Kind::Accounts | Kind::Backups | Kind::Statistics | Kind::TakeOver);
    let told: Vec<_> = told.into_iter().filter(|one| of_patients(one.kind)).collect();
    let mut purposes = Vec::new();
    for one in &told {
        let count = if matches!(one.kind, Kind::Agenda | Kind::Record) { 2 } else { 1 };
        once(&mut purposes, lines_of(&one.fields, Field::Purposes).iter().take(count).cloned());
    }
    let mut grounds = Vec::new();
    let mut retention = Vec::new();
    for one in &told {
        once(&mut grounds, lines_of(&one.fields, Field::Grounds).iter().cloned());
        if matches!(one.kind, Kind::Agenda | Kind::Record | Kind::Requests | Kind::Own) {
            once(&mut retention, lines_of(&one.fields, Field::Retention).iter().cloned());
        }
    }
    once(&mut retention, Some(who.settings.retention_remark.clone()).filter(|remark| !remark.is_empty()));
    let mut seen = vec![
        t("Les praticiens qui vous soignent", "الأطباء الذين يعالجونكم", "The practitioners who care for you")
            .to_owned(),
    ];
    if used.used.secretaries > 0 {
        let line = t(
            "Le secrétariat : vos coordonnées et rendez-vous, jamais votre dossier médical",
            "الكتابة: معلومات الاتصال والمواعيد، دون ملفكم الطبي أبدا",
            "The secretaries: how to reach you and your appointments, never your medical record",
        );
        seen.push(line.replace(" :", "\u{a0}:"));
    }
    if told.iter().any(|one| matches!(one.kind, Kind::Prescriptions | Kind::Results | Kind::Record)) {
        seen.push(
            t(
                "Les professionnels qui participent à vos soins",
                "المهنيون المشاركون في علاجكم",
                "Professionals who take part in your care",
            )
            .to_owned(),
        );
    }
    let servers = propose(&used.used).into_iter().flat_map(|one| one.recipients);
    let carries = |word| matches!(word, Word::CalendarServer | Word::PortalHost | Word::MailHost);
    let servers = servers.filter(|line| carries(line.word)).map(|line| words::line(&line, language));
    once(&mut seen, servers.collect::<Vec<_>>());
    seen.push(
        t(
            "Vos données ne sont ni vendues, ni utilisées à des fins commerciales.",
            "لا تُباع معطياتكم ولا تُستعمل لأغراض تجارية.",
            "Your data are never sold, nor used for commercial ends.",
        )
        .to_owned(),
    );
    let optional = t(
        "Vos noms et un moyen de vous joindre sont nécessaires pour un rendez-vous ; votre date de naissance évite de vous confondre avec un autre. Le reste est facultatif : sans cela, nous pourrons seulement moins bien vous joindre ou vous soigner.",
        "اسمكم ووسيلة للاتصال بكم ضروريان للموعد، وتاريخ ازديادكم يمنع الخلط مع غيركم. الباقي اختياري: بدونه قد يصعب فقط الاتصال بكم أو علاجكم جيدا.",
        "Your names and a way to reach you are needed for an appointment; your birth date keeps you from being taken for somebody else. The rest is up to you: without it we may only reach you or care for you less well.",
    );
    let optional = optional.replace(" ;", "\u{a0};").replace("facultatif :", "facultatif\u{a0}:");
    let own = rights(who.country).iter().map(|(right, _)| *right);
    let own = own.filter(|right| !matches!(right, Right::Information | Right::Complaint));
    let block = |title: &str, lines: Vec<String>, listed| NoticeBlock { title: title.to_owned(), lines, listed };
    let mut responsible = vec![who.controller(language).to_owned()];
    if !who.settings.representative.is_empty() {
        responsible.push(who.settings.representative.clone());
    }
    let blocks = vec![
        block(t("Qui en répond", "من المسؤول", "Who answers for them"), responsible, false),
        block(t("À quoi elles servent", "لماذا تُستعمل", "What they are for"), purposes, true),
        block(t("De quel droit", "على أي أساس", "On which ground"), grounds, true),
        block(t("Ce qui est nécessaire", "ما هو ضروري", "What is needed"), vec![optional], false),
        block(t("Qui les voit", "من يطلع عليها", "Who sees them"), seen, true),
        block(t("Combien de temps", "مدة الحفظ", "For how long"), retention, true),
        block(
            t("Vous pouvez", "من حقكم", "You may"),
            own.map(|right| words::right(right, language).to_owned()).collect(),
            true,
        ),
    ];
    Ok(Notice {
        practice: who.head(language),
        title: t("Vos données, vos droits", "معطياتكم، حقوقكم", "Your data, your rights").to_owned(),
        lead: t(
            "Pour vous recevoir et vous soigner, nous tenons un agenda et un dossier sur un logiciel du cabinet. Voici ce qui est fait de vos données.",
            "لاستقبالكم وعلاجكم نمسك أجندة وملفا على برنامج داخل العيادة. هذا ما يُفعل بمعطياتكم.",
            "To receive you and to care for you, we keep an agenda and a record in software of the practice. This is what is done with your data.",
        )
        .to_owned(),
        blocks,
        contacts: contacts(who, language),
        foot: words::cited(who.law().cited, language),
        language,
        created_at: who.now,
    })
}

/// Whom to ask, where to complain, under which number.
fn contacts(who: &Who, language: Language) -> Vec<(String, String)> {
    let t = |french, arabic, english| pick(language, french, arabic, english);
    let settings = &who.settings;
    let mut ask: Vec<&str> = vec![&settings.officer, &settings.officer_contact];
    if settings.officer_contact.is_empty() {
        ask.extend([who.phone.as_str(), who.email.as_str()]);
    }
    ask.retain(|part| !part.trim().is_empty());
    let how = t(
        "Demandez à l’accueil, ou écrivez-nous. C’est gratuit ; une preuve d’identité peut vous être demandée.",
        "اسألوا الاستقبال أو راسلونا. هذا مجاني، وقد تُطلب وثيقة تثبت هويتكم.",
        "Ask at the desk, or write to us. It is free; you may be asked to show who you are.",
    )
    .replace(" ;", "\u{a0};");
    let within = t(" Réponse sous un mois.", " الجواب خلال شهر.", " You have an answer within a month.");
    let how = if who.law().answer_months == Some(1) { how + within } else { how };
    let authority = who.authority();
    let complain = format!(
        "{} ({})\n{}\n{} · {}",
        who.authority_name(language),
        authority.short,
        authority.address.join(", "),
        authority.phone,
        authority.site
    );
    let number = if settings.declaration.is_empty() {
        String::new()
    } else {
        match settings.declared_on {
            Some(on) => format!("{} · {} · {}", authority.short, settings.declaration, words::day(on)),
            None => format!("{} · {}", authority.short, settings.declaration),
        }
    };
    vec![
        (
            t(
                "Pour exercer vos droits ou poser une question",
                "لممارسة حقوقكم أو طرح سؤال",
                "To use your rights or to ask",
            )
            .to_owned(),
            if ask.is_empty() { how } else { format!("{how}\n{}", ask.join(" · ")) },
        ),
        (
            t("Pour vous plaindre à l’autorité", "لتقديم شكاية إلى السلطة", "To complain to the authority").to_owned(),
            complain,
        ),
        (t("Déclaration ou autorisation", "التصريح أو الإذن", "Declaration or authorisation").to_owned(), number),
    ]
}
