//! Why a secure connection failed, in words for the person who must do something about it.

use rustls::CertificateError;
use std::error::Error;
use std::io;

/// What stands in the way of a secure connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TlsTrouble {
    /// No trusted authority has issued the system's certificate.
    UnknownIssuer,
    /// The certificate was good until some day.
    Expired,
    /// The certificate is good from some day on.
    NotYetValid,
    /// The certificate is another system's.
    OtherName,
    /// Another fault of the certificate.
    Certificate,
    /// Something else, for example a system that does not speak TLS.
    Other,
}

impl TlsTrouble {
    /// Finds the trouble in a chain of causes; `None` if TLS is not it.
    pub(super) fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        // I/O errors hide theirs from the chain.
        let hidden = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let here = error.downcast_ref::<rustls::Error>().map(Self::of_tls);
        here.or_else(|| Self::of(hidden?)).or_else(|| Self::of(error.source()?))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the library names more faults than a person can tell apart")]
    fn of_tls(error: &rustls::Error) -> Self {
        let rustls::Error::InvalidCertificate(certificate) = error else { return Self::Other };
        match certificate {
            // An authority with the name of one that is trusted, and with another key.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::UnknownIssuer,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotYetValid,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::OtherName,
            _ => Self::Certificate,
        }
    }

    /// What a person can do about it, in a sentence without a full stop.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Self::UnknownIssuer => {
                "nobody who is trusted here has issued the system's certificate: if it comes from an authority \
                 of your own, name that one's certificate with `--ca-file FILE`"
            }
            Self::Expired => {
                "the system's certificate has ended: those who run the system must renew it, or the clock of this \
                 machine is wrong"
            }
            Self::NotYetValid => "the system's certificate is for a later day: check the clock of this machine",
            Self::OtherName => {
                "the certificate belongs to another name than the address has: check the address, since something \
                 else may be answering"
            }
            Self::Certificate => "those who run the system must look at its certificate",
            Self::Other => "check the address: what answers there does not speak TLS as it should",
        }
    }
}
