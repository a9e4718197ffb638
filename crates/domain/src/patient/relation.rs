//! What a contact person is to a patient.

words! {
    /// The relation. Whether they decide for a minor is another question.
    Relation {
        /// The mother.
        Mother = "mother",
        /// The father.
        Father = "father",
        /// A guardian who is no parent.
        Guardian = "guardian",
        /// A grandparent.
        Grandparent = "grandparent",
        /// The spouse or partner.
        Spouse = "spouse",
        /// A daughter or son.
        Child = "child",
        /// A sister or brother.
        Sibling = "sibling",
        /// Somebody who cares for them: an aide, a childminder, a home.
        Carer = "carer",
        /// Somebody else.
        Other = "other",
    }
}
