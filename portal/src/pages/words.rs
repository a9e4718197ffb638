//! The words of the pages. One constant a sentence, three languages in it: none can be missing.

use fhir::booking::Language;

/// A sentence in French, Arabic and English.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub &'static str, pub &'static str, pub &'static str);

impl Words {
    /// In a language.
    pub(super) const fn of(self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.0,
            Language::Ar => self.1,
            Language::En => self.2,
        }
    }
}

macro_rules! sentences {
    ($($name:ident = $fr:literal, $ar:literal, $en:literal;)+) => {
        $(pub(super) const $name: Words = Words($fr, $ar, $en);)+
        #[cfg(test)]
        const ALL: &[(&str, Words)] = &[$((stringify!($name), $name)),+];
    };
}

sentences! {
    SKIP = "Aller au contenu", "انتقل إلى المحتوى", "Skip to content";
    LANGUAGES = "Langue", "اللغة", "Language";
    HOME_TITLE = "Prendre rendez-vous", "حجز موعد", "Book an appointment";
    HOME_LEAD = "Trouvez un praticien par son nom, sa spécialité ou sa ville.", "ابحثوا عن طبيب بالاسم أو التخصص أو المدينة.", "Find a practitioner by name, speciality or town.";
    SEARCH = "Rechercher", "بحث", "Search";
    SEARCH_LABEL = "Nom, spécialité, ville", "الاسم، التخصص، المدينة", "Name, speciality, town";
    NOTHING_FOUND = "Aucun praticien trouvé. Essayez un autre mot, ou la ville seule.", "لم يتم العثور على أي طبيب. جربوا كلمة أخرى أو المدينة وحدها.", "No practitioner found. Try another word, or the town alone.";
    CHOOSE_TYPE = "Pour quel type de rendez-vous ?", "ما نوع الموعد؟", "What kind of appointment?";
    MINUTES = "min", "دقيقة", "min";
    NEEDS_APPROVAL = "sur accord du cabinet", "بموافقة العيادة", "agreed by the practice";
    FREE_TIMES = "Horaires libres", "المواعيد المتاحة", "Free times";
    NO_FREE = "Aucun horaire libre pendant ces deux semaines.", "لا توجد مواعيد متاحة خلال هذين الأسبوعين.", "No free time in these two weeks.";
    NEXT_FREE = "Premier horaire libre :", "أول موعد متاح:", "First free time:";
    NONE_AT_ALL = "Aucun horaire n’est libre pour le moment.", "لا يوجد أي موعد متاح حاليا.", "No time is free at the moment.";
    EARLIER = "Plus tôt", "قبل", "Earlier";
    LATER = "Plus tard", "بعد", "Later";
    JOIN_WAITING = "S’inscrire sur la liste d’attente", "التسجيل في لائحة الانتظار", "Join the waiting list";
    LOCAL_TIME = "Heures du lieu de consultation.", "التوقيت المحلي لمكان الاستشارة.", "Times are those of the place of consultation.";
    TAKEN = "Cet horaire vient d’être pris. En voici d’autres.", "لقد تم حجز هذا الموعد للتو. إليكم مواعيد أخرى.", "This time has just been taken. Here are others.";
    IDENTIFY_TITLE = "Vous identifier", "التعريف بنفسكم", "Identify yourself";
    IDENTIFY_LEAD = "Nous vous envoyons un code à six chiffres. Pas de mot de passe.", "سنرسل لكم رمزا من ستة أرقام. بدون كلمة سر.", "We send you a code of six digits. No password.";
    CONTACT = "Téléphone mobile ou e-mail", "الهاتف المحمول أو البريد الإلكتروني", "Mobile phone or e-mail";
    CONTACT_PHONE_ONLY = "Téléphone mobile", "الهاتف المحمول", "Mobile phone";
    CONTACT_HINT = "Obligatoire : le code, la confirmation et les rappels y arrivent.", "إلزامي: يصل إليه الرمز والتأكيد والتذكير.", "Required: the code, the confirmation and reminders go there.";
    SEND_CODE = "Recevoir un code", "استلام الرمز", "Send me a code";
    CODE_TITLE = "Entrez le code", "أدخلوا الرمز", "Enter the code";
    CODE_LEAD = "Si cette adresse est joignable, un code y arrive dans la minute. Il est valable dix minutes.", "إذا كان العنوان صحيحا فسيصل الرمز خلال دقيقة. صالح لعشر دقائق.", "If this address can be reached, a code arrives within a minute. It is valid for ten minutes.";
    CODE = "Code à six chiffres", "الرمز المكون من ستة أرقام", "Six-digit code";
    CONTINUE = "Continuer", "متابعة", "Continue";
    ANOTHER_CODE = "Recevoir un autre code", "استلام رمز آخر", "Send another code";
    CODE_WRONG = "Ce code n’est pas (ou plus) valable. Vérifiez-le, ou demandez-en un autre.", "هذا الرمز غير صالح أو انتهت صلاحيته. تحققوا منه أو اطلبوا رمزا آخر.", "This code is not, or no longer, valid. Check it, or ask for another.";
    CONTACT_INVALID = "Entrez un numéro de mobile ou une adresse e-mail valable.", "أدخلوا رقم هاتف محمول أو بريدا إلكترونيا صحيحا.", "Enter a valid mobile number or e-mail address.";
    DETAILS_TITLE = "Vos coordonnées", "معلوماتكم", "Your details";
    FOR_WHOM = "Pour qui est le rendez-vous ?", "لمن الموعد؟", "Who is the appointment for?";
    FOR_ME = "Pour moi", "لي", "For me";
    FOR_RELATIVE = "Pour un enfant ou un proche", "لطفل أو قريب", "For a child or relative";
    SURNAME = "Nom du patient", "الاسم العائلي للمريض", "Patient’s surname";
    FIRST_NAME = "Prénom du patient", "الاسم الشخصي للمريض", "Patient’s first name";
    REQUIRED = "Obligatoire : le cabinet doit savoir qui vient.", "إلزامي: يجب أن تعرف العيادة من سيأتي.", "Required: the practice must know who comes.";
    BORN = "Date de naissance", "تاريخ الازدياد", "Date of birth";
    OPTIONAL_BORN = "Facultatif : évite les confusions entre homonymes.", "اختياري: لتفادي الخلط بين الأسماء المتشابهة.", "Optional: avoids mixing up people of the same name.";
    EMAIL = "E-mail", "البريد الإلكتروني", "E-mail";
    OPTIONAL_EMAIL = "Facultatif : sans lui, les messages arrivent par SMS seulement.", "اختياري: بدونه تصل الرسائل عبر SMS فقط.", "Optional: without it, messages come by text message only.";
    PHONE = "Téléphone mobile", "الهاتف المحمول", "Mobile phone";
    REQUIRED_PHONE = "Obligatoire : pour vous joindre si le rendez-vous change.", "إلزامي: للاتصال بكم إذا تغير الموعد.", "Required: to reach you if the appointment changes.";
    YOUR_NAME = "Votre nom, si vous réservez pour quelqu’un d’autre", "اسمكم، إذا كنتم تحجزون لشخص آخر", "Your name, if you book for somebody else";
    GUARDIAN = "Le patient a moins de 16 ans : je suis son représentant légal et je consens à ce que ces données soient confiées au portail.", "المريض دون 16 سنة: أنا ولي أمره وأوافق على إيداع هذه المعطيات في البوابة.", "The patient is under 16: I am the legal guardian and consent to these data being entrusted to the portal.";
    NOTICE_SHORT = "Ces données vont au cabinet, responsable du traitement, et à personne d’autre.", "ترسل هذه المعطيات إلى العيادة، المسؤولة عن المعالجة، دون غيرها.", "These data go to the practice, which is the controller, and to nobody else.";
    NOTICE_LINK = "Vos données et vos droits", "معطياتكم وحقوقكم", "Your data and your rights";
    BOOK = "Confirmer le rendez-vous", "تأكيد الموعد", "Confirm the appointment";
    NAME_INVALID = "Entrez ce nom en lettres (100 caractères au plus).", "أدخلوا هذا الاسم بالحروف (100 حرف على الأكثر).", "Enter this name in letters (100 characters at most).";
    PHONE_INVALID = "Entrez un numéro de mobile valable.", "أدخلوا رقم هاتف محمول صحيحا.", "Enter a valid mobile number.";
    EMAIL_INVALID = "Entrez une adresse e-mail valable, ou laissez vide.", "أدخلوا بريدا إلكترونيا صحيحا أو اتركوا الخانة فارغة.", "Enter a valid e-mail address, or leave it empty.";
    BORN_INVALID = "Entrez une date passée, ou laissez vide.", "أدخلوا تاريخا سابقا أو اتركوا الخانة فارغة.", "Enter a date in the past, or leave it empty.";
    CONSENT_NEEDED = "Pour un patient de moins de 16 ans, le consentement du représentant légal est nécessaire.", "بالنسبة لمريض دون 16 سنة، موافقة ولي الأمر ضرورية.", "For a patient under 16, the guardian’s consent is needed.";
    RELATIVE_NAME_NEEDED = "Entrez votre nom : vous réservez pour quelqu’un d’autre.", "أدخلوا اسمكم: أنتم تحجزون لشخص آخر.", "Enter your name: you book for somebody else.";
    TOO_MANY = "Vous avez déjà plusieurs rendez-vous à venir ici. Annulez-en un, ou appelez le cabinet.", "لديكم عدة مواعيد مقبلة هنا. ألغوا واحدا أو اتصلوا بالعيادة.", "You already have several appointments to come here. Cancel one, or call the practice.";
    BOOKED_TITLE = "Rendez-vous confirmé", "تم تأكيد الموعد", "Appointment confirmed";
    REQUESTED_TITLE = "Demande envoyée", "تم إرسال الطلب", "Request sent";
    REQUESTED_LEAD = "Le cabinet doit encore l’accepter ; vous recevrez un message.", "يجب أن تقبلها العيادة؛ ستتوصلون برسالة.", "The practice has yet to agree; you will get a message.";
    CANCELLED_TITLE = "Rendez-vous annulé", "تم إلغاء الموعد", "Appointment cancelled";
    WAITING_TITLE = "Sur la liste d’attente", "في لائحة الانتظار", "On the waiting list";
    WAITING_LEAD = "Si un horaire se libère, le cabinet vous contacte, les urgences d’abord.", "إذا توفر موعد، تتصل بكم العيادة، والأولوية للحالات المستعجلة.", "If a time becomes free, the practice contacts you, urgent cases first.";
    PAST_TITLE = "Rendez-vous", "الموعد", "Appointment";
    WHEN = "Quand", "متى", "When";
    WITH = "Avec", "مع", "With";
    WHERE = "Où", "أين", "Where";
    TYPE = "Type", "النوع", "Type";
    FOR = "Pour", "لأجل", "For";
    BOOKING_CODE = "Code du rendez-vous", "رمز الموعد", "Booking code";
    KEEP_CODE = "Gardez ce code : avec votre téléphone, il permet de retrouver le rendez-vous.", "احتفظوا بهذا الرمز: مع هاتفكم يسمح بإيجاد الموعد.", "Keep this code: with your phone number it finds the appointment again.";
    CALENDAR = "Ajouter à mon agenda", "إضافة إلى مفكرتي", "Add to my calendar";
    MOVE = "Déplacer", "تغيير الموعد", "Move";
    CANCEL = "Annuler le rendez-vous", "إلغاء الموعد", "Cancel the appointment";
    LEAVE_LIST = "Quitter la liste d’attente", "مغادرة لائحة الانتظار", "Leave the waiting list";
    CONFIRM_COMING = "Je confirme ma venue", "أؤكد حضوري", "I confirm that I come";
    CONFIRMED_COMING = "Vous avez confirmé votre venue.", "لقد أكدتم حضوركم.", "You have confirmed that you come.";
    VIDEO = "Consultation vidéo", "استشارة بالفيديو", "Video consultation";
    MOVE_TITLE = "Choisir un autre horaire", "اختيار موعد آخر", "Choose another time";
    KEEP = "Garder l’horaire actuel", "الاحتفاظ بالموعد الحالي", "Keep the present time";
    CHANGED_MEANWHILE = "Ce rendez-vous a changé entre-temps. Voici où il en est.", "تغير هذا الموعد في هذه الأثناء. هذه حالته الحالية.", "This appointment has changed meanwhile. This is how it stands.";
    MINE_TITLE = "Mes rendez-vous", "مواعيدي", "My appointments";
    MINE_NONE = "Aucun rendez-vous à venir.", "لا توجد مواعيد مقبلة.", "No appointment to come.";
    LOOK_UP_TITLE = "Retrouver un rendez-vous", "البحث عن موعد", "Find an appointment";
    LOOK_UP_LEAD = "Avec le code du rendez-vous et le téléphone (ou l’e-mail) donné alors.", "برمز الموعد والهاتف (أو البريد الإلكتروني) المقدم عند الحجز.", "With the booking code and the phone (or e-mail) given then.";
    LOOK_UP = "Retrouver", "بحث", "Find";
    NOT_FOUND_CODE = "Aucun rendez-vous ne correspond à ce code et à ce contact.", "لا يوجد موعد يطابق هذا الرمز وهذا العنوان.", "No appointment fits this code and this contact.";
    WITHOUT_CODE = "Sans le code : recevoir un code à six chiffres", "بدون الرمز: استلام رمز من ستة أرقام", "Without the code: get a six-digit code";
    SIGN_OUT = "Quitter", "خروج", "Leave";
    WISH_LEAD = "Dites quand vous pouvez venir.", "أخبرونا متى يمكنكم الحضور.", "Say when you can come.";
    WISH_DAYS = "Jours possibles", "الأيام الممكنة", "Possible days";
    WISH_FROM = "À partir du", "ابتداء من", "From";
    WISH_UNTIL = "Jusqu’au", "إلى غاية", "Until";
    WISH_AFTER = "Pas avant", "ليس قبل", "Not before";
    WISH_BEFORE = "Fini à", "ينتهي على", "Over by";
    WISH_INVALID = "Choisissez au moins un jour, et une période et des heures qui se suivent.", "اختاروا يوما واحدا على الأقل وفترة وساعات متتابعة.", "Choose at least one day, and dates and hours that follow one another.";
    RIGHTS_TITLE = "Vos droits sur vos données", "حقوقكم على معطياتكم", "Your rights over your data";
    RIGHTS_LEAD = "Votre demande va aussitôt au cabinet, qui décide et répond dans un délai d’un mois. C’est gratuit.", "يحال طلبكم فورا على العيادة التي تقرر وتجيب داخل أجل شهر. مجانا.", "Your request goes to the practice at once, which decides and answers within one month. It is free.";
    RIGHTS_KIND = "Vous demandez", "تطلبون", "You ask for";
    RIGHT_ACCESS = "une copie de mes données (accès)", "نسخة من معطياتي (الولوج)", "a copy of my data (access)";
    RIGHT_RECTIFICATION = "une correction (rectification)", "تصحيحا", "a correction (rectification)";
    RIGHT_ERASURE = "leur effacement", "محوها", "their erasure";
    RIGHT_LIMITATION = "une limitation du traitement", "تقييد المعالجة", "restriction of processing";
    RIGHT_OBJECTION = "que le traitement cesse (opposition)", "إيقاف المعالجة (التعرض)", "that processing stops (objection)";
    RIGHT_PORTABILITY = "mes données dans un format réutilisable (portabilité)", "معطياتي بصيغة قابلة لإعادة الاستعمال", "my data in a reusable form (portability)";
    RIGHT_WITHDRAWAL = "le retrait d’un consentement", "سحب موافقة", "a consent to be withdrawn";
    RIGHT_POST_MORTEM = "que mes directives sur le sort de mes données après ma mort soient enregistrées", "تسجيل توجيهاتي بشأن مصير معطياتي بعد وفاتي", "my directives on what becomes of my data after death to be recorded";
    NAME = "Nom et prénom", "الاسم الكامل", "Full name";
    SEND_REQUEST = "Envoyer la demande", "إرسال الطلب", "Send the request";
    RIGHTS_SENT = "Demande transmise au cabinet.", "أحيل الطلب على العيادة.", "The request was handed to the practice.";
    RIGHTS_NUMBER = "Numéro de la demande", "رقم الطلب", "Number of the request";
    COMPLAINT = "Vous pouvez à tout moment saisir l’autorité de contrôle :", "يمكنكم في أي وقت اللجوء إلى سلطة المراقبة:", "You may at any time complain to the authority:";
    NO_REMINDERS = "Ne plus m’envoyer de rappels", "لا ترسلوا لي رسائل التذكير", "Send me no more reminders";
    REMINDERS = "M’envoyer de nouveau des rappels", "أرسلوا لي رسائل التذكير من جديد", "Send me reminders again";
    STOP_TITLE = "Ne plus recevoir de rappels", "إيقاف رسائل التذكير", "No more reminders";
    STOP_LEAD = "Les confirmations, changements et annulations de vos rendez-vous continueront d’arriver.", "ستستمر رسائل التأكيد والتغيير والإلغاء الخاصة بمواعيدكم في الوصول.", "Confirmations, changes and cancellations of your appointments will still arrive.";
    STOPPED_TITLE = "C’est noté", "تم تسجيل طلبكم", "Done";
    STOPPED_LEAD = "Vous ne recevrez plus de rappel ni d’enquête de ce cabinet.", "لن تصلكم بعد الآن رسائل تذكير أو استطلاع من هذه العيادة.", "You will get no more reminders or surveys from this practice.";
    SURVEY_TITLE = "Votre avis sur la prise de rendez-vous", "رأيكم في حجز الموعد", "Your opinion on booking";
    SURVEY_LEAD = "Trois questions, toutes facultatives. Vos réponses sont comptées sans votre nom, et rien n’y est demandé sur votre santé.", "ثلاثة أسئلة، كلها اختيارية. تُحسب أجوبتكم بدون اسمكم، ولا يُطلب فيها شيء عن صحتكم.", "Three questions, all optional. Your answers are counted without your name, and nothing is asked about your health.";
    SURVEY_FINDING = "Trouver un horaire était", "كان إيجاد موعد", "Finding a time was";
    SURVEY_BOOKING = "Réserver était", "كان الحجز", "Booking was";
    SURVEY_MESSAGES = "Les messages reçus étaient", "كانت الرسائل المستلمة", "The messages you got were";
    SURVEY_SEND = "Envoyer mon avis", "إرسال رأيي", "Send my opinion";
    SURVEY_THANKS = "Merci", "شكرا لكم", "Thank you";
    SURVEY_COUNTED = "Votre avis est compté, sans lien avec vous.", "تم احتساب رأيكم دون ربطه بكم.", "Your opinion is counted, with no link to you.";
    SCORE_5 = "très bien", "جيد جدا", "very good";
    SCORE_4 = "bien", "جيد", "good";
    SCORE_3 = "moyen", "متوسط", "fair";
    SCORE_2 = "mauvais", "سيئ", "poor";
    SCORE_1 = "très mauvais", "سيئ جدا", "very poor";
    PRIVACY_TITLE = "Vos données", "معطياتكم", "Your data";
    P_CONTROLLER = "Responsable du traitement", "المسؤول عن المعالجة", "Controller";
    P_PROCESSOR = "Sous-traitant (ce portail)", "المعالج من الباطن (هذه البوابة)", "Processor (this portal)";
    P_HOST = "Hébergeur", "المستضيف", "Host";
    P_DPO = "Délégué à la protection des données", "مندوب حماية المعطيات", "Data-protection officer";
    P_REGISTRATION = "Déclaration ou autorisation", "التصريح أو الترخيص", "Declaration or authorisation";
    P_PURPOSE = "Pourquoi", "لماذا", "Why";
    P_PURPOSE_TEXT = "Prendre, rappeler, déplacer et annuler des rendez-vous. Jamais pour de la publicité, jamais vendues.", "حجز المواعيد والتذكير بها وتغييرها وإلغاؤها. لا للإشهار أبدا ولا تباع أبدا.", "To make, recall, move and cancel appointments. Never for advertising, never sold.";
    P_GROUND = "Fondement", "الأساس القانوني", "Legal ground";
    P_GROUND_TEXT = "L’organisation des soins que vous demandez ; pour un patient de moins de 16 ans, le consentement de son représentant légal.", "تنظيم العلاجات التي تطلبونها؛ وبالنسبة لمريض دون 16 سنة، موافقة ولي أمره.", "The organisation of the care you ask for; for a patient under 16, the guardian’s consent.";
    P_DATA = "Quelles données", "أي معطيات", "Which data";
    P_DATA_TEXT = "Nom, prénom, téléphone mobile, horaire, lieu, praticien, état et code du rendez-vous, langue.", "الاسم العائلي والشخصي، الهاتف المحمول، التوقيت، المكان، الطبيب، حالة الموعد ورمزه، اللغة.", "Surname, first name, mobile phone, time, place, practitioner, state and code of the appointment, language.";
    P_DATA_EMAIL = "E-mail (facultatif).", "البريد الإلكتروني (اختياري).", "E-mail (optional).";
    P_DATA_BORN = "Date de naissance (facultative).", "تاريخ الازدياد (اختياري).", "Date of birth (optional).";
    P_DATA_TYPE = "Type de rendez-vous.", "نوع الموعد.", "Kind of appointment.";
    P_NEVER = "Jamais de donnée clinique, de note, de numéro de sécurité sociale ni d’adresse.", "لا معطيات سريرية ولا ملاحظات ولا رقم الضمان الاجتماعي ولا عنوان أبدا.", "Never clinical data, notes, identity numbers or addresses.";
    P_CHANNELS = "Qui répond de quoi", "من المسؤول عن ماذا", "Who answers for what";
    P_CHANNELS_TEXT = "Le cabinet est responsable de son agenda, des rendez-vous pris en ligne ou au téléphone, et de votre compte ici, qui n’existe que chez lui. Le portail agit sur son instruction écrite et ne décide de rien.", "العيادة مسؤولة عن مفكرتها وعن المواعيد المحجوزة عبر الإنترنت أو بالهاتف وعن حسابكم هنا، الذي لا يوجد إلا لديها. تعمل البوابة بتعليمات مكتوبة منها ولا تقرر شيئا.", "The practice is the controller of its agenda, of appointments booked online or by phone, and of your account here, which exists with it alone. The portal acts on its written instruction and decides nothing.";
    P_WHO = "Qui les reçoit", "من يتوصل بها", "Who receives them";
    P_WHO_TEXT = "Le cabinet, ce portail, les sous-traitants nommés ici, et les opérateurs qui acheminent les messages. Personne d’autre.", "العيادة وهذه البوابة والمعالجون المذكورون هنا والمتعهدون الذين ينقلون الرسائل. لا أحد غيرهم.", "The practice, this portal, the sub-processors named here, and the operators that carry messages. Nobody else.";
    P_OTHERS = "Sous-traitants ultérieurs", "معالجون آخرون من الباطن", "Sub-processors";
    P_NO_OTHERS = "Aucun : ce portail ne confie vos données à personne d’autre.", "لا أحد: لا تعهد هذه البوابة بمعطياتكم إلى أي جهة أخرى.", "None: this portal entrusts your data to nobody else.";
    P_TASK_HOSTING = "hébergement", "الاستضافة", "hosting";
    P_TASK_BACKUP = "sauvegardes", "النسخ الاحتياطية", "backups";
    P_TASK_MAIL = "envoi des e-mails", "إرسال البريد الإلكتروني", "sending e-mail";
    P_TASK_TEXT_MESSAGES = "envoi des SMS", "إرسال الرسائل النصية", "sending text messages";
    P_TASK_MAINTENANCE = "maintenance des serveurs", "صيانة الخوادم", "looking after the servers";
    P_TRANSFERS = "Transferts vers un autre pays", "نقل المعطيات إلى بلد آخر", "Transfers to another country";
    P_NO_TRANSFER_FR = "Aucun : vos données ne quittent pas l’Espace économique européen.", "لا يوجد: لا تغادر معطياتكم الفضاء الاقتصادي الأوروبي.", "None: your data do not leave the European Economic Area.";
    P_NO_TRANSFER_MA = "Aucun : vos données ne quittent pas le Maroc.", "لا يوجد: لا تغادر معطياتكم المغرب.", "None: your data do not leave Morocco.";
    P_TRANSFER_COPY = "Le cabinet vous remet sur demande une copie des garanties.", "تسلمكم العيادة عند الطلب نسخة من الضمانات.", "The practice gives you a copy of the safeguards on request.";
    P_HOW_LONG = "Combien de temps", "إلى متى", "How long";
    P_HOW_LONG_TEXT = "Compte : deux ans après la dernière activité, ou sur demande. Rendez-vous : deux ans. Journaux de connexion : six mois après le dernier rendez-vous pris ; adresses IP : un an. Demandes sur vos droits : deux ans.", "الحساب: سنتان بعد آخر نشاط أو عند الطلب. المواعيد: سنتان. سجلات الاتصال: ستة أشهر بعد آخر موعد؛ عناوين IP: سنة. الطلبات المتعلقة بالحقوق: سنتان.", "Account: two years after the last activity, or on request. Appointments: two years. Connection logs: six months after the last booking; IP addresses: one year. Requests about your rights: two years.";
    P_RIGHTS = "Vos droits", "حقوقكم", "Your rights";
    P_RIGHTS_TEXT = "Accès, rectification, effacement, limitation, opposition, portabilité, retrait du consentement.", "الولوج، التصحيح، المحو، التقييد، التعرض، قابلية النقل، سحب الموافقة.", "Access, rectification, erasure, restriction, objection, portability, withdrawal of consent.";
    P_RIGHTS_DIRECTIVES = "Vous pouvez aussi donner des directives sur le sort de vos données après votre mort (loi n° 78-17, art. 85).", "يمكنكم أيضا إعطاء توجيهات بشأن مصير معطياتكم بعد وفاتكم (القانون الفرنسي رقم \u{2066}78-17\u{2069}، المادة 85).", "You may also give directives on what becomes of your data after your death (French law no. 78-17, art. 85).";
    P_COOKIE = "Cookie", "ملف تعريف الارتباط", "Cookie";
    P_COOKIE_TEXT = "Un seul, nécessaire à la prise de rendez-vous, effacé à la fermeture du navigateur. Aucun traceur.", "ملف واحد ضروري للحجز، يمحى عند إغلاق المتصفح. لا متتبعات.", "One only, needed for booking, gone when the browser is closed. No tracker.";
    P_VERSION = "Version de cette notice", "صيغة هذا الإشعار", "Version of this notice";
    ERROR_NOT_FOUND = "Cette page n’existe pas, ou plus.", "هذه الصفحة غير موجودة أو لم تعد موجودة.", "This page does not exist, or no longer does.";
    ERROR_TOO_OFTEN = "Trop d’essais. Attendez un peu, puis réessayez.", "محاولات كثيرة. انتظروا قليلا ثم أعيدوا المحاولة.", "Too many tries. Wait a little, then try again.";
    ERROR_FAILED = "Le portail n’a pas pu répondre. Réessayez dans un moment.", "تعذر على البوابة الإجابة. أعيدوا المحاولة بعد لحظة.", "The portal could not answer. Try again in a moment.";
    ERROR_FORM = "Ce formulaire n’est plus valable. Revenez en arrière et recommencez.", "هذا النموذج لم يعد صالحا. ارجعوا وأعيدوا المحاولة.", "This form is no longer valid. Go back and start again.";
    ERROR_TITLE = "Un problème", "مشكلة", "A problem";
    BACK_HOME = "Revenir à l’accueil", "العودة إلى الصفحة الرئيسية", "Back to the start";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_is_empty_and_arabic_is_arabic() {
        for (name, words) in ALL {
            for &language in Language::ALL {
                assert!(!words.of(language).trim().is_empty(), "{name}");
            }
            let arabic = words.of(Language::Ar).chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
            assert!(arabic, "{name}");
        }
    }
}
