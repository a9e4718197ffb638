//! Sentences of the terminal, in French, Arabic and English, by the language of the environment. Programs read the code
//! instead (`--json`).

use super::Refusal;

/// A refusal's sentence.
pub fn sentence(refusal: &Refusal) -> String {
    let language = language();
    let (fr, ar, en) = match refusal.code.as_str() {
        "slot_taken" => (
            "Ce créneau est déjà pris. Choisissez-en un autre, ou ajoutez --overbook pour un surbooking voulu.",
            "هذا الموعد محجوز. اختر موعدا آخر، أو أضف ‎--overbook‎ للحجز فوقه عن قصد.",
            "This slot is taken. Choose another one, or add --overbook to double-book on purpose.",
        ),
        "no_scheduling" => (
            "Pas de rendez-vous sur cette plage. Choisissez un autre créneau, ou ajoutez --overbook.",
            "لا مواعيد في هذه الفترة. اختر وقتا آخر، أو أضف ‎--overbook‎.",
            "No appointments over this time. Choose another slot, or add --overbook.",
        ),
        "resource_taken" => (
            "La salle ou le matériel est pris à cette heure. Choisissez un autre créneau, ou ajoutez --overbook.",
            "القاعة أو الجهاز محجوز في هذا الوقت. اختر وقتا آخر، أو أضف ‎--overbook‎.",
            "The room or equipment is taken then. Choose another slot, or add --overbook.",
        ),
        "wrong_credentials" => (
            "Identifiant ou mot de passe incorrect.",
            "اسم المستخدم أو كلمة السر غير صحيحة.",
            "The user name or the password is wrong.",
        ),
        "credentials_missing" => (
            "Indiquez l'utilisateur dans SEMAINIER_USER et le mot de passe dans le fichier nommé par la variable indiquée.",
            "حدد المستخدم في SEMAINIER_USER وكلمة السر في الملف الذي يسميه المتغير المذكور.",
            "Name the user in SEMAINIER_USER and the file with the password in the variable shown.",
        ),
        "vault_missing" => (
            "Aucun coffre dans ce dossier. Indiquez --vault DOSSIER, ou créez-le avec « semainier init ».",
            "لا توجد خزنة في هذا المجلد. حدد ‎--vault‎ أو أنشئها بـ ‎semainier init‎.",
            "There is no vault in this folder. Give --vault DIR, or make one with 'semainier init'.",
        ),
        "vault_exists" => (
            "Ce dossier contient déjà un coffre ou d'autres fichiers. Choisissez un dossier vide.",
            "يحتوي هذا المجلد على خزنة أو ملفات. اختر مجلدا فارغا.",
            "This folder holds a vault or other files already. Choose an empty folder.",
        ),
        "vault_damaged" => (
            "La base de données est endommagée ou ne correspond pas à sa clé. Rien n'a été modifié : restaurez la dernière \
             sauvegarde (semainier restore).",
            "قاعدة البيانات تالفة أو لا توافق مفتاحها. لم يتغير شيء: استرجع آخر نسخة احتياطية.",
            "The database is damaged or does not fit its key. Nothing was changed: restore the last backup (semainier restore).",
        ),
        "vault_file_damaged" | "vault_file_tampered" => (
            "vault.json est endommagé ou a été modifié. Les données sont intactes : remettez la copie de la dernière \
             sauvegarde, ou utilisez la clé de récupération (semainier recover).",
            "ملف vault.json تالف أو معدل. البيانات سليمة: أعد نسخة آخر نسخة احتياطية أو استعمل مفتاح الاسترجاع.",
            "vault.json is damaged or was changed. The data are untouched: put back the copy of the last backup, or use the \
             recovery key (semainier recover).",
        ),
        "vault_file_old" => (
            "vault.json est plus ancien que la base : une ancienne copie a été remise et votre mot de passe a changé depuis. \
             Utilisez la clé de récupération (semainier recover) ; rien n'a été modifié.",
            "ملف vault.json أقدم من قاعدة البيانات: أُعيدت نسخة قديمة وتغيرت كلمة سرك منذ ذلك. استعمل مفتاح الاسترجاع.",
            "vault.json is older than the database: an old copy was put back, and your password was changed since. Use the \
             recovery key (semainier recover); nothing was changed.",
        ),
        "newer_version" => (
            "Ce coffre a été écrit par une version plus récente. Installez-la ; rien n'a été modifié.",
            "كتبت هذه الخزنة نسخة أحدث من البرنامج. ثبتها؛ لم يتغير شيء.",
            "A newer version wrote this vault. Install it; nothing was changed.",
        ),
        "device_secret_missing" | "not_enrolled_here" => (
            "Ce compte d'ordinateur n'ouvre pas (ou plus) le coffre. Utilisez la clé de récupération (semainier recover), ou \
             demandez à un administrateur.",
            "حساب هذا الحاسوب لا يفتح الخزنة. استعمل مفتاح الاسترجاع أو اسأل المسؤول.",
            "This computer account does not open the vault (any more). Use the recovery key (semainier recover), or ask an \
             administrator.",
        ),
        "keyring_missing" | "keyring_locked" | "keyring_failed" => (
            "Le trousseau de cet ordinateur est verrouillé ou absent. Déverrouillez-le et réessayez, ou utilisez la clé de \
             récupération (semainier recover).",
            "حلقة مفاتيح هذا الحاسوب مقفلة أو غائبة. افتحها وأعد المحاولة، أو استعمل مفتاح الاسترجاع.",
            "This computer's keyring is locked or missing. Unlock it and try again, or use the recovery key (semainier recover).",
        ),
        "read_only" => (
            "Le dossier est en lecture seule. Vérifiez les droits du dossier et du disque ; rien n'a été modifié.",
            "المجلد للقراءة فقط. تحقق من صلاحيات المجلد والقرص؛ لم يتغير شيء.",
            "The folder is read-only. Check the permissions of the folder and of the disk; nothing was changed.",
        ),
        "disk_full" => (
            "Le disque est plein. Libérez de la place et recommencez ; rien n'a été modifié.",
            "القرص ممتلئ. حرر مساحة وأعد المحاولة؛ لم يتغير شيء.",
            "The disk is full. Free some space and try again; nothing was changed.",
        ),
        "busy" => (
            "Un autre programme occupe le coffre. Attendez qu'il finisse, puis recommencez.",
            "برنامج آخر يشغل الخزنة. انتظر حتى ينتهي ثم أعد المحاولة.",
            "Another program keeps the vault busy. Wait for it to finish, then try again.",
        ),
        "weak_password" => (
            "Ce mot de passe est trop facile à deviner. Il faut 12 caractères de quatre sortes, 14 de trois sortes, ou sept \
             mots, et rien de connu sur vous.",
            "كلمة السر سهلة التخمين. يلزم 12 حرفا من أربعة أنواع، أو 14 من ثلاثة، أو سبع كلمات.",
            "This password is too easy to guess. It takes 12 characters of four kinds, 14 of three kinds, or seven words, and \
             nothing known about you.",
        ),
        "permission_denied" => (
            "Votre rôle ne permet pas cette action. Demandez à un administrateur ou à un praticien.",
            "دورك لا يسمح بهذا الإجراء. اسأل المسؤول أو الطبيب.",
            "Your role does not allow this. Ask an administrator or a practitioner.",
        ),
        "status_refused" => (
            "Ce changement de statut n'existe pas pour ce rendez-vous.",
            "هذا التغيير غير ممكن لهذا الموعد.",
            "This appointment cannot take that status from where it is.",
        ),
        "bad_recovery_key" | "other_recovery_key" | "wrong_recovery_key" => (
            "Cette clé de récupération n'ouvre pas ce coffre : relisez le groupe indiqué, ou prenez l'autre clé.",
            "مفتاح الاسترجاع هذا لا يفتح الخزنة: أعد قراءة المجموعة المذكورة أو خذ المفتاح الآخر.",
            "This recovery key does not open this vault: read the group shown again, or take the other key.",
        ),
        "backup_damaged" => (
            "Cette sauvegarde est incomplète ou modifiée. Prenez-en une autre ; rien n'a été modifié.",
            "هذه النسخة الاحتياطية ناقصة أو معدلة. خذ غيرها؛ لم يتغير شيء.",
            "This backup is cut off or was changed. Take another one; nothing was changed.",
        ),
        "file_missing" => (
            "Le fichier est introuvable. Vérifiez son nom et son dossier.",
            "الملف غير موجود. تحقق من اسمه ومجلده.",
            "The file was not found. Check its name and folder.",
        ),
        "patient_not_found"
        | "practitioner_not_found"
        | "type_not_found"
        | "appointment_not_found"
        | "user_not_found"
        | "not_found" => (
            "Introuvable : indiquez un identifiant ou un nom exact.",
            "غير موجود: أعط معرفا أو اسما مضبوطا.",
            "Not found: give an identifier or an exact name.",
        ),
        "bad_period" => (
            "La période est vide : --to doit être le même jour que --from, ou après.",
            "الفترة فارغة: يجب أن يكون ‎--to‎ في يوم ‎--from‎ أو بعده.",
            "The period is empty: --to must be the same day as --from, or after it.",
        ),
        "server_unreachable" | "server_timed_out" | "server_busy" => (
            "Le serveur de calendrier ne répond pas. Vérifiez le réseau et l'adresse ; rien n'est perdu, le prochain essai reprend.",
            "خادم التقويم لا يجيب. تحقق من الشبكة والعنوان؛ لم يضع شيء والمحاولة القادمة تكمل.",
            "The calendar server does not answer. Check the network and the address; nothing is lost, the next try goes on.",
        ),
        "server_password" | "server_password_needed" => (
            "Le serveur de calendrier n'accepte pas cet utilisateur ou ce mot de passe. Donnez-le dans le fichier nommé par \
             SEMAINIER_SERVER_PASSWORD_FILE, avec « semainier publish set ».",
            "خادم التقويم لا يقبل هذا المستخدم أو كلمة السر. ضعها في الملف الذي يسميه ‎SEMAINIER_SERVER_PASSWORD_FILE‎ مع \
             ‎semainier publish set‎.",
            "The calendar server does not accept this user or password. Give it in the file named by \
             SEMAINIER_SERVER_PASSWORD_FILE, with 'semainier publish set'.",
        ),
        "certificate_untrusted" => (
            "Le certificat du serveur n'est pas reconnu. Vérifiez l'adresse, ou donnez l'autorité du cabinet (--authority).",
            "شهادة الخادم غير معروفة. تحقق من العنوان أو أعط سلطة الشهادات (‎--authority‎).",
            "The server's certificate is not trusted. Check the address, or give the practice's own authority (--authority).",
        ),
        "bad_address"
        | "not_encrypted"
        | "no_calendar"
        | "not_a_calendar"
        | "redirected_elsewhere"
        | "answer_garbled" => (
            "Cette adresse n'est pas celle d'un calendrier chiffré (https). Allez jusqu'au calendrier lui-même.",
            "ليس هذا عنوان تقويم مشفر (https). أكمله حتى التقويم نفسه.",
            "This is not the address of an encrypted (https) calendar. Go down to the calendar itself.",
        ),
        "nothing_to_export" => (
            "Il n'y a rien à exporter entre ces dates.",
            "لا شيء للتصدير بين هذين التاريخين.",
            "There is nothing to export between these dates.",
        ),
        "drugs_file_missing" | "drugs_file_empty" | "drugs_file_too_large" => (
            "Ce fichier de la base des médicaments manque ou est vide. L'édition précédente reste en service.",
            "ملف قاعدة الأدوية هذا ناقص أو فارغ. تبقى الطبعة السابقة مستعملة.",
            "This file of the drug base is missing or empty. The earlier edition stays in use.",
        ),
        "drugs_columns"
        | "drugs_line_cut"
        | "drugs_wrong_encoding"
        | "drugs_line_too_long"
        | "drugs_bad_cell"
        | "drugs_unknown_drug" => (
            "Ce fichier n'a pas la forme officielle à la ligne indiquée. Téléchargez-le de nouveau ; l'édition précédente \
             reste en service.",
            "ليس لهذا الملف شكله الرسمي في السطر المذكور. نزله من جديد؛ تبقى الطبعة السابقة مستعملة.",
            "This file does not have its official form at the line shown. Download it again; the earlier edition stays in use.",
        ),
        "thesaurus_form" | "thesaurus_empty" | "thesaurus_entry" | "substances_file_missing" => (
            "Ce thésaurus est incomplet ou n'a pas la forme attendue (fichier des couples et fichier des substances). \
             L'édition précédente reste en service.",
            "ملف التفاعلات هذا ناقص أو ليس له الشكل المنتظر. تبقى الطبعة السابقة مستعملة.",
            "This thesaurus is incomplete or not of the form expected (a file of pairs and one of substances). The earlier \
             edition stays in use.",
        ),
        "no_drugs" => (
            "La base des médicaments n'est pas encore importée (semainier import drugs DOSSIER).",
            "لم تُستورد قاعدة الأدوية بعد (semainier import drugs).",
            "The drug base has not been imported yet (semainier import drugs DIR).",
        ),
        "filed_not_found" => (
            "Ce document n'est plus dans la boîte : quelqu'un a déjà décidé.",
            "لم تعد هذه الوثيقة في الصندوق: قرر شخص آخر.",
            "This paper is no longer in the inbox: somebody decided already.",
        ),
        "record_kept" => (
            "La loi oblige à conserver ce dossier médical ; la date est dans retention_until (--json).",
            "يلزم القانون بحفظ هذا الملف الطبي؛ التاريخ في retention_until‏ (‎--json‎).",
            "The law obliges to keep this medical record; the date is in retention_until (--json).",
        ),
        "kept_for_claim" | "kept_by_limitation" => (
            "Ces données sont conservées pour un droit en justice ou une limitation. Levez-la d'abord.",
            "هذه المعطيات محفوظة لحق أمام القضاء أو بسبب تقييد. ارفعه أولا.",
            "These data are kept for a legal claim or by a limitation. Lift it first.",
        ),
        "request_open" => (
            "Une demande de copie de cette personne est ouverte : répondez-y d'abord.",
            "هناك طلب نسخة مفتوح لهذا الشخص: أجب عنه أولا.",
            "A request of this person for a copy is open: answer it first.",
        ),
        "record_limited" => (
            "Ce dossier fait l'objet d'une limitation : il ne se modifie pas et ne s'ouvre que pour un motif légal.",
            "هذا الملف خاضع للتقييد: لا يعدل ولا يفتح إلا لسبب قانوني.",
            "This record is limited: it cannot be changed and opens for a legal ground only.",
        ),
        "not_whole" => (
            "Ce compte rendu est coupé : aucune valeur n'en est sûre. Redemandez-le au laboratoire.",
            "هذا التقرير مبتور: لا قيمة فيه مؤكدة. اطلبه من المختبر من جديد.",
            "This report was cut: none of its values is certain. Ask the laboratory for it again.",
        ),
        "unknown_media" => (
            "Ce fichier n'est ni un PDF, ni une image JPEG ou PNG (son contenu en décide, pas son nom).",
            "هذا الملف ليس PDF ولا صورة JPEG أو PNG (محتواه هو الحكم، لا اسمه).",
            "This file is neither a PDF nor a JPEG or PNG image (its content decides, not its name).",
        ),
        "document_too_large" => (
            "Ce document dépasse 100 Mo. Numérisez-le avec moins de points par pouce, ou en plusieurs parties.",
            "تتجاوز هذه الوثيقة 100 ميغابايت. امسحها بدقة أقل أو على أجزاء.",
            "This document is over 100 MB. Scan it with fewer dots per inch, or in parts.",
        ),
        "document_damaged" | "document_missing" => (
            "Ce document a été modifié ou retiré hors du logiciel : il n'est pas montré. Les autres restent lisibles.",
            "غُيرت هذه الوثيقة أو أزيلت من خارج البرنامج: لن تُعرض. تبقى الأخرى مقروءة.",
            "This document was changed or removed outside the program: it is not shown. The others remain readable.",
        ),
        "no_thesaurus" => (
            "Le thésaurus des interactions n'est pas encore importé (semainier import interactions FICHIER).",
            "لم يُستورد دليل التفاعلات بعد (semainier import interactions).",
            "The interaction thesaurus has not been imported yet (semainier import interactions FILE).",
        ),
        "prescription_unsignable" => (
            "Cette ordonnance ne peut pas être signée : corrigez ce qui est indiqué, ou motivez une contre-indication (--reason).",
            "لا يمكن توقيع هذه الوصفة: صحح ما هو مذكور، أو علل ما هو ممنوع (‎--reason‎).",
            "This prescription cannot be signed: correct what is shown, or give a reason for a contra-indication (--reason).",
        ),
        "not_a_practitioner" => (
            "Seul un praticien signe, en son propre nom.",
            "لا يوقع إلا الطبيب، باسمه.",
            "Only a practitioner signs, in their own name.",
        ),
        "bad_posology" => (
            "La posologie de cette ligne n'est pas comprise : écrivez par exemple « 1 matin et 1 soir pendant 7 jours ».",
            "لم تُفهم طريقة استعمال هذا السطر: اكتب مثلا «1 صباحا و1 مساء لمدة 7 أيام».",
            "The posology of this line is not understood: write for instance '1 matin et 1 soir pendant 7 jours'.",
        ),
        "record_damaged" => (
            "Cette entrée du dossier, ou son document archivé, n'est plus ce qui a été signé. Le reste est lisible ; restaurez une \
             sauvegarde.",
            "هذه المدخلة أو وثيقتها المحفوظة لم تعد كما وُقعت. الباقي مقروء؛ استرجع نسخة احتياطية.",
            "This entry of the record, or its archived document, is no longer what was signed. The rest is readable; restore a \
             backup.",
        ),
        "changed_meanwhile" => (
            "Quelqu'un l'a modifié entre-temps. Relisez, puis recommencez.",
            "عدله شخص آخر في هذه الأثناء. أعد القراءة ثم المحاولة.",
            "Somebody changed it meanwhile. Look again, then try again.",
        ),
        "portal_key_needed" => (
            "Comparez la clé affichée à celle du contrat, puis recommencez avec --key CLÉ. Rien n'a été signé.",
            "قارن المفتاح المعروض بالمفتاح المذكور في العقد ثم أعد المحاولة مع ‎--key‎. لم يوقع شيء.",
            "Compare the key shown with the one in the contract, then try again with --key KEY. Nothing was signed.",
        ),
        "portal_other_key" => (
            "Le portail présente une autre clé que celle indiquée. Rien n'a été envoyé : appelez le prestataire.",
            "تعرض البوابة مفتاحا غير المذكور. لم يرسل شيء: اتصل بمقدم الخدمة.",
            "The portal shows another key than the one given. Nothing was sent: call the provider.",
        ),
        "portal_secret_needed" | "portal_unknown_client" => (
            "Indiquez les identifiants du cabinet au portail : --client, et le fichier du secret dans SEMAINIER_PORTAL_SECRET_FILE.",
            "حدد معرف العيادة في البوابة: ‎--client‎، وملف السر في SEMAINIER_PORTAL_SECRET_FILE.",
            "Give the practice's credentials at the portal: --client, and the secret's file in SEMAINIER_PORTAL_SECRET_FILE.",
        ),
        "portal_unreachable" | "portal_timed_out" | "portal_busy" => (
            "Le portail ne répond pas. Ce qui attend partira au prochain essai ; « semainier sync status » le montre.",
            "البوابة لا تجيب. سيرسل ما ينتظر في المحاولة القادمة؛ يبينه ‎semainier sync status‎.",
            "The portal does not answer. What waits leaves at the next try; 'semainier sync status' shows it.",
        ),
        _ => (
            "Refusé. Vérifiez la valeur indiquée.",
            "مرفوض. تحقق من القيمة المذكورة.",
            "Refused. Check the value shown.",
        ),
    };
    let mut text = match language {
        Language::French => fr,
        Language::Arabic => ar,
        Language::English => en,
    }
    .to_owned();
    text.push_str(&format!(" [{}", refusal.code));
    if let Some(field) = &refusal.field {
        text.push_str(&format!(", {field}"));
    }
    for (name, value) in &refusal.parameters {
        text.push_str(&format!(", {name}: {value}"));
    }
    text.push(']');
    text
}

/// An old `vault.json` had been put back, and somebody who may went on from it.
pub fn old_keys() -> &'static str {
    match language() {
        Language::French => {
            "Une ancienne copie de vault.json avait été remise ; elle est à jour. Donnez un nouveau mot de passe à qui l'avait \
             changé depuis (semainier user reset)."
        }
        Language::Arabic => {
            "كانت نسخة قديمة من vault.json قد أُعيدت؛ وقد حُدثت. أعط كلمة سر جديدة لمن غيرها منذ ذلك (semainier user reset)."
        }
        Language::English => {
            "An old copy of vault.json had been put back; it is up to date again. Give a new password to whoever had changed \
             theirs since (semainier user reset)."
        }
    }
}

/// A check found nothing: never "safe".
pub fn nothing_found(edition: &str) -> String {
    match language() {
        Language::French => format!("Aucune interaction trouvée dans l'édition de {edition}."),
        Language::Arabic => format!("لم يُعثر على أي تفاعل في طبعة {edition}."),
        Language::English => format!("No interaction found in the edition of {edition}."),
    }
}

/// How the inbox stands.
pub fn inbox(items: usize, waiting: i64, unseen: i64) -> String {
    match language() {
        Language::French => {
            format!("À décider : {items}. En attente d'un praticien : {waiting}. Comptes rendus non vus : {unseen}.")
        }
        Language::Arabic => format!("للبت: {items}. في انتظار طبيب: {waiting}. تقارير لم يرها أحد: {unseen}."),
        Language::English => {
            format!("To decide: {items}. Waiting for a practitioner: {waiting}. Unseen reports: {unseen}.")
        }
    }
}

/// How far an archive is.
pub fn archive_progress(phase: &str, done: i64, total: i64) -> String {
    let words = match phase {
        "persons" => ["Dossiers", "الملفات", "Records"],
        "tables" => ["Tables", "الجداول", "Tables"],
        "file" => ["Écriture", "الكتابة", "Writing"],
        "checking" => ["Vérification", "التحقق", "Checking"],
        _ => ["Reprise", "الاستيراد", "Taking in"],
    };
    let word = match language() {
        Language::French => words[0],
        Language::Arabic => words[1],
        Language::English => words[2],
    };
    format!("{word} {done}/{total}")
}

/// A document left the vault.
pub fn in_the_clear() -> String {
    match language() {
        Language::French => "Ce fichier est en clair, hors du coffre : effacez-le quand il ne sert plus.",
        Language::Arabic => "هذا الملف غير مشفر وخارج الخزنة: احذفه عندما لا تعود إليه حاجة.",
        Language::English => "This file is in the clear, outside the vault: delete it when it has served.",
    }
    .to_owned()
}

/// What is asked for at a terminal.
pub fn ask_for_recovery_keys() -> &'static str {
    match language() {
        Language::French => "Clé de récupération, puis sur la ligne suivante la clé clinique (ou rien) :",
        Language::Arabic => "مفتاح الاسترجاع، ثم في السطر التالي المفتاح السريري (أو لا شيء):",
        Language::English => "Recovery key, then on the next line the clinical recovery key (or nothing):",
    }
}

/// The language of the environment.
pub(super) enum Language {
    French,
    Arabic,
    English,
}

/// The language of the environment.
pub(super) fn language() -> Language {
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    if name.starts_with("ar") {
        Language::Arabic
    } else if name.starts_with("fr") {
        Language::French
    } else {
        Language::English
    }
}
