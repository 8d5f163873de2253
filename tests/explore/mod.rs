//! Every prefix of every plan of one small clinic.
