//! The words of messages, in three languages.
//!
//! Never what an appointment is for. A name stands in nothing but the practitioner's. `{name}` is put in; a part between brackets
//! stands only where what it names is there: a link where there is a portal, a phone number where there is none, "1" where an
//! answer arrives.

use super::{Language, Template};

/// The subject and the body of a template.
pub(super) const fn pattern(template: Template, language: Language) -> (&'static str, &'static str) {
    use Language::{Ar, En, Fr};
    use Template::{
        Cancellation, Change, Clash, Confirmation, OneTimeCode, Reminder, Request, Rights, Survey, Waiting,
    };
    match (template, language) {
        (OneTimeCode, Fr) => {
            ("Votre code", "Votre code : {code}. Il est valable 10 minutes. Ne le communiquez à personne.")
        }
        (OneTimeCode, Ar) => ("رمزكم", "رمزكم: {code}. صالح لمدة 10 دقائق. لا تعطوه لأي أحد."),
        (OneTimeCode, En) => ("Your code", "Your code: {code}. It is valid for 10 minutes. Give it to nobody."),
        (Confirmation, Fr) => (
            "Rendez-vous confirmé",
            "Rendez-vous le {when}, {who}, {where}.[ Code {code}.][ Modifier ou annuler : {link}][ Modifier ou annuler : {phone}]",
        ),
        (Confirmation, Ar) => (
            "تم تأكيد الموعد",
            "موعدكم يوم {when}، {who}، {where}.[ الرمز {code}.][ للتغيير أو الإلغاء: {link}][ للتغيير أو الإلغاء: {phone}]",
        ),
        (Confirmation, En) => (
            "Appointment confirmed",
            "Appointment on {when}, {who}, {where}.[ Code {code}.][ To change or cancel: {link}][ To change or cancel: {phone}]",
        ),
        (Request, Fr) => (
            "Demande de rendez-vous reçue",
            "Demande reçue pour le {when}, {who}, {where}. Le cabinet vous répondra.[ Code {code}.][ {link}]",
        ),
        (Request, Ar) => (
            "توصلنا بطلب الموعد",
            "توصلنا بطلبكم ليوم {when}، {who}، {where}. ستجيبكم العيادة.[ الرمز {code}.][ {link}]",
        ),
        (Request, En) => (
            "Appointment request received",
            "Request received for {when}, {who}, {where}. The practice will answer.[ Code {code}.][ {link}]",
        ),
        (Change, Fr) => (
            "Rendez-vous déplacé",
            "Votre rendez-vous est déplacé au {when}, {who}, {where}.[ Code {code}.][ {link}][ Un empêchement ? {phone}]",
        ),
        (Change, Ar) => (
            "تغيير الموعد",
            "تم تغيير موعدكم إلى {when}، {who}، {where}.[ الرمز {code}.][ {link}][ لا يمكنكم الحضور؟ {phone}]",
        ),
        (Change, En) => (
            "Appointment moved",
            "Your appointment is moved to {when}, {who}, {where}.[ Code {code}.][ {link}][ Cannot come? {phone}]",
        ),
        (Cancellation, Fr) => {
            ("Rendez-vous annulé", "Votre rendez-vous du {when}, {who}, est annulé.[ {link}][ Le cabinet : {phone}]")
        }
        (Cancellation, Ar) => ("إلغاء الموعد", "تم إلغاء موعدكم ليوم {when}، {who}.[ {link}][ العيادة: {phone}]"),
        (Cancellation, En) => (
            "Appointment cancelled",
            "Your appointment on {when}, {who}, is cancelled.[ {link}][ The practice: {phone}]",
        ),
        (Clash, Fr) => (
            "Ce créneau n’est plus disponible",
            "Le créneau du {when}, {who}, n’était plus disponible au cabinet. Nous en sommes désolés.[ D’autres créneaux : {link}]",
        ),
        (Clash, Ar) => (
            "هذا الموعد لم يعد متاحا",
            "نعتذر، الموعد يوم {when}، {who}، لم يعد متاحا في العيادة.[ مواعيد أخرى: {link}]",
        ),
        (Clash, En) => (
            "This time is no longer available",
            "The time on {when}, {who}, was no longer available at the practice. We are sorry.[ Other times: {link}]",
        ),
        (Reminder, Fr) => (
            "Rappel de rendez-vous",
            "Rappel : rendez-vous le {when}, {who}, {where}.[ Code {code}.][ Répondez {reply} pour confirmer, {stop} pour ne plus être rappelé.][ Empêché ? {link}][ Empêché ? {phone}][ Ne plus recevoir de rappels : {opt_out}]",
        ),
        (Reminder, Ar) => (
            "تذكير بالموعد",
            "تذكير: موعدكم يوم {when}، {who}، {where}.[ الرمز {code}.][ أجيبوا بـ {reply} للتأكيد، وبـ {stop} لإيقاف التذكير.][ لا يمكنكم الحضور؟ {link}][ لا يمكنكم الحضور؟ {phone}][ لإيقاف التذكير: {opt_out}]",
        ),
        (Reminder, En) => (
            "Appointment reminder",
            "Reminder: appointment on {when}, {who}, {where}.[ Code {code}.][ Reply {reply} to confirm, {stop} for no more reminders.][ Cannot come? {link}][ Cannot come? {phone}][ No more reminders: {opt_out}]",
        ),
        (Waiting, Fr) => {
            ("Liste d’attente", "Vous êtes sur la liste d’attente, {who}.[ Code {code}.][ Vous retirer : {link}]")
        }
        (Waiting, Ar) => ("لائحة الانتظار", "أنتم في لائحة الانتظار، {who}.[ الرمز {code}.][ للانسحاب: {link}]"),
        (Waiting, En) => ("Waiting list", "You are on the waiting list, {who}.[ Code {code}.][ To leave it: {link}]"),
        (Rights, Fr) => (
            "Votre demande sur vos données",
            "Votre demande sur vos données a été transmise au cabinet, qui répond dans un délai d’un mois. \
             Vous pouvez saisir l’autorité de contrôle ({authority}).",
        ),
        (Rights, Ar) => (
            "طلبكم بخصوص معطياتكم",
            "أحيل طلبكم بخصوص معطياتكم على العيادة، وستجيبكم داخل أجل شهر. يمكنكم اللجوء إلى سلطة المراقبة ({authority}).",
        ),
        (Rights, En) => (
            "Your request about your data",
            "Your request about your data was handed to the practice, which answers within one month. \
             You may complain to the authority ({authority}).",
        ),
        (Survey, Fr) => (
            "Votre avis sur la prise de rendez-vous",
            "Comment s’est passée la prise de rendez-vous, {who} ? Trois questions, sans nom ni texte : {link}[ Répondez {stop} pour ne plus recevoir ces messages.][ Ne plus recevoir ces messages : {opt_out}]",
        ),
        (Survey, Ar) => (
            "رأيكم في حجز الموعد",
            "كيف كان حجز الموعد، {who}؟ ثلاثة أسئلة، بدون اسم ولا نص: {link}[ أجيبوا بـ {stop} لإيقاف هذه الرسائل.][ لإيقاف هذه الرسائل: {opt_out}]",
        ),
        (Survey, En) => (
            "Your opinion on booking",
            "How was booking, {who}? Three questions, no name and no text: {link}[ Reply {stop} for no more of these messages.][ No more of these messages: {opt_out}]",
        ),
    }
}
