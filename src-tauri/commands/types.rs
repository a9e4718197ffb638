//! Makes `ui/src/backend/generated.ts` from the list of commands: one file, so that branded identifiers and unions stand
//! once on top. Not here: writing the file (a test does, or fails where it is stale).

use std::collections::BTreeMap;

use domain::agenda::blocks::BlockKind;
use domain::agenda::rebooking::Preference;
use domain::agenda::status::{Origin, Status, Urgency};
use domain::call::CallState;
use domain::holidays::{HolidayChange, Region};
use domain::patient::Relation;
use domain::privacy::retention::{Category, Ground};
use domain::role::Permission;
use ts_rs::{Config, TS, TypeVisitor};

/// Collects the declarations of requests and views.
#[derive(Default)]
pub struct Collector {
    declarations: BTreeMap<String, String>,
    commands: Vec<String>,
}

impl TypeVisitor for &mut Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.declare::<T>();
    }
}

impl Collector {
    fn config() -> Config {
        Config::default().with_large_int("number")
    }

    fn declare<T: TS + 'static + ?Sized>(&mut self) {
        let config = Self::config();
        if T::output_path().is_none() {
            T::visit_dependencies(&mut &mut *self);
            return;
        }
        let name = T::ident(&config);
        if self.declarations.contains_key(&name) {
            return;
        }
        self.declarations.insert(name, T::decl(&config));
        T::visit_dependencies(&mut &mut *self);
    }

    /// Adds one command.
    pub fn command<Request: TS + 'static, View: TS + 'static>(&mut self, name: &str) {
        let config = Self::config();
        self.declare::<Request>();
        self.declare::<View>();
        self.commands.push(format!(
            "  {name}: {{ request: {}; view: {} }};",
            Request::name(&config),
            View::name(&config)
        ));
    }

    /// The whole text.
    #[must_use]
    pub fn finish(self) -> String {
        let union = |names: Vec<&str>| names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(" | ");
        let mut text = String::from(
            "// Made from src-tauri/commands/list.rs by `make types`: do not edit.\n\
             // A test fails when this file is stale.\n\n\
             declare const brand: unique symbol;\n\
             export type Id<Name extends string> = string & { readonly [brand]: Name };\n",
        );
        for id in [
            "AbbreviationId",
            "AbsenceId",
            "AppointmentId",
            "BlockId",
            "CallId",
            "ConsentId",
            "ConsentPurposeId",
            "ContactPersonId",
            "DataRequestId",
            "DirectiveId",
            "DocumentId",
            "EntryId",
            "ErasureId",
            "FiledId",
            "HoursId",
            "LetterTemplateId",
            "LocumId",
            "OpeningId",
            "PatientId",
            "PractitionerId",
            "PrescriptionSetId",
            "RegisterId",
            "ProcessorTaskId",
            "PurposeConsentId",
            "ResourceId",
            "ResourceKindId",
            "RestrictionId",
            "SchoolHolidayId",
            "SeriesId",
            "SiteId",
            "TemplateId",
            "TypeId",
            "UserId",
            "WaitingEntryId",
            "VaultId",
        ] {
            text.push_str(&format!("export type {id} = Id<'{id}'>;\n"));
        }
        text.push_str(&format!("export type Status = {};\n", union(Status::ALL.iter().map(|s| s.as_str()).collect())));
        text.push_str(&format!("export type Origin = {};\n", union(Origin::ALL.iter().map(|s| s.as_str()).collect())));
        text.push_str(&format!(
            "export type Urgency = {};\n",
            union(Urgency::ALL.iter().map(|s| s.as_str()).collect())
        ));
        let kinds = union(BlockKind::ALL.iter().map(|s| s.as_str()).collect());
        text.push_str(&format!("export type BlockKind = {kinds};\n"));
        let regions = union(Region::ALL.iter().map(|s| s.as_str()).collect());
        text.push_str(&format!("export type HolidayRegion = {regions};\n"));
        let changes = union(HolidayChange::ALL.iter().map(|s| s.as_str()).collect());
        text.push_str(&format!("export type HolidayChange = {changes};\n"));
        let preferences = union(Preference::ALL.iter().map(|s| s.as_str()).collect());
        text.push_str(&format!("export type RebookingPreference = {preferences};\n"));
        text.push_str(&format!(
            "export type Permission = {};\n",
            union(Permission::ALL.iter().map(|s| s.as_str()).collect())
        ));
        text.push_str(&format!(
            "export type CallState = {};\n",
            union(CallState::ALL.iter().map(|s| s.as_str()).collect())
        ));
        text.push_str(&format!(
            "export type Relation = {};\n",
            union(Relation::ALL.iter().map(|s| s.as_str()).collect())
        ));
        let categories = union(Category::ALL.iter().map(|s| s.as_str()).collect());
        text.push_str(&format!("export type RetentionCategory = {categories};\n"));
        let grounds = union(Ground::ALL.iter().map(|s| s.as_str()).collect());
        text.push_str(&format!("export type RetentionGround = {grounds};\n"));
        text.push_str("export type RetentionAction = 'archive' | 'destroy' | 'held';\n");
        text.push_str("export type Role = 'administrator' | 'practitioner' | 'secretary';\n");
        text.push_str("export type Country = 'FR' | 'MA';\n");
        text.push_str("export type Colour = 'blue' | 'teal' | 'green' | 'ochre' | 'red' | 'violet' | 'orange';\n\n");
        for declaration in self.declarations.values() {
            text.push_str("export ");
            text.push_str(declaration);
            text.push_str("\n\n");
        }
        text.push_str("/** Every command: what it takes and what it gives. */\nexport interface Commands {\n");
        for command in &self.commands {
            text.push_str(command);
            text.push('\n');
        }
        text.push_str("}\n\nexport type CommandName = keyof Commands;\n\n");
        text.push_str(
            "/** A refusal: the screen puts it into words. */\nexport interface CommandError {\n  code: string;\n  \
             field: string | null;\n  parameters: Record<string, string>;\n}\n",
        );
        text
    }
}
