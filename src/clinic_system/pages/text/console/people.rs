//! What people do at a clinic. Titles are a free vocabulary; one without a word here is shown as it is.

use crate::pages::language::Language;

/// Title, in Swedish, in English.
const JOBS: [(&str, &str, &str); 15] = [
    ("assistant-nurse", "undersköterska", "assistant nurse"),
    ("clinic-manager", "verksamhetschef", "clinic manager"),
    ("counsellor", "kurator", "counsellor"),
    ("dietitian", "dietist", "dietitian"),
    ("medical-secretary", "medicinsk sekreterare", "medical secretary"),
    ("midwife", "barnmorska", "midwife"),
    ("nurse", "sjuksköterska", "nurse"),
    ("occupational-therapist", "arbetsterapeut", "occupational therapist"),
    ("physician", "läkare", "physician"),
    ("physiotherapist", "fysioterapeut", "physiotherapist"),
    ("psychologist", "psykolog", "psychologist"),
    ("receptionist", "receptionist", "receptionist"),
    ("secretary", "sekreterare", "secretary"),
    ("speech-therapist", "logoped", "speech therapist"),
    ("system-administrator", "systemadministratör", "system administrator"),
];

/// A title in words.
pub(crate) fn job(title: &str, language: Language) -> &str {
    let known = JOBS.iter().find(|(known, _, _)| *known == title);
    known.map_or(title, |(_, sv, en)| match language {
        Language::Swedish => sv,
        Language::English => en,
    })
}
