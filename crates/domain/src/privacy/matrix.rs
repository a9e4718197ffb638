//! The responsibility matrix: for each of 23 actions, what the controller does and what the processor does.
//!
//! As the processing agreements of the trade have it. Deliberately not here: the words, and the names of the two.

words! {
    /// An action or a measure.
    Action {
        /// What for.
        Purpose = "purpose",
        /// On which ground.
        LegalGround = "legal_ground",
        /// Somebody is named for data protection.
        Officer = "officer",
        /// Access, rectification, erasure, objection.
        Rights = "rights",
        /// A breach.
        Breach = "breach",
        /// What is told to the persons.
        Communication = "communication",
        /// Limitation.
        Limitation = "limitation",
        /// Measures of security.
        Security = "security",
        /// How long data are kept.
        Retention = "retention",
        /// Traces and evidence are kept.
        Traces = "traces",
        /// Data are deleted at the end of the contract.
        DeletionAtEnd = "deletion_at_end",
        /// Copies are destroyed at the end of the contract.
        CopiesAtEnd = "copies_at_end",
        /// An audit of one's own.
        InternalAudit = "internal_audit",
        /// An audit by the authority.
        AuthorityAudit = "authority_audit",
        /// The authority is notified.
        Notification = "notification",
        /// An impact assessment.
        ImpactAssessment = "impact_assessment",
        /// The authority is consulted beforehand.
        PriorConsultation = "prior_consultation",
        /// Somebody else processes for the processor.
        SecondLevel = "second_level",
        /// Data go to a third country or an organisation.
        Transfer = "transfer",
        /// Persons are authorised.
        Authorisation = "authorisation",
        /// The level of security is judged.
        SecurityLevel = "security_level",
        /// A charter of the use of computers.
        Charter = "charter",
        /// Staff are made aware.
        Awareness = "awareness",
    }
}

words! {
    /// What one of the two does.
    Part {
        /// Nothing.
        Nothing = "nothing",
        /// Answers for it.
        Responsible = "responsible",
        /// Answers for it and instructs.
        ResponsibleInstructs = "responsible_instructs",
        /// Instructs.
        Instructs = "instructs",
        /// Gives consent.
        GivesConsent = "gives_consent",
        /// Acts on instruction.
        Acts = "acts",
        /// Acts on instruction, and tells when it finds one.
        ActsInforms = "acts_informs",
        /// Assists.
        Assists = "assists",
        /// Helps and advises.
        Advises = "advises",
        /// Deletes on instruction, or by itself within the agreed period.
        Deletes = "deletes",
        /// Destroys on instruction, or by itself within the agreed period.
        Destroys = "destroys",
        /// Asks for consent.
        AsksConsent = "asks_consent",
        /// Contributes.
        Contributes = "contributes",
    }
}

/// The lines: action, controller, processor.
pub const LINES: [(Action, Part, Part); 23] = {
    use Part::*;
    [
        (Action::Purpose, Responsible, Nothing),
        (Action::LegalGround, Responsible, Nothing),
        (Action::Officer, Responsible, Responsible),
        (Action::Rights, ResponsibleInstructs, Acts),
        (Action::Breach, ResponsibleInstructs, ActsInforms),
        (Action::Communication, ResponsibleInstructs, Assists),
        (Action::Limitation, ResponsibleInstructs, Acts),
        (Action::Security, Responsible, Advises),
        (Action::Retention, ResponsibleInstructs, Acts),
        (Action::Traces, ResponsibleInstructs, Acts),
        (Action::DeletionAtEnd, ResponsibleInstructs, Deletes),
        (Action::CopiesAtEnd, Instructs, Destroys),
        (Action::InternalAudit, ResponsibleInstructs, Assists),
        (Action::AuthorityAudit, Responsible, Assists),
        (Action::Notification, ResponsibleInstructs, Acts),
        (Action::ImpactAssessment, Responsible, Assists),
        (Action::PriorConsultation, Responsible, Assists),
        (Action::SecondLevel, GivesConsent, AsksConsent),
        (Action::Transfer, ResponsibleInstructs, Acts),
        (Action::Authorisation, Responsible, Responsible),
        (Action::SecurityLevel, Responsible, Contributes),
        (Action::Charter, Responsible, Responsible),
        (Action::Awareness, Responsible, Responsible),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_has_each_action_once_and_the_controller_has_a_part_in_all() {
        let actions: Vec<Action> = LINES.iter().map(|(action, ..)| *action).collect();
        assert_eq!(actions, Action::ALL);
        assert!(LINES.iter().all(|(_, controller, _)| *controller != Part::Nothing));
        let alone = LINES.iter().filter(|(.., processor)| *processor == Part::Nothing).count();
        assert_eq!(alone, 2, "purpose and ground are the controller's alone");
    }
}
