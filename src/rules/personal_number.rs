//! `personal-number`: a personal identity number in a file.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "personal-number",
    "a Swedish personal identity number in a file, comments included",
    "Files are copied to every laptop and kept for ever in the history; a patient's or a colleague's personal identity \
     number must not be among them. Coordination numbers count as well.\n\n\
     Found are ten and twelve digits in the usual spellings (`YYMMDD-NNNN`, `YYMMDD+NNNN`, `YYYYMMDD-NNNN`, and without \
     the sign) that hold a real date and a right check digit and stand alone. Part of an HSA-id, of a telephone number \
     or of a longer number is not found, and an organisation number holds no date.\n\n\
     Name people by e-mail address, HSA-id or staff id. Deleting the line does not delete it from the history: tell \
     whoever is responsible for personal data. The finding never repeats the whole number.",
).fixed();
